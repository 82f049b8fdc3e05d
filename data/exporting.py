"""Writing cases, outcomes and events out as CSV or JSON, one record at a time, whole or not at all.

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
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from data.errors import SourceError
from data.language import _
from data.outside import for_spreadsheet
from data.reads.exports import EXPORTS, FIELDS, Record
from data.store.store import Store

KINDS = tuple(EXPORTS)
FORMATS = ("csv", "json")

_UNSEEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What JSON leaves as it is and a terminal would act on, or nobody would see."""


def export_to_path(store: Store, kind: str, form: str, path: Path) -> int:
    """Write an export to a file, which appears only when it is whole; how many records it has.

    Raises SourceError when the file cannot be written, StoreError when the database cannot be read.
    """
    try:
        with _whole(path) as out:
            return export_to_stream(store, kind, form, out)
    except OSError as error:
        raise SourceError(
            _("The export cannot be written"),
            _("{path}: {why}.").format(path=path, why=error.strerror or error),
            _("Check the folder, your right to write there, and the space on the disk."),
        ) from error


def export_to_stream(store: Store, kind: str, form: str, out: BinaryIO) -> int:
    """Write an export as bytes, all of one moment, and give the number of records."""
    with store.read() as connection:
        records = EXPORTS[kind](connection)
        if form == "csv":
            return _write_csv(records, FIELDS[kind], out)
        return _write_json(records, out)


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
