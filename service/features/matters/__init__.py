"""机构编制事项: a body asks for a change, and what becomes of it until the ledger shows it."""
