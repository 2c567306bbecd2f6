"""Events for other systems: webhooks that push them, a feed that gives them out."""
