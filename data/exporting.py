"""Writing cases, outcomes and events out as CSV, XLSX or JSON, one record at a time, whole or not at all.

CSV is UTF-8 with a byte order mark, its ids are kept from spreadsheets and nothing in it is run as a formula. JSON is
one list of objects. The export of events holds no personal data; those of cases and outcomes hold what buyers and
agents wrote.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import BinaryIO, TypeAlias

from data.clock import iso, to_local
from data.errors import SourceError
from data.language import _
from data.outside import for_spreadsheet
from data.reads.exports import EXPORTS, FIELDS, Record, cases_of
from data.store.store import Store

KINDS = tuple(EXPORTS)
FORMATS = ("csv", "xlsx", "json")

Chosen: TypeAlias = Callable[[sqlite3.Connection], Collection[int]]
"""Finds the numbers of the cases to be written, in their order, in the same read as the records."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many records are written; called in the thread that writes."""

_TOLD_EVERY = 500

_UNSEEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What JSON leaves as it is and a terminal would act on, or nobody would see."""


def form_of(path: Path) -> str:
    """The form that a file's ending stands for: `xlsx`, `json`, else `csv`."""
    form = path.suffix.lower().removeprefix(".")
    return form if form in FORMATS else "csv"


def export_to_path(
    store: Store, kind: str, form: str, path: Path, *, chosen: Chosen | None = None, progress: Progress | None = None
) -> int:
    """Write an export to a file, which appears only when it is whole; how many records it has.

    With `chosen`, only those cases. Raises SourceError when the file cannot be written, StoreError when the database
    cannot be read, and what `chosen` raises.
    """
    try:
        with _whole(path) as out:
            return export_to_stream(store, kind, form, out, chosen=chosen, progress=progress)
    except OSError as error:
        raise SourceError(
            _("The export cannot be written"),
            _("{path}: {why}.").format(path=path, why=error.strerror or error),
            _("Check the folder, your right to write there, and the space on the disk."),
        ) from error


def export_to_stream(
    store: Store,
    kind: str,
    form: str,
    out: BinaryIO,
    *,
    chosen: Chosen | None = None,
    progress: Progress | None = None,
) -> int:
    """Write an export as bytes, all of one moment, and give the number of records."""
    with store.read() as connection:
        when = wall_time if form == "xlsx" else iso
        if chosen is None:
            records = EXPORTS[kind](connection, when)
        else:
            case_ids = chosen(connection)
            records = cases_of(connection, case_ids, when)
            if progress is not None:
                records = _counted(records, len(case_ids), progress)
        if form == "csv":
            return _write_csv(records, FIELDS[kind], out)
        if form == "xlsx":
            # Only whoever writes one pays for the library.
            from data.spreadsheet import write_xlsx

            return write_xlsx(records, FIELDS[kind], out)
        return _write_json(records, out)


def wall_time(at: int, zone: tzinfo) -> datetime:
    """A time as a spreadsheet holds it: what the clock on the shop's wall shows, to the second."""
    return to_local(at, zone).replace(tzinfo=None, microsecond=0)


def _counted(records: Iterable[Record], of: int, progress: Progress) -> Iterator[Record]:
    for count, record in enumerate(records, 1):
        yield record
        if count % _TOLD_EVERY == 0 or count == of:
            progress(count, of)


def _write_csv(records: Iterable[Record], fields: Sequence[str], out: BinaryIO) -> int:
    out.write(codecs.BOM_UTF8)
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    writer.writerow(fields)
    count = 0
    for record in records:
        writer.writerow([for_spreadsheet(record[field]) for field in fields])
        count += 1
        if line.tell() > 1 << 16:
            _drain(line, out)
    _drain(line, out)
    return count


def _drain(line: io.StringIO, out: BinaryIO) -> None:
    out.write(line.getvalue().encode("utf-8", "replace"))
    line.seek(0)
    line.truncate()


def _write_json(records: Iterable[Record], out: BinaryIO) -> int:
    count = 0
    out.write(b"[")
    for record in records:
        text = json.dumps(record, ensure_ascii=False)
        text = _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
        out.write((",\n" if count else "\n").encode() + text.encode("utf-8", "replace"))
        count += 1
    out.write(b"\n]\n" if count else b"]\n")
    return count


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when the block ends well, and is gone otherwise."""
    folder = path.absolute().parent
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
