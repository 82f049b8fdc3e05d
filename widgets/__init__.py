"""Floor 2: parts of screens. They show what they are given and say what the agent did."""
