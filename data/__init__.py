"""Floor 1: everything that is true without a screen."""
