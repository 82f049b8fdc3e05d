"""Shops speak the language that the settings and their platform give them; a call goes by the shop of its case."""

from __future__ import annotations

import sqlite3

from sqlmodel import select

from data.casework.act import Act
from data.errors import Refused
from data.language import _
from data.models import Shop
from data.shop_language import language_of


def keep_languages(act: Act) -> None:
    """Write down the language of every shop as the settings have it today; texts and assignment read it from there."""
    for shop in act.session.exec(select(Shop)):
        told = language_of(act.settings.shop, shop.platform, shop.name)
        if shop.language != told:
            shop.language = told
            act.session.add(shop)


def language_of_case(connection: sqlite3.Connection, case_id: int) -> str:
    """`zh` or `en`: what the shop of a case speaks with its buyers. Raises Refused when there is no such case."""
    row = connection.execute(
        "SELECT s.language FROM review_case c JOIN shop s ON s.id = c.shop_id WHERE c.id = :id", {"id": case_id}
    ).fetchone()
    if row is None:
        raise Refused(_("No such case"), _("There is no case {id}.").format(id=case_id), _("Go back to the inbox."))
    return str(row[0])
