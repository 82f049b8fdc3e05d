"""Reads the files that platforms give away: what a file is, its encoding, its rows, and the rows that it refuses."""
