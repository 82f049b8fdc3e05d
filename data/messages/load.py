"""Templates from their files. A mistake in one is told by file, template and key, once, when it is loaded."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from data.errors import ContentError
from data.language import _
from data.messages.fill import VARIABLE
from data.messages.format import MARKS, VARIABLES, WRITTEN, Book, Moment, Template
from data.messages.limits import length
from data.vocabulary import Cause, Channel, Platform

SHIPPED = Path(__file__).parent
MOST_BYTES = 1_000_000
LONGEST = 2_000
"""Characters of one wording, before it is filled in."""

MOST_PARTS = 3
"""Parts of a text message, filled in with ordinary words, beyond which a template is refused."""

_KEYS = frozenset({"id", "title", "moments", "channels", "causes", "platforms", "say"})
_TOP = frozenset({"language", "phrases", "greetings", "template"})
_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*", re.ASCII)
_CAUSES = tuple(cause.value for cause in Cause)
_PLATFORMS = tuple(platform.value for platform in Platform)
_PRESSING = frozenset({Moment.EVENING_TEXT, Moment.REMINDER, Moment.LAST_TRY})
_STOP = ("退订", "STOP")
_PARTS_OF_DAY = ("morning", "day", "evening")

SAMPLES = {
    "zh": {
        "salutation": "晚上好",
        "shop": "暖棠旗舰店",
        "agent": "莉莉",
        "role": "售后专员",
        "product": "加绒卫裤男秋冬款",
        "variant": "黑色 XL",
        "order_tail": "3367",
        "remedy": "补发一条新的",
        "due": "明天20:00",
        "carrier": "中通快递",
        "tracking": "78312046501234",
        "remedy_tracking": "78312046501234",
        "slot": "今晚20:00",
        "ref": "10482",
        "official_chat": "旺旺聊天",
        "option_a": "换一条新的",
        "option_b": "退货退款",
        "cause_fact": "中转站爆仓",
        "measure": "加了一道质检",
        "answer": "可以机洗",
        "steps": "打开订单",
    },
    "en": {
        "salutation": "Good evening",
        "shop": "Maple & Moss",
        "agent": "Lily",
        "role": "after-sales agent",
        "product": "fleece pants",
        "variant": "black, XL",
        "order_tail": "3367",
        "remedy": "a new pair by post",
        "due": "tomorrow at 20:00",
        "carrier": "Royal Mail",
        "tracking": "RM78312046",
        "remedy_tracking": "RM78312046",
        "slot": "tonight at 20:00",
        "ref": "10482",
        "official_chat": "shop chat",
        "option_a": "a new pair",
        "option_b": "your money back",
        "cause_fact": "a full depot",
        "measure": "one more check",
        "answer": "yes, at 30°",
        "steps": "open the order",
    },
}
"""An ordinary value for each variable, by which lengths are judged when a file is loaded."""

_Word = TypeVar("_Word", bound=str)


@lru_cache(maxsize=2)
def standard(code: str) -> Book:
    """The templates that come with the program, for `zh_CN` or `en`. Raises ContentError."""
    return _book(SHIPPED / f"templates.{code[:2]}.toml", None)


@lru_cache(maxsize=4)
def with_own(code: str, path: Path, rules: Path | None = None) -> Book:
    """The shipped templates with a shop's own in place of those of the same id, and after them.

    A file that names its `language` holds for that one alone. `rules` is the shop's own file for the linter. Raises
    ContentError.
    """
    from data import lint

    shipped = standard(code)
    own = _book(path, shipped, lint.with_own(rules) if rules else lint.standard())
    if own.language != shipped.language:
        # A shop that speaks two languages has its own words in one of them.
        return shipped
    by_id = {each.id: each for each in shipped.templates} | {each.id: each for each in own.templates}
    return Book(shipped.language, tuple(by_id.values()), own.phrases, own.greetings)


class _File:
    """One file while it is read: it knows how to say what is wrong and where."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            raw = path.read_bytes()
            if len(raw) > MOST_BYTES:
                self.fail("", _("the file is too large"))
            self.held: dict[str, Any] = tomllib.loads(raw.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            self.fail("", str(getattr(error, "strerror", None) or error))

    def fail(self, place: str, what: str, remedy: str = "") -> NoReturn:
        where = f"{self.path}, {place}" if place else str(self.path)
        raise ContentError(_("The templates of messages cannot be used"), f"{where}: {what}", remedy)

    def words(self, place: str, held: object, known: tuple[str, ...], *, some: bool = False) -> tuple[str, ...]:
        """A list of known words; with `some` it may not be empty."""
        if not isinstance(held, list) or not all(isinstance(each, str) for each in held) or (some and not held):
            self.fail(place, _("it must be a list of words in quotes."))
        for each in held:
            if each not in known:
                told = _("known are {names}.").format(names=", ".join(known))
                self.fail(place, _("“{name}” is not known.").format(name=each), told)
        return tuple(held)

    def table(self, name: str, default: dict[str, str]) -> dict[str, str]:
        """A table of words."""
        held = self.held.get(name, default)
        if not isinstance(held, dict) or not all(isinstance(each, str) for each in held.values()):
            self.fail(name, _("it must be a table of texts."))
        return {**default, **held}


def _book(path: Path, shipped: Book | None, rules: Any = None) -> Book:
    file = _File(path)
    for name in file.held:
        if name not in _TOP:
            file.fail(name, _("“{name}” is not known.").format(name=name))
    language = file.held.get("language", shipped.language if shipped else "")
    if language not in SAMPLES:
        file.fail("language", _("it must be zh or en."))
    templates: list[Template] = []
    listed = file.held.get("template", [])
    if not isinstance(listed, list):
        file.fail("template", _("it must be a list of [[template]] tables."))
    for number, held in enumerate(listed, 1):
        template = _template(file, number, held, own=shipped is not None)
        if any(each.id == template.id for each in templates):
            file.fail(template.id, _("this id is there twice."))
        _check(file, template, language, rules)
        templates.append(template)
    greetings = file.table("greetings", dict(shipped.greetings) if shipped else {})
    if not set(_PARTS_OF_DAY) <= set(greetings):
        file.fail("greetings", _("“{name}” is missing.").format(name=", ".join(_PARTS_OF_DAY)))
    return Book(language, tuple(templates), file.table("phrases", dict(shipped.phrases) if shipped else {}), greetings)


def _template(file: _File, number: int, held: object, *, own: bool) -> Template:
    place = _("template {n}").format(n=number)
    if not isinstance(held, dict):
        file.fail(place, _("it must be a table."))
    id = held.get("id")
    if not isinstance(id, str) or not _ID.fullmatch(id):
        file.fail(place, _("an id has small letters, digits, _ and dots between words."))
    for name in held:
        if name not in _KEYS:
            file.fail(f"{id}.{name}", _("“{name}” is not known.").format(name=name))
    title = held.get("title")
    if not isinstance(title, str) or not title.strip() or len(title) > 30:
        file.fail(f"{id}.title", _("it needs a title of at most {n} characters.").format(n=30))
    letters = tuple(dict.fromkeys(code[0] for code in _CAUSES))
    channels = file.words(f"{id}.channels", held.get("channels"), tuple(each.value for each in WRITTEN), some=True)
    moments = file.words(f"{id}.moments", held.get("moments"), tuple(each.value for each in Moment), some=True)
    say = held.get("say")
    if not isinstance(say, list) or not say or not all(isinstance(each, str) and each.strip() for each in say):
        file.fail(f"{id}.say", _("it must be a list of wordings."))
    return Template(
        id,
        title.strip(),
        tuple(Moment(each) for each in moments),
        tuple(Channel(each) for each in channels),
        tuple(each.strip() for each in say),
        file.words(f"{id}.causes", held.get("causes", []), (*_CAUSES, *letters)),
        file.words(f"{id}.platforms", held.get("platforms", []), _PLATFORMS),
        own,
    )


def _check(file: _File, template: Template, language: str, rules: Any) -> None:
    """Each wording by itself: what it is made of, how long it gets, and, of a shop's own, what it says."""
    for number, text in enumerate(template.say, 1):
        place = f"{template.id}.say {number}"
        _check_parts(file, place, text)
        filled = sample(text, language)
        if Channel.SMS in template.channels:
            _check_sms(file, place, template, text, filled)
        if rules is not None:
            from data.lint import lint

            for platform in (None, *template.platforms):
                for finding in lint(filled, platform=platform, rules=rules, named=True):
                    file.fail(place, finding.reason, finding.instead)


def sample(text: str, language: str) -> str:
    """The text filled in with ordinary words."""
    return VARIABLE.sub(lambda found: SAMPLES[language][found[1]], text)


def _check_parts(file: _File, place: str, text: str) -> None:
    unknown = next((name for name in VARIABLE.findall(text) if name not in VARIABLES), None)
    if unknown is not None:
        told = _("Variables are {names}.").format(names=", ".join(f"{{{name}}}" for name in VARIABLES))
        file.fail(place, _("“{name}” is not known.").format(name=unknown), told)
    if "{" in VARIABLE.sub("", text) or "}" in VARIABLE.sub("", text):
        file.fail(place, _("a variable is a name between braces."))
    if any(mark in text for mark in MARKS) or not text.isprintable() or len(text) > LONGEST:
        file.fail(place, _("it must be one line of at most {count} characters.").format(count=LONGEST))


def _check_sms(file: _File, place: str, template: Template, text: str, filled: str) -> None:
    """A text message says whose it is, and one that reminds says how to stop it (通信短信息服务管理规定, 2015)."""
    if not text.startswith(("【{shop}】", "{shop}: ")):
        file.fail(place, _("a text message begins with 【{shop}】, or with {shop} and a colon."))
    if _PRESSING & set(template.moments) and not any(word in text for word in _STOP):
        file.fail(place, _("a text message that reminds says how to stop it: 退订 or STOP."))
    parts = length(filled, Channel.SMS, MOST_PARTS).parts
    if parts > MOST_PARTS:
        file.fail(place, _("filled in it takes {n} parts; {most} are possible.").format(n=parts, most=MOST_PARTS))
