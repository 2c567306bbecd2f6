"""Releases of flows: folders of diagrams, tables and forms, approved by a second person."""
