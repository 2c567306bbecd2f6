"""编制与职数台账: what each body may have, has, and has promised; and who holds it (实名制)."""
