"""机构: bodies, their internal bodies and functions."""
