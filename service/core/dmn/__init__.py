"""Decisions by the standard DMN 1.2 to 1.5: pure, stands on FEEL only."""
