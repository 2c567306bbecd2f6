"""Decisions stand on releases: the same people as there."""

from tests.features.processes.conftest import city, director, release

__all__ = ["city", "director", "release"]
