"""HTTP at the edge: routes made from operations, problem documents, headers."""
