"""Numbered papers: what every entry of the ledger rests on."""
