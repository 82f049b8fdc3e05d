"""How the buyer speaks: one key opens the list, one marks it."""

from __future__ import annotations

from data.call_trail import Marks, Pace, Temper
from data.language import _
from screens.choose import Choose, Option
from screens.workplace import Workplace
from widgets import look
from widgets.call_pulse import PACES, TEMPERS


def marks_screen(place: Workplace, marked: Marks) -> Choose[str]:
    """Pace on 1 to 3, temper on 4 to 7; gives the mark as a step of a call keeps it."""
    options = [Option(f"pace:{each}", _(PACES[each]), _here(each is marked.pace)) for each in Pace]
    options += [Option(f"temper:{each}", _(TEMPERS[each]), _here(each is marked.temper)) for each in Temper]
    return Choose(place, _("How does the buyer speak?"), options)


def _here(marked: bool) -> str:
    return f"{look.DONE} {_('marked')}" if marked else ""
