"""People and programs, the duties they hold, the keys of programs, and the audit."""
