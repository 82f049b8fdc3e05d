"""The files that a shop wrote itself and its settings name, each read as the program reads it at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.language import _

if TYPE_CHECKING:
    from data.settings import Settings


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One such file: what it holds, where it is, and how it is read; reading tells how many entries it has.

    `read` raises ContentError that names file, entry and key.
    """

    part: str
    path: Path
    read: Callable[[], int]


def own_files(settings: Settings) -> Iterator[OwnFile]:
    """The files that the settings name; none where a shop goes by what is shipped."""
    rules = settings.lint.file
    if rules is not None:
        yield OwnFile(_("Rules of the promise linter"), rules, partial(_rules, rules))
    if settings.remedies.own_file is not None:
        own = settings.remedies.own_file
        yield OwnFile(_("Remedies"), own, partial(_remedies, own, rules))
    if settings.messages.own_file is not None:
        own = settings.messages.own_file
        yield OwnFile(_("Templates"), own, partial(_templates, own, settings))
    if settings.messages.own_guides is not None:
        own = settings.messages.own_guides
        yield OwnFile(_("Guides"), own, partial(_guides, own))
    if settings.replies.own_file is not None:
        own = settings.replies.own_file
        yield OwnFile(_("Public replies"), own, partial(_replies, own, rules))
    if settings.products.file is not None:
        own = settings.products.file
        yield OwnFile(_("Products"), own, partial(_products, own))


def _rules(path: Path) -> int:
    """How many rules are added; words alone, or strictness, add none."""
    from data.lint import standard, with_own

    return len(with_own(path).by_id) - len(standard().by_id)


def _remedies(path: Path, rules: Path | None) -> int:
    from data.remedies.catalogue import catalogue

    shipped = catalogue(None, rules).entries
    return sum(shipped.get(id) != entry for id, entry in catalogue(path, rules).entries.items())


def _templates(path: Path, settings: Settings) -> int:
    from data.messages.load import with_own
    from data.shop_language import language_of, script_code

    shop = settings.shop
    code = script_code(language_of(shop, shop.platform, shop.name))
    return sum(each.own for each in with_own(code, path, settings.lint.file).templates)


def _replies(path: Path, rules: Path | None) -> int:
    from data.replies.templates import load

    return len(load(path, rules))


def _guides(path: Path) -> int:
    from data.guides import shipped, with_own

    return len(set(with_own("en", path)) - set(shipped("en")))


def _products(path: Path) -> int:
    from data.product_notes import load

    return len(load(path))
