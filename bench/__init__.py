"""How fast the service is, measured beside pgbench with the same statements."""
