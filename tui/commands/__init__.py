"""One module for each command: `add` says what it takes, `run` does it and imports what it needs only then."""
