"""A desk of many agents over many days, simulated on a real database by casework's own verbs, and then audited."""
