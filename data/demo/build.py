"""Making the demo shop's database: believable work in every state, always as fresh as the moment it is made."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from data.casework.sessions import Sessions
from data.clock import DAY, MINUTE, zone
from data.demo.content import load
from data.demo.exports import export
from data.demo.story import Story
from data.demo.ways import Ways
from data.errors import StoreError
from data.importing import import_files
from data.language import _
from data.playbook.load import standard
from data.settings import Settings
from data.store.open import make_folder
from data.store.store import Store
from data.vocabulary import Platform

_OPENED = 40 * DAY


def make_demo(path: Path, now: int) -> None:
    """Make the demo's database at `path`, in place of an older one there; it appears only when it is whole.

    `now` is UTC milliseconds. Raises StoreError: no right to write there, disk full, the older one is open elsewhere.
    """
    make_folder(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    store = Store(part)
    try:
        build_demo(store, now)
        store.close()
        for side in ("-wal", "-shm"):
            path.with_name(path.name + side).unlink(missing_ok=True)
        os.replace(part, path)
    except OSError as error:
        raise StoreError(
            _("The demo cannot be made anew"),
            _("{path} cannot be replaced: {detail}.").format(path=path, detail=error.strerror or error),
            _("Close the demo wherever it is open, and try again."),
        ) from error
    finally:
        store.close()
        for side in ("", "-wal", "-shm"):
            part.with_name(part.name + side).unlink(missing_ok=True)


def build_demo(store: Store, now: int) -> None:
    """Fill a database that holds nothing yet with the demo shop as it stands at `now` (UTC milliseconds).

    The story keeps the shipped settings and the shipped Chinese playbook, so that a shop's own rules cannot make it
    impossible; its times of day are China's. The same `now` gives the same rows. Raises StoreError.
    """
    store.prepare(now, create=True)
    settings = Settings()
    content = load()
    playbook = standard("zh_CN")
    story = Story(content, now, zone(settings.shop.zone), settings, playbook, Ways(playbook))
    sessions = Sessions(store)

    def play(scene: Callable[[Session, sqlite3.Connection], None]) -> None:
        with sessions.write(durable=False) as (session, connection):
            scene(session, connection)

    play(partial(story.open_shop, at=now - _OPENED))
    imports = sorted(story.at(told) for told in content.imports.values())
    deeds = story.deeds()
    with TemporaryDirectory(prefix="amends-demo-") as folder:
        for number, at in enumerate(imports):
            _import(store, story, at, Path(folder))
            play(partial(story.know_buyers, at=at))
            if at == imports[-1]:
                play(partial(story.miss_promises, at=at + MINUTE))
            after = imports[number + 1] if number + 1 < len(imports) else now
            ready = [(when, deed) for when, deed in deeds if at <= when < after]
            play(partial(story.do, deeds=ready))


def _import(store: Store, story: Story, at: int, folder: Path) -> None:
    orders, reviews, pdd = export(story.content, at, story.now, story.zone, folder)
    told = next(shop.name for shop in story.content.shops.values() if shop.platform == Platform.PDD)
    import_files([orders, reviews], store=store, settings=story.settings, now=at, rejects_folder=folder)
    import_files([pdd], store=store, settings=story.settings, now=at, shop=told, rejects_folder=folder)
