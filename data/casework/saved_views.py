"""Views of one's own: a typed query kept under a name; a convenience of one agent, so that no event tells of it."""

from __future__ import annotations

from sqlmodel import col, func, select

from data.casework.act import Act
from data.errors import Refused
from data.language import _
from data.models import SavedView
from data.query import parse, text
from data.rows import Done

NAME_LENGTH = 24
AT_MOST = 50


def save_view(act: Act, name: str, query: str) -> Done:
    """Keep a query under a name that the agent has not used yet. Raises QueryError when it cannot be read."""
    name = _name(act, name)
    canonical = text(parse(query))
    if not canonical:
        raise Refused(_("Nothing to save"), _("Nothing narrows the list."), _("Search or filter first, then save it."))
    if act.session.exec(select(func.count()).where(col(SavedView.agent_id) == act.agent_id)).one() >= AT_MOST:
        raise Refused(
            _("Too many views"),
            _("You have {count} views.").format(count=AT_MOST),
            _("Delete one that you do not use."),
        )
    act.session.add(SavedView(agent_id=act.agent_id, name=name, query=canonical, saved_at=act.now))
    return _done(_("Saved as {name}").format(name=name))


def rename_view(act: Act, view_id: int, name: str) -> Done:
    """Give one of the agent's views another name."""
    view = _own(act, view_id)
    if name.strip() != view.name:
        view.name = _name(act, name)
    return _done(_("Now called {name}").format(name=view.name))


def delete_view(act: Act, view_id: int) -> Done:
    """Take one of the agent's views away; whoever calls has asked whether it is meant."""
    view = _own(act, view_id)
    act.session.delete(view)
    return _done(_("{name} deleted").format(name=view.name))


def _name(act: Act, name: str) -> str:
    name = " ".join(name.split())[:NAME_LENGTH]
    if not name or not name.isprintable():
        raise Refused(_("A view needs a name"), _("That is no name."), _("Type a short one, such as Urgent."))
    if act.session.exec(
        select(SavedView.id).where(col(SavedView.agent_id) == act.agent_id, col(SavedView.name) == name)
    ).first():
        raise Refused(
            _("The name is taken"), _("You have a view called {name}.").format(name=name), _("Type another name.")
        )
    return name


def _own(act: Act, view_id: int) -> SavedView:
    view = act.session.get(SavedView, view_id)
    if view is None or view.agent_id != act.agent_id:
        raise Refused(_("No such view"), _("The view is not there any more."))
    return view


def _done(said: str) -> Done:
    return Done(0, said, undoable=False)
