"""A folder a noun, a file a verb."""
