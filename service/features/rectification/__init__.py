"""The rectification ledger: what was found wrong at a unit, until it is put right or struck off."""
