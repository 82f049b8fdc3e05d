"""The border to the terminal: what comes in as bytes, what goes out, and what the terminal can do.

`keys` sorts raw input into keys and text, `border` turns that into Textual's events, `driver` chooses what carries both
to and from the terminal (`posix`, `windows`), `frames` and `shown` keep off the wire what stands there already,
`probe` asks how wide ambiguous characters are drawn, and `clipboard` words a copy for the terminal.
"""

from __future__ import annotations
