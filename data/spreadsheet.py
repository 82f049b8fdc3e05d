"""Writing records as an XLSX workbook, row by row in little memory.

Ids are text, so that no spreadsheet rounds them; nothing is ever a formula; times are the shop's wall clock. Heads,
and the words of closed vocabularies, are in the reader's language: this is for people, CSV and JSON for programs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from data.language import N_, _
from data.outcomes import line_label, standing_label
from data.outside import for_text_cell
from data.reads.exports import TIMES, Record
from data.wording import cause_label, channel_label, grade_label, platform_label, result_label, state_label

SHEET_ROWS: Final = 1_000_000
"""A sheet holds 1,048,576 rows (ISO/IEC 29500); more go on to the next sheet."""

_HEADS: Final[Mapping[str, str]] = {
    "platform": N_("Platform"),
    "shop": N_("Shop"),
    "review_id": N_("Review number"),
    "order_id": N_("Order number"),
    "product": N_("Product"),
    "variant": N_("Variant"),
    "rating": N_("Stars"),
    "raw_rating": N_("Rating on the platform"),
    "grade": N_("Grade"),
    "text": N_("Review"),
    "appended_text": N_("Addition"),
    "created_at": N_("Reviewed at"),
    "state": N_("State"),
    "result": N_("Result"),
    "cause": N_("Cause"),
    "owner": N_("Owner"),
    "contacts": N_("Contacts"),
    "refusals": N_("Refusals"),
    "promised_at": N_("Promised until"),
    "follow_up_at": N_("Follow-up at"),
    "due_at": N_("Due at"),
    "opened_at": N_("Opened at"),
    "closed_at": N_("Closed at"),
    "case_id": N_("Case number"),
    "contact_id": N_("Contact number"),
    "agent": N_("Agent"),
    "channel": N_("Channel"),
    "started_at": N_("Started at"),
    "ended_at": N_("Ended at"),
    "line": N_("What happened"),
    "standing": N_("Where it stands"),
    "note": N_("Note"),
    "incoming": N_("The buyer called"),
    "lacks": N_("Missing in the record"),
    "lacks_why": N_("Why it is missing"),
    "event_id": N_("Event number"),
    "at": N_("Time"),
    "kind": N_("Event"),
    "subject_id": N_("Subject number"),
    "act_id": N_("Act number"),
    "code": N_("Code"),
    "number": N_("Figure"),
    "from_state": N_("State before"),
    "to_state": N_("State after"),
    "before": N_("Before"),
    "undoes": N_("Undoes event"),
    "text_hash": N_("Hash of the text"),
    "previous_hash": N_("Hash before"),
    "hash": N_("Hash"),
    "key": N_("Key"),
    "name": N_("Name"),
    "remedies": N_("Remedies"),
    "currency": N_("Currency"),
    "amount_minor": N_("Worth (minor units)"),
    "cost_minor": N_("Cost (minor units)"),
    "cost": N_("Cost"),
    "cost_unknown": N_("Cost not known of"),
}

_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "platform": platform_label,
    "grade": grade_label,
    "state": state_label,
    "from_state": state_label,
    "to_state": state_label,
    "result": result_label,
    "cause": cause_label,
    "channel": channel_label,
    "line": line_label,
    "standing": standing_label,
}

_WIDE: Final = {"text": 48, "appended_text": 32, "note": 40, "product": 28, "review_id": 22, "order_id": 22}
_TIME_WIDTH, _WIDTH = 17, 12

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "use_zip64": True,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}


def head(field: str) -> str:
    """What stands above the column of a field, in the reader's language."""
    return _(_HEADS[field]) if field in _HEADS else field


def write_xlsx(records: Iterable[Record], fields: Sequence[str], out: BinaryIO) -> int:
    """Write a workbook with one row a record, and give their number. Raises OSError when it cannot be written."""
    with tempfile.TemporaryDirectory(prefix="amends-") as folder:
        # Rows go to a file of the folder at once; whatever happens, nothing of them stays there.
        outlet = _Outlet(out)
        book = xlsxwriter.Workbook(outlet, {**_OPTIONS, "tmpdir": folder})
        sheets = [_Sheet(book, fields)]
        try:
            for record in records:
                if sheets[-1].row > SHEET_ROWS:
                    sheets.append(_Sheet(book, fields))
                sheets[-1].write(record)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            outlet.shut = True
            for sheet in sheets:
                sheet.close()
    return sum(sheet.row - 1 for sheet in sheets)


class _Outlet:
    """Where the workbook's archive goes. Once shut it takes whatever comes and does nothing: an archive that could
    not be finished tries to finish itself when it is thrown away, and would complain on the terminal."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.shut = False

    def write(self, data: bytes) -> int:
        return len(data) if self.shut else self._out.write(data)

    def flush(self) -> None:
        if not self.shut:
            self._out.flush()

    def tell(self) -> int:
        return 0 if self.shut else self._out.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0 if self.shut else self._out.seek(offset, whence)


class _Sheet:
    """One sheet that is being written from the top down."""

    def __init__(self, book: Any, fields: Sequence[str]) -> None:
        self._fields = fields
        self._sheet = book.add_worksheet()
        self._text = book.add_format({"num_format": "@"})
        self.row = 1
        heading = book.add_format({"bold": True, "bottom": 1})
        self._sheet.freeze_panes(1, 0)
        for column, field in enumerate(fields):
            self._sheet.set_column(column, column, _WIDE.get(field, _TIME_WIDTH if field in TIMES else _WIDTH))
        for column, field in enumerate(fields):
            self._sheet.write_string(0, column, head(field), heading)

    def write(self, record: Record) -> None:
        """Write the next row."""
        for column, field in enumerate(self._fields):
            value = record[field]
            if value is None or value == "":
                continue
            if isinstance(value, datetime):
                self._sheet.write_datetime(self.row, column, value)
            elif isinstance(value, int) and not field.endswith("_id"):
                self._sheet.write_number(self.row, column, value)
            else:
                told = str(value)
                if field in _WORDS:
                    told = _WORDS[field](told)
                self._sheet.write_string(self.row, column, for_text_cell(told), self._text)
        self.row += 1

    def close(self) -> None:
        """Let go of the file that holds the rows, if the workbook has not."""
        if not self._sheet.row_data_fh.closed:
            self._sheet.row_data_fh.close()
