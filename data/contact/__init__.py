"""The contact question in parts: its answer, the hours, the rules, and how each is explained."""
