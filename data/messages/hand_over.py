"""Handing a text, or a number to dial, to a command of the shop's: its arguments are never a shell's.

Each argument stays one argument whatever is filled into it, and the text goes in by standard input.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.language import _
from data.outside import for_screen

_NAMED = re.compile(r"\{(\w+)\}")

LONGEST_SAID = 120
"""Characters of what a command says that are shown."""

MISSING, NOT_RUN, TOO_SLOW = 127, 126, 124
"""The exit codes that stand for a command that is not there, cannot be run, or took too long; as shells have them."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of it: the exit code, 0 for done, and what the command said last, in one line."""

    code: int
    said: str = ""

    @property
    def done(self) -> bool:
        """Whether the command says that it did it."""
        return self.code == 0

    def words(self) -> str:
        """What became of it, in words."""
        if self.done:
            return self.said or _("done")
        told = {
            MISSING: _("the command is not there"),
            NOT_RUN: _("the command cannot be run"),
            TOO_SLOW: _("the command took too long"),
        }.get(self.code, _("the command ended with {code}").format(code=self.code))
        return f"{told}: {self.said}" if self.said else told


def hand_over(command: Sequence[str], values: Mapping[str, str], text: str, seconds: int) -> Handed:
    """Run the command with `{name}` in its arguments replaced, the text on its standard input, at most so long.

    To be called in a thread. `command` must not be empty; its first word is never replaced.
    """
    words = [command[0], *(filled(each, values) for each in command[1:])]
    try:
        done = subprocess.run(
            words, input=text.encode("utf-8"), capture_output=True, check=False, timeout=seconds, shell=False
        )
    except subprocess.TimeoutExpired:
        return Handed(TOO_SLOW)
    except FileNotFoundError:
        return Handed(MISSING, for_screen(command[0])[:LONGEST_SAID])
    except (OSError, ValueError) as error:
        return Handed(NOT_RUN, for_screen(str(error))[:LONGEST_SAID])
    said = (done.stdout if done.returncode == 0 else done.stderr or done.stdout).decode("utf-8", "replace").strip()
    last = said.splitlines()[-1] if said else ""
    # A command that was ended by a signal has a negative code.
    return Handed(abs(done.returncode), for_screen(last)[:LONGEST_SAID])


def filled(argument: str, values: Mapping[str, str]) -> str:
    """The argument with its `{name}`s replaced; others stay as they are written."""
    return _NAMED.sub(lambda found: values.get(found[1], found[0]), argument)
