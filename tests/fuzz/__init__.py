"""Random diagrams whose legal paths are known: the engine is judged by whoever drew them."""
