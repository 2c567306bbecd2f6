"""The kinds of paper that the office writes: what must be said on each, as data."""
