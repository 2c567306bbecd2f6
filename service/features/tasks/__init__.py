"""Tasks (待办): what waits for people, who may do it, and doing it."""
