"""What one cell says: ids that a spreadsheet has touched, times, phone numbers, text. Refused rather than guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, tzinfo

from data.clock import SECOND, from_datetime
from data.language import _
from data.sources.rows import ImportedPhone

LONGEST_ID = 100
LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
"""Platforms cut reviews at 500 characters; what is longer by far is no review."""

_FORMULA_TEXT = re.compile(r'="?(.*?)"?')
_PLAIN_ID = re.compile(r"[0-9]{1,40}(?:-[0-9]{1,40})?")
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_DECIMAL_ID = re.compile(r"(\d+)\.0+")
EXACT_DIGITS = 15
"""A spreadsheet keeps this many digits of a number; the rest become zeros."""

_SHEET_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}:\s*(?=\d)")
_LABELLED_ID = re.compile(r"[\u4e00-\u9fff]{2,6}:\s*([0-9A-Za-z_.+-]+)")
"""Some pages write the name of the column into every cell: 订单号：123, 初次评价：2026-07-13 11:45."""

_MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")
_EXTENDED = re.compile(r"(?:\+?86)?(1\d{10}|0\d{9,11}|[48]00\d{7})(?:转|分机|ext\.?|[x,;#*_/-])+(\d{1,8})")
_OTHER_NUMBER = re.compile(r"\+?\d{5,15}")

_EARLIEST = 946_684_800
_LATEST = 4_102_444_800
"""The years 2000 and 2100 in Unix seconds: what lies outside is another unit, or no time."""


class CellRefused(ValueError):
    """A cell cannot be read; its text is the reason in words."""


class Numeral(str):
    """What a spreadsheet holds as a number and has more digits than it keeps: as an id it is not sure."""

    __slots__ = ()


def clean_id(value: str, what: str) -> str:
    """An id as the platform wrote it, or an empty string.

    Undoes what spreadsheets and exports do to ids: ="123", a leading apostrophe, a trailing tab, full-width digits.
    Raises CellRefused when digits are lost (2.6E+18) or it is no id; `what` is the name of the column.
    """
    if type(value) is Numeral:
        raise _digits_lost(value, what)
    if _PLAIN_ID.fullmatch(value):
        return value
    text = unicodedata.normalize("NFKC", value).strip()
    if text.startswith("="):
        text = (_FORMULA_TEXT.fullmatch(text) or _FORMULA_TEXT.match(text) or [text, text])[1]
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip().lstrip("'").strip()
    if labelled := _LABELLED_ID.fullmatch(text):
        text = labelled[1]
    if _EXPONENT.fullmatch(text):
        raise _digits_lost(text, what)
    if whole := _DECIMAL_ID.fullmatch(text):
        text = whole[1]
        if len(text) > EXACT_DIGITS:
            raise CellRefused(
                _(
                    "{column} is {text}.0: a spreadsheet has made a number of it, and its last digits are not sure."
                ).format(column=what, text=text)
            )
    if len(text) > LONGEST_ID or not text.isprintable() or " " in text or text in _SHEET_ERRORS:
        raise CellRefused(_("{column} is {text}, which is no id.").format(column=what, text=shown(text)))
    return text


def _digits_lost(text: str, what: str) -> CellRefused:
    sentence = _("{column} is {text}: a spreadsheet has thrown digits away. Export again and do not save it there.")
    return CellRefused(sentence.format(column=what, text=text))


def clean_line(value: str) -> str:
    """A name, title or status: one line without control characters, of a length that a row can bear."""
    if not value.isprintable():
        value = "".join(
            sign if unicodedata.category(sign) != "Cc" else " " if sign.isspace() else "" for sign in storable(value)
        )
    return value.strip()[:LONGEST_LINE]


def clean_text(value: str, what: str) -> str:
    """The text of a review as it came; only what no database keeps is replaced.

    Control characters stay: the border to the screen and to spreadsheets deals with them. Raises CellRefused for a
    text that is longer than any review can be.
    """
    if len(value) > LONGEST_TEXT:
        raise CellRefused(
            _("{column} has {count} characters; no review is that long.").format(column=what, count=len(value))
        )
    return storable(value)


def storable(value: str) -> str:
    """The text without NUL and halves of surrogate pairs, which JSON can say and UTF-8 cannot."""
    if "\x00" in value:
        value = value.replace("\x00", "\ufffd")
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def clean_time(value: str, what: str, forms: tuple[str, ...], zone: tzinfo) -> int:
    """A time in UTC milliseconds; `forms` are tried in order: datetime, day_first, unix_s, unix_ms.

    A time that names no zone is in `zone`. Raises CellRefused.
    """
    text = value if value.isascii() else unicodedata.normalize("NFKC", value)
    text = text.strip().lstrip("'").strip()
    if label := _LABEL.match(text):
        text = text[label.end() :]
    for form in forms:
        read = _FORMS[form](text, zone)
        if read is not None and _EARLIEST * SECOND <= read < _LATEST * SECOND:
            return read
    raise CellRefused(_("{column} is {text}, which is no time.").format(column=what, text=shown(value)))


def _unix(text: str, unit: int) -> int | None:
    return int(text) * unit if text.isdecimal() and len(text) <= 15 else None


def _datetime(text: str, zone: tzinfo) -> int | None:
    if text.isdecimal():
        return None
    if text.endswith(" UTC"):
        text = text.removesuffix(" UTC") + "+00:00"
    for written in (
        text,
        text.replace("/", "-").replace(".", "-", 2).replace("年", "-").replace("月", "-").replace("日", ""),
    ):
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            continue
        return _whole(moment, zone)
    parts = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?", text)
    return _from_parts(parts, (0, 1, 2), zone) if parts else None


def _day_first(text: str, zone: tzinfo) -> int | None:
    parts = re.fullmatch(r"(\d{1,2})\D(\d{1,2})\D(\d{4})(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?", text)
    return _from_parts(parts, (2, 1, 0), zone) if parts else None


def _from_parts(parts: re.Match[str], order: tuple[int, int, int], zone: tzinfo) -> int | None:
    numbers = [int(part or 0) for part in parts.groups()]
    year, month, day = (numbers[place] for place in order)
    hour, minute, second = numbers[3:6]
    try:
        return _whole(datetime(year, month, day, hour, minute, second, tzinfo=zone), zone)
    except ValueError:
        return None


def _whole(moment: datetime, zone: tzinfo) -> int | None:
    try:
        return from_datetime(moment if moment.tzinfo is not None else moment.replace(tzinfo=zone))
    except OverflowError:
        return None


_FORMS: dict[str, Callable[[str, tzinfo], int | None]] = {
    "datetime": _datetime,
    "day_first": _day_first,
    "unix_s": lambda text, _zone: _unix(text, SECOND),
    "unix_ms": lambda text, _zone: _unix(text, 1),
}
TIME_FORMS = tuple(_FORMS)


def clean_phone(value: str, what: str) -> ImportedPhone | None:
    """A number that can be dialled, or None for an empty or masked one.

    Knows 13800001234, '13800001234, +86 138 0000 1234, 18877771111-123, 138…转1234, 0757-1234567. A mobile number
    with an extension is a privacy number. Raises CellRefused when a spreadsheet has thrown digits away.
    """
    text = unicodedata.normalize("NFKC", value)
    text = "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign) != "Cf").strip("'\"=")
    if _EXPONENT.fullmatch(text):
        raise _digits_lost(text, what)
    text = text.removesuffix(".0")
    if plain := _MOBILE.fullmatch(text.replace("-", "")):
        return ImportedPhone(plain[1])
    if extended := _EXTENDED.fullmatch(text.lower()):
        return ImportedPhone(extended[1], extended[2], virtual=extended[1].startswith("1"))
    bare = re.sub(r"[()-]", "", text)
    return ImportedPhone(bare) if _OTHER_NUMBER.fullmatch(bare) else None


def masked(nick: str) -> bool:
    """Whether a nick names nobody: platforms put stars or dots where the name was."""
    return not nick or any(sign in nick for sign in "*＊•…") or nick in {"匿名", "匿名用户", "匿名买家", "anonymous"}


def shown(text: str, most: int = 40) -> str:
    """A cell inside a sentence: one short line, quoted."""
    kept = "".join(sign if sign.isprintable() else "·" for sign in text[: most + 1])
    return f"“{kept[:most]}…”" if len(kept) > most else f"“{kept}”"
