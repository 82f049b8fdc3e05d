"""The demo: a made-up shop whose cases were worked by the real verbs, and sample files to try an import with."""
