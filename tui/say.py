"""What a command says to a person, to another program, and to the log."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from data.errors import AmendsError
from data.language import _
from data.outside import for_screen

_UNSEEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What JSON leaves as it is and a terminal would act on, or nobody would see."""

_LONGEST_LOG = 1_000_000


def say_error(error: AmendsError) -> None:
    """The error on standard error: what is wrong, where, and what to do."""
    title = error.title.removesuffix(".")
    text = " ".join(f"amends: {title}: {error.what} {error.remedy}".split())
    # A path or a file's own words may hold control sequences.
    print(for_screen(text), file=sys.stderr)


def say_no_room(error: OSError) -> None:
    """Standard output goes to a disk that is full: what was printed there is cut off."""
    what = _("The output cannot be written: {why}.").format(why=error.strerror)
    say_error(AmendsError(_("Output cut off"), what, _("Make room on that disk and run the command again.")))


def print_json(value: object) -> None:
    """Facts for another program on standard output; nothing in them acts on a terminal."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(_UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))


def keep_traceback(error: BaseException, log: Path) -> Path:
    """Append the traceback to the log, private to its owner, and give the file; raises OSError."""
    import traceback
    from datetime import UTC

    from data import clock

    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LONGEST_LOG:
        os.replace(log, log.with_name(log.name + ".old"))
    at = clock.iso(clock.system().now(), UTC)
    text = f"{at} {' '.join(sys.argv[1:2])}\n{''.join(traceback.format_exception(error))}\n"
    with open(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        file.write(text)
    return log


def say_unexpected(error: BaseException, log: Path) -> None:
    """One sentence for an error that nobody worded, and its traceback in the log."""
    import tempfile

    name = type(error).__name__
    for place in (log, Path(tempfile.gettempdir()) / f"amends-{os.getpid()}.log"):
        try:
            kept = keep_traceback(error, place)
        except OSError:
            continue
        what = _("The program met an error of its own ({name}).").format(name=name)
        remedy = _("The details are in {path}: please send it to whoever looks after Amends.").format(path=kept)
        say_error(AmendsError(_("Unexpected error"), what, remedy))
        return
    what = _("The program met an error of its own ({name}), and no log could be written.").format(name=name)
    say_error(AmendsError(_("Unexpected error"), what, f"{error}"))
