"""What the shop can do to make it right: a catalogue by cause, and what of it fits a case.

A remedy is owed because something went wrong. Nothing here knows the review, and words that tie the two are refused
when the catalogue is loaded.
"""
