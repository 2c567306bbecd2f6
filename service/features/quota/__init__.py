"""编制与职数台账: what each body may have, has, and has promised; and who holds it (实名制)."""

# Whatever imports any part of the ledger has it guard the bodies on which it rests.
from service.features.quota import body_guard as body_guard
