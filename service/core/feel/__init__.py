"""FEEL, the expression language of DMN 1.5: pure, bounded, compiled once to closures."""
