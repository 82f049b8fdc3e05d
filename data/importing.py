"""Importing files: recognise each by its content, read it row by row, hand the rows to bulk casework, report.

One file at a time, in the order given. A file that cannot be read at all is reported with a sentence and the next one
is taken. Times are UTC milliseconds.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data.casework.bulk import Batch, Imagined, Pace, Tally, begin_batch, run
from data.casework.bulk_orders import OrderWriter
from data.casework.bulk_reviews import ReviewWriter
from data.casework.known import Change
from data.casework.places import Terms
from data.clock import zone
from data.errors import SourceError
from data.language import _
from data.search import index_range
from data.settings import Settings
from data.sources.cells import storable
from data.sources.column_map import ColumnMap, load_maps
from data.sources.detect import recognise
from data.sources.opening import open_source
from data.sources.reading import read
from data.sources.rejects import Rejects
from data.sources.rows import ImportedOrder, ImportedReview, RefusedRow
from data.store.store import Store
from data.wording import platform_label

Progress = Callable[[str, int, int], None]
"""Told the file's name, the bytes that are done and all its bytes; often, so it should be quick."""

SHOWN_REFUSALS = 20
INDEX_STEP = 50
"""Reviews put into the search index in the first transaction; how long it took decides about the next."""


@dataclass(slots=True)
class FileReport:
    """What became of one file. Always read = new + changed + same + refused."""

    file: str
    source: str | None = None
    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    rejects: str | None = None
    """The reject file, when there is one."""

    error: str | None = None
    """Why the file was not read, or not to its end: one sentence and what to do."""

    refusals: list[tuple[int, str]] = field(default_factory=list)
    """Line and reason of the first refused rows."""

    changes: list[Change] = field(default_factory=list)
    """Every row that says something else than what was known."""

    batch: int | None = None
    """The number under which the import can be taken back."""

    trial: bool = False

    @property
    def done(self) -> bool:
        """Whether everything in the file was taken."""
        return self.error is None and not self.refused

    def as_json(self) -> dict[str, Any]:
        """The report as other programs read it."""
        facts: dict[str, Any] = {
            "file": self.file,
            "source": self.source,
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "refused": self.refused,
            "rejects": self.rejects,
            "error": self.error,
            "refusals": [{"line": line, "reason": reason} for line, reason in self.refusals],
            "batch": self.batch,
            "changes": [change._asdict() for change in self.changes],
        }
        if self.trial:
            facts["dry_run"] = True
        return facts

    def take(self, tally: Tally) -> None:
        """Take over the counts."""
        self.read, self.refused = tally.read, tally.refused
        self.new, self.changed, self.same = tally.new, tally.changed, tally.same


