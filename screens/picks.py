"""What the inbox lets the agent pick from numbered lists: filters, times for later, what to copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from data.language import N_, _
from data.outside import for_screen
from data.rows import NOBODY, AgentRow, CasePage, Filter
from data.times import resolve
from data.vocabulary import Cause, Platform, State
from data.wording import cause_label, platform_label, state_label
from screens.base import DeskScreen
from screens.choose import Choose, Option
from screens.typed import TypeText
from screens.workplace import Workplace
from widgets import look
from widgets.times import stamp

_LATER = (
    ("+1h", N_("In an hour")),
    ("+2h", N_("In two hours")),
    ("today 20:00", N_("Next 20:00")),
    ("tomorrow 10:00", N_("Tomorrow 10:00")),
    ("tomorrow same", N_("Tomorrow, same hour")),
    ("+3d 10:00", N_("In three days, 10:00")),
    ("+7d 10:00", N_("In a week, 10:00")),
)

CLEAR = "clear"
"""Among the parts of a filter: take all of it away."""


_TYPED = -1
"""The option that stands for a time still to be typed."""


class Later(Choose[int]):
    """When the case is to come back, in UTC milliseconds: one of the usual times, or any that is typed."""

    PURPOSE = N_(
        "When the case comes back on the list: a usual time by its number, or any that is typed as it is said."
    )

    def action_pick(self) -> None:
        if not self.at_option(_TYPED):
            super().action_pick()
            return
        self.app.push_screen(
            TypeText(
                self.place,
                _("Back on the list"),
                _("Time"),
                hint=_("+2h, +3d, fri morning, tomorrow 8pm"),
                check=self._read,
            ),
            self._typed,
        )

    def _read(self, text: str) -> int:
        return resolve(text, self.place.now(), self.place.zone)

    def _typed(self, text: str | None) -> None:
        if text:
            self.dismiss(self._read(text))


def later_screen(place: Workplace) -> Later:
    """When the case is to come back: UTC milliseconds."""
    now, zone = place.now(), place.zone
    times = [(resolve(spec, now, zone), label) for spec, label in _LATER]
    options = [Option(at, _(label), stamp(at, now, zone)) for at, label in times]
    return Later(place, _("Back on the list"), [*options, Option(_TYPED, _("Another time…"))])


def offer_copies(screen: DeskScreen[Any], page: CasePage) -> None:
    """Ask what of the case to copy, put it on the clipboard and say so."""

    def chosen(copied: tuple[str, str] | None) -> None:
        if copied is None:
            return
        name, text = copied
        taken = screen.place.copy(text)
        said = _("Copied {name}: {text}") if taken else _("{name}: {text} (this terminal cannot copy)")
        screen.say(said.format(name=name, text=for_screen(text)))

    screen.app.push_screen(_copy_screen(screen.place, page), chosen)


def _copy_screen(place: Workplace, page: CasePage) -> Choose[tuple[str, str]]:
    order = page.order
    known = (
        (_("Order number"), page.order_external_id or (order.external_id if order else None)),
        (_("Nick"), place.reads.nick(page.row.case_id)),
        (_("Parcel number"), order.tracking if order else None),
        (_("Review number"), page.review_external_id),
    )
    return Choose(
        place,
        _("Copy"),
        [
            Option((name, text or ""), name, for_screen(text or ""), "" if text else _("not known"))
            for name, text in known
        ],
    )


def ask_to_narrow(
    screen: DeskScreen[Any],
    narrowed: Filter,
    agents: Sequence[AgentRow],
    *,
    narrow: Callable[[Filter], None],
    clear: Callable[[], None],
) -> None:
    """Ask for a part of the filter and for its value; `narrow` hears of the filter with it, `clear` that it goes."""

    def chosen(part: str | None) -> None:
        if part == CLEAR:
            clear()
        elif part is not None:
            screen.app.push_screen(_values_screen(screen.place, part, agents), lambda value: set_to(part, value))

    def set_to(part: str, value: str | None) -> None:
        if value is not None:
            narrow(_with_part(narrowed, part, value))

    screen.app.push_screen(_filter_screen(screen.place, narrowed, agents), chosen)


def _filter_screen(place: Workplace, narrowed: Filter, agents: Sequence[AgentRow]) -> Choose[str]:
    """Which part of the filter to set."""
    now = _chosen(narrowed, agents)
    options = [Option(part, _(label), now.get(part, _("any"))) for part, (label, _values) in _PARTS.items()]
    options.append(Option(CLEAR, _("Take the filter away"), "", "" if narrowed else _("There is none.")))
    return Choose(place, _("Filter"), options)


def _values_screen(place: Workplace, part: str, agents: Sequence[AgentRow]) -> Choose[str]:
    """What that part of the filter is to be; an empty value stands for any."""
    label, values = _PARTS[part]
    options = [Option("", _("any")), *(Option(value, name) for value, name in values(agents))]
    return Choose(place, _(label), options)


def _with_part(narrowed: Filter, part: str, value: str) -> Filter:
    """The filter with one part set, or emptied by an empty value."""
    if part == "platform":
        return replace(narrowed, platform=value or None)
    if part == "cause":
        return replace(narrowed, cause=value or None)
    if part == "state":
        return replace(narrowed, state=value or None)
    return replace(narrowed, owner_id=int(value) if value else None)


def worded(narrowed: Filter, agents: Sequence[AgentRow]) -> str:
    """The filter and the search in words; empty when nothing is narrowed."""
    parts = [*_chosen(narrowed, agents).values()]
    if narrowed.query or narrowed.search:
        from screens.typed_query import in_words

        parts = [in_words(narrowed.query), *parts, in_words(narrowed.search)]
    return look.DOT.join(part for part in parts if part)


def _chosen(narrowed: Filter, agents: Sequence[AgentRow]) -> dict[str, str]:
    told: dict[str, str] = {}
    if narrowed.platform:
        told["platform"] = platform_label(narrowed.platform)
    if narrowed.cause:
        told["cause"] = cause_label(narrowed.cause)
    if narrowed.state:
        told["state"] = state_label(narrowed.state)
    if narrowed.owner_id is not None:
        told["owner"] = dict(_owners(agents)).get(str(narrowed.owner_id), "?")
    return told


def _platforms(_agents: Sequence[AgentRow]) -> list[tuple[str, str]]:
    return [(platform.value, platform_label(platform)) for platform in Platform]


def _causes(_agents: Sequence[AgentRow]) -> list[tuple[str, str]]:
    return [(cause.value, cause_label(cause)) for cause in Cause]


def _states(_agents: Sequence[AgentRow]) -> list[tuple[str, str]]:
    return [(state.value, state_label(state)) for state in State if state is not State.CLOSED]


def _owners(agents: Sequence[AgentRow]) -> list[tuple[str, str]]:
    return [(str(NOBODY), _("nobody")), *((str(agent.id), for_screen(agent.name or agent.login)) for agent in agents)]


_PARTS: dict[str, tuple[str, Callable[[Sequence[AgentRow]], list[tuple[str, str]]]]] = {
    "platform": (N_("Platform"), _platforms),
    "cause": (N_("Cause"), _causes),
    "state": (N_("State"), _states),
    "owner": (N_("Owner"), _owners),
}
