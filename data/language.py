"""The language of every text: Chinese or English, by gettext.

Texts in the code are English message ids; `data/locales/<language>/*.po` hold the wording, compiled to one
`amends.mo` a language by `make catalogues`.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
from functools import lru_cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("zh_CN", "en")

_active: _gettext.NullTranslations = _gettext.NullTranslations()
_code = "en"


def choose_language(setting: str = "auto") -> str:
    """Make a language active and return its code: by setting, else by locale, else Chinese."""
    global _active, _code
    _code = setting if setting in LANGUAGES else _from_locale()
    _active = _gettext.translation("amends", str(LOCALES), languages=[_code], fallback=True)
    return _code


def language() -> str:
    """The code of the active language."""
    return _code


def _from_locale() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value.startswith("en"):
            return "en"
        if value.startswith("zh"):
            return "zh_CN"
    # Only Windows keeps its language outside these variables; elsewhere Python calls the plain C locale English.
    preferred = (locale.getlocale()[0] or "").lower() if os.name == "nt" else ""
    return "en" if preferred.startswith("en") else "zh_CN"


def _(message: str) -> str:
    """The text in the active language. Call it when the text is shown, never at import."""
    return _active.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The text for a number of things in the active language."""
    return _active.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The text in the active language where the same English word needs two Chinese ones."""
    return _active.pgettext(context, message)


def in_every_language(message: str) -> tuple[str, ...]:
    """The text in each language, so that it is found by whichever name somebody knows."""
    return tuple(dict.fromkeys(catalogue.gettext(message) for catalogue in _catalogues()))


@lru_cache(maxsize=1)
def _catalogues() -> tuple[_gettext.NullTranslations, ...]:
    return tuple(_gettext.translation("amends", str(LOCALES), languages=[code], fallback=True) for code in LANGUAGES)


def N_(message: str) -> str:
    """Mark a text for the catalogue where it is written down now and shown later."""
    return message
