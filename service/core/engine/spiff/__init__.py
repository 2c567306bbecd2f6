"""The running side: the diagram's structure as SpiffWorkflow's specs, and the steps over it."""
