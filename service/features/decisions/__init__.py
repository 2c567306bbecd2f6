"""Decision tables: evaluated by key and version, explained, and every evaluation kept."""
