"""The entry point: `amends` and its commands.

Exit status: 0 done, 1 done in part or refused, 2 wrong usage.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Final

from data.errors import AmendsError, SettingsError
from data.language import choose_language
from tui.options import Options, leading_flags

_NO_ROOM: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What standard output says when the disk that it goes to is full."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or open the workstation, and give the exit status."""
    options = Options()
    if arguments is None:
        arguments = sys.argv[1:]
        _own_the_process(options)
    try:
        status = _run(list(arguments), options)
        sys.stdout.flush()
    except AmendsError as error:
        from tui.say import say_error

        say_error(error)
        return 1
    except SystemExit as leaving:
        # argparse leaves this way after help and after a mistake.
        return leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe has seen enough.
        _output_is_over()
        return 1
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        from tui.say import say_no_room

        _output_is_over()
        say_no_room(error)
        return 1
    return status


def _output_is_over() -> None:
    """Keep the interpreter from flushing once more into what cannot take it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str], options: Options) -> int:
    plain_start = leading_flags(arguments, options)
    _choose_language(options)
    if plain_start:
        return _open(options)
    from tui.parser import parse

    config = options.config
    parse(arguments, options)
    if options.config != config:
        options.forget_settings()
        _choose_language(options)
    if options.command is None:
        return _open(options)
    status = options.run(options)
    assert isinstance(status, int)
    return status


def _open(options: Options) -> int:
    from tui.at_terminal import need_a_terminal

    need_a_terminal()
    from tui.open import open_workstation

    return open_workstation(options)


def _choose_language(options: Options) -> None:
    choose_language()
    try:
        choose_language(options.settings().general.language)
    except SettingsError:
        # Whoever needs the settings meets this error again; `where` and `check` go on without them.
        return


def _own_the_process(options: Options) -> None:
    """What only the real process does, not a caller of `main`: its last border, and output that never fails."""

    def last_border(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        from tui.say import say_unexpected

        say_unexpected(error, options.locations().log)

    sys.excepthook = last_border
    if sys.stdout is None:
        # Closed by the caller, who wants none of it; a file that is opened now must not take its place.
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
