"""Another accent changes the yellow of styles and nothing else."""

from __future__ import annotations

import pytest

from tui.terminal.accent import in_accent


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("\x1b[33mkey\x1b[0m", "\x1b[35mkey\x1b[0m"),
        ("\x1b[1;33mhere\x1b[0m", "\x1b[1;35mhere\x1b[0m"),
        ("\x1b[33;1mhere", "\x1b[35;1mhere"),
        ("\x1b[33;3H row 33 [33m", "\x1b[33;3H row 33 [33m"),
        ("\x1b[31mlate\x1b[133m", "\x1b[31mlate\x1b[133m"),
    ],
)
def test_only_yellow_becomes_the_accent(written: str, drawn: str) -> None:
    assert in_accent("magenta")(written) == drawn
    assert in_accent("yellow")(written) == written
