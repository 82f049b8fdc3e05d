"""Money as whole minor units (fen, cents) beside its currency. Exact: nothing is rounded or guessed."""

from __future__ import annotations

import re
import unicodedata

from data.language import _

_DECIMALS = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "KWD": 3,
    "BHD": 3,
    "JOD": 3,
    "OMR": 3,
    "TND": 3,
}
"""Decimals of currencies that do not have two, from ISO 4217."""

_SIGNS = {"CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "TWD": "NT$"}

_WORDS = {
    "¥": {"CNY", "JPY"},
    "元": {"CNY"},
    "RMB": {"CNY"},
    "円": {"JPY"},
    "$": {"USD", "HKD", "TWD", "AUD", "CAD", "SGD", "NZD", "MXN"},
    "US$": {"USD"},
    "HK$": {"HKD"},
    "NT$": {"TWD"},
    "€": {"EUR"},
    "£": {"GBP"},
}
"""What may stand before or after an amount, and of which currencies it may speak."""

_AMOUNT = re.compile(r"(?P<minus>-?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?", re.ASCII)
_AROUND = re.compile(r"(?P<minus>-?)(?P<before>[^\d.,\-]*)(?P<amount>-?[\d.,]+)(?P<after>[^\d.,\-]*)", re.ASCII)


def decimals(currency: str) -> int:
    """How many decimals a currency has: 2 for most."""
    return _DECIMALS.get(currency, 2)


def parse_money(text: str, currency: str = "CNY") -> int:
    """The amount in minor units: '59.90', '¥1,099.00', '89元' and full-width forms.

    Raises ValueError, worded for the person whose file it is, for anything that is not plainly one amount of
    that currency: other signs, more decimals than the currency has, misplaced commas.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    around = _AROUND.fullmatch(plain.replace(" ", ""))
    amount = _AMOUNT.fullmatch(around["amount"]) if around else None
    if around is None or amount is None or (around["minus"] and amount["minus"]):
        raise ValueError(_("{text!r} is not an amount of money.").format(text=text))
    for word in (around["before"].upper(), around["after"].upper()):
        if word and word != currency and currency not in _WORDS.get(word, ()):
            raise ValueError(_("{text!r} is not an amount in {currency}.").format(text=text, currency=currency))
    places = decimals(currency)
    part = (amount["part"] or "").ljust(places, "0")
    if part[places:].strip("0"):
        raise ValueError(_("{text!r} has more decimals than {currency} has.").format(text=text, currency=currency))
    minor = int(amount["whole"].replace(",", "") + part[:places])
    return -minor if around["minus"] or amount["minus"] else minor


def format_money(minor: int, currency: str = "CNY") -> str:
    """The amount as people read it: ¥1,099.00; a currency without a sign of its own is named after it."""
    places = decimals(currency)
    whole, part = divmod(abs(minor), 10**places)
    figure = f"{whole:,}" + (f".{part:0{places}d}" if places else "")
    minus = "-" if minor < 0 else ""
    sign = _SIGNS.get(currency)
    return f"{minus}{sign}{figure}" if sign else f"{minus}{figure} {currency}"
