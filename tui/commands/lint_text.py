"""`amends lint-text`: what each line of a file must not say to a buyer, in public or in a note."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import AmendsError
from data.language import _, ngettext
from tui.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.lint import Finding
    from tui.parser import Commands

MOST_BYTES = 50_000_000


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    from data.vocabulary import Platform

    parser = commands.add("lint-text", _("say what texts must not say, one text a line"), run)
    parser.add_argument("file", metavar=_("FILE"), help=_("a text a line, UTF-8; - is standard input"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON object a line"))
    # The words of data.lint.AUDIENCES; the linter itself is loaded when it is run.
    audiences = ("anybody", "buyer", "public", "colleague")
    parser.add_argument("--audience", choices=audiences, default="anybody", help=_("who reads the texts (anybody)"))
    platforms = [platform.value for platform in Platform]
    parser.add_argument(
        "--platform", choices=platforms, default=None, help=_("where they are read; else the strict way")
    )


def run(options: Options) -> int:
    """0 when nothing was found, 1 when something was. Raises AmendsError for a file that cannot be read."""
    from data.lint import lint, standard, with_own

    own = options.settings().lint.file
    rules = with_own(own) if own else standard()
    count = 0
    for number, text in enumerate(_lines(options.file), 1):
        found = lint(text, audience=options.audience, platform=options.platform, rules=rules)
        count += len(found)
        if options.json:
            print(json.dumps({"number": number, "findings": [_facts(each) for each in found]}, ensure_ascii=False))
        else:
            _print(number, text, found)
    if not options.json:
        told = ngettext("{count} finding.", "{count} findings.", count).format(count=count)
        print(told if count else _("Nothing found."))
    return 1 if count else 0


def _lines(file: str) -> Iterator[str]:
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(MOST_BYTES)
    except OSError as error:
        title = _("The texts cannot be read")
        raise AmendsError(title, f"{file} ({error.strerror}).", _("Check the path.")) from error
    text = raw.decode("utf-8-sig", errors="replace")
    yield from text.removesuffix("\n").split("\n") if text else ()


def _facts(found: Finding) -> dict[str, object]:
    return {
        "rule": found.rule,
        "kind": found.kind,
        "start": found.start,
        "end": found.end,
        "reason": found.reason,
        "instead": found.instead,
        "source": found.source,
    }


def _print(number: int, text: str, found: tuple[Finding, ...]) -> None:
    from data.outside import for_screen

    for each in found:
        quoted = for_screen(text[each.start : each.end])
        print(f"{number}: “{quoted}” {each.reason} ({each.kind}, {each.rule})")
        print(f"   {each.instead}")
