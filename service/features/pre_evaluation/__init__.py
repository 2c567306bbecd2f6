"""Pre-application evaluation: whether what a body asks for is needed, before anybody decides it."""
