"""Tests of diagrams: files beside them that play a case from its start to its end."""
