"""The database: connections, rows, the one transaction, and what is written with every change."""
