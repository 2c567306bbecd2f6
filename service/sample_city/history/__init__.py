"""What happened in the sample city in 2026: items of the ledger, matters, evaluations, guides."""
