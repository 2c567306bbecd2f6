"""Working days of the city, and the clock of a demo."""
