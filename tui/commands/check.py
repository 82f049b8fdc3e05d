"""`amends check`: is everything in order, and where not, what is to be done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import AmendsError, StoreError
from data.language import LANGUAGES, _
from tui.options import Options

if TYPE_CHECKING:
    from tui.parser import Commands


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was looked at."""

    part: str
    sound: bool
    what: str
    remedy: str = ""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("check", _("see whether database, log, settings, playbooks and terminal are in order"), run)
    parser.add_argument("--thorough", action="store_true", help=_("read every page of the database"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(options: Options) -> int:
    """Look at everything; 1 when something is wrong."""
    from data.outside import for_screen
    from tui.say import print_json

    rooms = (_settings, _keys, _platforms, _calendar, _database, _playbooks, _own_files, _maps, _terminal)
    verdicts = [each for room in rooms for each in room(options)]
    if options.json:
        print_json(
            {
                "sound": all(each.sound for each in verdicts),
                "checks": [
                    {"part": each.part, "sound": each.sound, "what": each.what, "remedy": each.remedy}
                    for each in verdicts
                ],
            }
        )
    else:
        for each in verdicts:
            mark = _("ok") if each.sound else _("WRONG")
            print(for_screen(f"{mark}  {each.part}: {each.what} {each.remedy}".rstrip()))
    return 0 if all(each.sound for each in verdicts) else 1


def _settings(options: Options) -> Iterator[Verdict]:
    part = _("Settings")
    try:
        options.settings()
        options.clock()
    except AmendsError as error:
        yield Verdict(part, False, error.what, error.remedy)
        return
    config = options.locations().config
    yield Verdict(part, True, str(config) if config.exists() else _("none saved; the defaults hold."))


def _keys(options: Options) -> Iterator[Verdict]:
    """Keys of one's own that do not hold; only those who wrote some pay for looking at every screen."""
    try:
        settings = options.settings()
    except AmendsError:
        return
    if not settings.keys:
        return
    from data.settings_file import written
    from data.settings_tree import OWN_KEYS
    from screens.every_act import troubles

    part, config = _("Keys"), options.locations().config
    lines = written(config)
    wrong = troubles(settings.keys, letters=settings.general.letters)
    for trouble in wrong:
        line = lines.get(f"{OWN_KEYS}{trouble.act}")
        where = _("{path}, line {line}").format(path=config, line=line) if line else str(config)
        yield Verdict(part, False, f"{where}: {trouble.act}: {trouble.what}")
    if not wrong:
        yield Verdict(part, True, ", ".join(settings.keys))


def _platforms(options: Options) -> Iterator[Verdict]:
    """Rules of the shop's platform that nobody has looked up for a year: worth a word, and nothing is wrong."""
    from data.clock import local_day
    from data.platform_rules import OWN_FILE, allowances, stale
    from data.platform_words import act_label
    from data.wording import platform_label

    part = _("Platforms' rules")
    try:
        platform, today = options.settings().shop.platform, local_day(options.clock().now(), options.zone())
    except AmendsError:
        return
    old = [f"{act_label(act)} {row.as_of}" for where, act, row in stale(today) if where == platform]
    if not old:
        count = sum(where == platform for where, _act in allowances())
        yield Verdict(part, True, f"{platform_label(platform)}: {count}")
        return
    told = _("{platform}: older than a year: {rows}.").format(platform=platform_label(platform), rows=", ".join(old))
    remedy = _("Look them up and write them to {file} with confirmed_on.")
    yield Verdict(part, True, told, remedy.format(file=options.locations().config.with_name(OWN_FILE)))


def _calendar(options: Options) -> Iterator[Verdict]:
    """Whether this year's holidays are known."""
    from data.calendar import in_use

    part = _("Holidays")
    try:
        if options.settings().contact.calendar == "none":
            return
        warning = in_use().warning(options.clock().now(), options.zone())
    except AmendsError:
        return
    yield Verdict(part, True, warning or ", ".join(str(year) for year in sorted(in_use().years)))


def _database(options: Options) -> Iterator[Verdict]:
    from data.store.health import examine

    part, path = _("Database"), options.locations().database
    if not path.exists():
        yield Verdict(part, True, _("there is none yet at {path}.").format(path=path))
        return
    try:
        for finding in examine(path, thorough=options.thorough):
            yield Verdict(f"{part}, {finding.title}", finding.sound, finding.what, finding.remedy)
    except StoreError as error:
        yield Verdict(part, False, error.what, error.remedy)


def _playbooks(options: Options) -> Iterator[Verdict]:
    from data.playbook.check import check
    from data.playbook.load import standard

    part = _("Playbook")
    try:
        own = options.settings().playbooks
    except AmendsError:
        return
    for code in LANGUAGES:
        try:
            playbook = standard(code, own.folder(code))
        except AmendsError as error:
            yield Verdict(part, False, error.what, error.remedy)
            continue
        report = check(playbook)
        for finding in report.findings:
            yield Verdict(part, False, str(finding))
        if not report.findings:
            told = _("{title}, version {version}: every path is proved decent and ends after {steps} steps at most.")
            yield Verdict(part, True, told.format(title=playbook.title, version=playbook.version, steps=report.steps))


def _own_files(options: Options) -> Iterator[Verdict]:
    """The shop's own rules, remedies, templates, guides and notes, where its settings name a file of them."""
    from tui.commands.check_own import own_files

    try:
        settings = options.settings()
    except AmendsError:
        # The verdict on the settings has told it.
        return
    for each in own_files(settings):
        try:
            yield Verdict(each.part, True, f"{each.path}: {each.read()}")
        except AmendsError as error:
            yield Verdict(each.part, False, error.what, error.remedy)


def _maps(options: Options) -> Iterator[Verdict]:
    from data.sources.column_map import load_maps

    part = _("Column maps")
    try:
        maps = load_maps(options.locations().maps)
    except AmendsError as error:
        yield Verdict(part, False, error.what, error.remedy)
        return
    yield Verdict(part, True, ", ".join(sorted(each.source for each in maps)))


def _terminal(options: Options) -> Iterator[Verdict]:
    """What the terminal says of itself. Nothing is asked of it here: this command's output may go anywhere."""
    from tui.terminal.clipboard import Route, route

    part = _("Terminal")
    term = options.environ.get("TERM", "")
    if os.name != "nt" and term in ("", "dumb"):
        what = _("TERM is {term!r}; the workstation needs a terminal that can place its cursor.").format(term=term)
        yield Verdict(part, False, what, _("Open it in a terminal window, or set TERM."))
        return
    if (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "gb18030", "gbk"):
        what = _("its encoding is {encoding}; Chinese cannot be shown.").format(encoding=sys.stdout.encoding)
        yield Verdict(part, False, what, _("Use a UTF-8 locale, for example LANG=zh_CN.UTF-8."))
        return
    copies = _("can copy") if route(options.environ) is not Route.NONE else _("cannot copy; the text is shown instead")
    yield Verdict(part, True, f"{term or os.name}, {sys.stdout.encoding}, {copies}")
