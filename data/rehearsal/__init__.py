"""Practising a call: made-up buyers, what they do and say, how a rehearsal is judged, and a shop to throw away."""
