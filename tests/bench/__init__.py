"""What the program costs, measured from outside in a real pseudo-terminal: `python -m tests.bench`."""
