"""The keys of a screen and its acts by number: what F9 and ? show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.language import _
from screens.base import DeskScreen
from screens.choose import Choose, Option
from widgets import look
from widgets.acts import Act, key_name, with_keys
from widgets.lines import Line, line


def acts_screen(screen: DeskScreen[Any]) -> Choose[str]:
    """The acts of a screen as a numbered list; gives the id of the one that was picked."""
    options = [Option(act.id, _label(act), _(act.help), screen.why_not(act.id)) for act in screen.acts if act.listed]
    return Choose(
        screen.place,
        _("Keys: {screen}").format(screen=screen.heading()),
        options,
        after=_other_keys(screen),
    )


def _label(act: Act) -> str:
    keys = act.all_keys()
    return f"{_(act.label)}  {key_name(keys[0])}" if keys else _(act.label)


def _other_keys(screen: DeskScreen[Any]) -> Sequence[Line]:
    settings = screen.place.settings
    acts = [act for act in screen.acts if not act.listed]
    if screen.focused is not None:
        acts += [with_keys(act, settings.keys, letters=settings.general.letters) for act in _of(screen.focused)]
    return [
        line("   ", (", ".join(map(key_name, act.all_keys())), look.KEY), "  ", (_(act.help), look.LABEL))
        for act in acts
    ]


def _of(widget: Any) -> Sequence[Act]:
    acts: Sequence[Act] = getattr(widget, "ACTS", ())
    return acts
