"""The auditor: reads a desk's record as it was kept and finds what the rules forbid. It shares no code with them.

Its rules were written from `docs/contact-rules.md`, `docs/follow-up.md` and `docs/clocks.md` alone, and it imports
nothing but the standard library and its own modules, so that a mistake in the program's rules cannot hide in its own.
"""
