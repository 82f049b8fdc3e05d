"""How personal data looks until somebody asks for it with a reason: enough to recognise, too little to use."""

from __future__ import annotations

import re

HIDDEN = "****"

_PROVINCE = re.compile(
    r"\s*([\u4e00-\u9fff]{2,8}?(?:特别行政区|自治区|省)|[\u4e00-\u9fff]{2,3}(?=\s)|(?:北京|上海|天津|重庆)市?)\s*"
)
_CITY = re.compile(r"([^\W\d路街道号村镇]{2,7}?(?:自治州|地区|盟|市))")
_EXTENSION = re.compile(r"\s*(?:[-—,#转]|ext\.?)\s*\d{1,6}$", re.IGNORECASE)
_MASKS = frozenset("*＊•…")


def masked(kind: str, value: str) -> str:
    """A piece of personal data of that kind as a screen may show it. What a platform masked stays as it is."""
    value = value.strip()
    if not value or not _MASKS.isdisjoint(value):
        return value
    return _BY_KIND.get(kind, _nick)(value)


def masked_nick(nick: str) -> str:
    """A nick or chat handle: its ends, as the platforms do it."""
    return masked("chat", nick)


def _phone(value: str) -> str:
    digits = _digits(_EXTENSION.sub("", value))
    if len(digits) < 10:
        # What looked like an extension was the end of a number written in groups.
        digits = _digits(value)
    if len(digits) > 11 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) < 7:
        return HIDDEN
    return f"{digits[:3]}{HIDDEN}{digits[-4:]}" if len(digits) > 9 else f"{digits[:2]}{HIDDEN}{digits[-2:]}"


def _digits(value: str) -> str:
    return "".join(character for character in value if character.isdigit())


def _address(value: str) -> str:
    """Province and city. A place that does not read as one is hidden whole."""
    province = _PROVINCE.match(value)
    start = province.end() if province else 0
    city = _CITY.match(value, start)
    kept = " ".join(found.group(1) for found in (province, city) if found)
    return f"{kept}{HIDDEN}"


def _name(value: str) -> str:
    if value.isascii():
        return value[0] + "***"
    return value[0] + "*" * min(len(value) - 1, 2) if len(value) > 1 else "*"


def _email(value: str) -> str:
    local, at, domain = value.rpartition("@")
    return f"{local[:1]}***@{domain}" if at else HIDDEN


def _nick(value: str) -> str:
    if len(value) < 3:
        return value[:1] + "*" if len(value) == 2 else "*"
    return f"{value[0]}**{value[-1]}"


_BY_KIND = {"phone": _phone, "address": _address, "name": _name, "email": _email, "chat": _nick}