def import_files(
    paths: Sequence[Path],
    *,
    store: Store,
    settings: Settings,
    now: int,
    shop: str | None = None,
    source: str | None = None,
    dry_run: bool = False,
    agent_id: int | None = None,
    maps_folder: Path | None = None,
    rejects_folder: Path | None = None,
    progress: Progress | None = None,
) -> list[FileReport]:
    """Import files in order and report on each.

    `shop` is where a file goes that names no shop; `source` forces a column map; a dry run reports the same and
    writes nothing. Raises ContentError for a column map with an error, SourceError for an unknown `source`, and
    StoreError when the database fails: what was written until then stays, and the same files may be imported again.
    """
    maps = _chosen(load_maps(maps_folder), source)
    imagined = Imagined()
    reports = []
    with nullcontext() if dry_run else store.bulk(), _fewer_collections():
        for path in paths:
            report = FileReport(file=str(path), trial=dry_run)
            batch = Batch(storable(path.name), "", Terms(maps[0].platform), now, settings, agent_id, dry_run)
            try:
                _import_file(path, report, maps, store, batch, shop, imagined, rejects_folder, progress)
            except SourceError as error:
                report.error = f"{error.what} {error.remedy}".strip()
            reports.append(report)
        if not dry_run:
            index_all(store, now)
    return reports


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """A long file makes millions of short-lived rows and no cycles: looking for cycles takes a seventh of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def index_all(store: Store, now: int) -> int:
    """Put what was imported into the search index, in small transactions; how many reviews there were."""
    done = 0
    pace = Pace(size=INDEX_STEP)
    while True:
        with store.write(durable=False) as connection:
            begun = time.perf_counter()
            pace.look_around(connection, now)
            count = index_range(connection, pace.size)
        if not count:
            return done
        done += count
        pace.took(count, time.perf_counter() - begun)


def _chosen(maps: tuple[ColumnMap, ...], source: str | None) -> tuple[ColumnMap, ...]:
    if source is None:
        return maps
    chosen = tuple(one for one in maps if one.source == source)
    if not chosen:
        raise SourceError(
            _("Unknown source"),
            _("There is no source “{source}”.").format(source=source),
            _("Known are: {sources}.").format(sources=", ".join(sorted({one.source for one in maps}))),
        )
    return chosen


def _import_file(
    path: Path,
    report: FileReport,
    maps: Sequence[ColumnMap],
    store: Store,
    batch: Batch,
    shop: str | None,
    imagined: Imagined,
    rejects_folder: Path | None,
    progress: Progress | None,
) -> None:
    with closing(open_source(path)) as file:
        recognised = recognise(file, maps)
        one = recognised.column_map
        report.source = one.source
        settings = batch.settings
        batch = replace(batch, source=one.source, terms=_terms(one, settings, shop))
        batch = begin_batch(store, batch)
        report.batch = batch.id or None
        rejects = _Kept(report, None if batch.trial else Rejects(path, rejects_folder, recognised.heading))

        def told(tally: Tally) -> None:
            report.take(tally)
            if progress is not None:
                progress(report.file, file.bytes_read(), file.size)

        rows = read(recognised, settings.grades, zone(settings.shop.zone))
        try:
            if one.kind == "orders":
                orders = OrderWriter(batch, imagined)
                report.changes = orders.changes
                report.take(run(store, batch, _only(rows, ImportedOrder), orders, rejects.add, told))
            else:
                reviews = ReviewWriter(batch, imagined)
                report.changes = reviews.changes
                report.take(run(store, batch, _only(rows, ImportedReview), reviews, rejects.add, told))
        finally:
            rejects.finish()


@dataclass(slots=True)
class _Kept:
    """What is told about refused rows. A reject file that cannot be written does not stop the rest of the import."""

    report: FileReport
    rejects: Rejects | None

    def add(self, row: RefusedRow) -> None:
        if len(self.report.refusals) < SHOWN_REFUSALS:
            self.report.refusals.append((row.line, row.reason))
        if self.rejects is not None:
            try:
                self.rejects.add(row)
            except SourceError as error:
                self._failed(error)

    def finish(self) -> None:
        if self.rejects is not None:
            try:
                kept = self.rejects.finish()
            except SourceError as error:
                self._failed(error)
            else:
                self.report.rejects = str(kept) if kept else None

    def _failed(self, error: SourceError) -> None:
        self.report.error = f"{error.what} {error.remedy}"
        self.rejects = None


def _only(rows: Iterable[Any], kind: type[Any]) -> Iterator[Any]:
    """The rows of a file, which are all of the kind that its map says, or refused."""
    for row in rows:
        assert isinstance(row, (kind, RefusedRow))
        yield row


def _terms(one: ColumnMap, settings: Settings, shop: str | None) -> Terms:
    ours = settings.shop.platform in (one.platform, *one.also)
    return Terms(
        platform=one.platform,
        also=one.also,
        told=shop.strip() or None if shop else None,
        default=(settings.shop.name.strip() or None) if ours else None,
        label=platform_label(one.platform),
        zone=settings.shop.zone,
        own=settings.shop,
    )
