"""Who works here and where: agents and the shop, as the first run and the settings set them."""

from __future__ import annotations

from sqlmodel import col, select

from data.casework.act import Act
from data.errors import Refused
from data.language import _
from data.models import Agent, Shop
from data.rows import Done
from data.shop_language import language_of
from data.vocabulary import EventKind, Platform, Role

NAME_LENGTH = 40


def set_agent(act: Act, name: str, title: str, role: Role) -> Done:
    """Set what the agent is called and what they are, as said on calls; true ones, so never the login."""
    name, title = name.strip(), title.strip()
    if not name or not title:
        raise Refused(
            _("Name and role are needed"),
            _("The first line of every call says them."),
            _("Type both; for example Lili, after-sales."),
        )
    if role != act.agent.role and act.agent.role == Role.AGENT and _has_lead(act):
        raise Refused(_("For a lead"), _("There is a lead already."), _("Ask them to make you one."))
    act.agent.name, act.agent.title, act.agent.role = name[:NAME_LENGTH], title[:NAME_LENGTH], role
    event_id = act.log(EventKind.AGENT_SET, subject_id=act.agent_id, code=role)
    return Done(event_id, _("You are {name}, {title}").format(name=name, title=title), undoable=False)


def _has_lead(act: Act) -> bool:
    return act.session.exec(select(Agent.id).where(col(Agent.role) != Role.AGENT)).first() is not None


def set_shop(act: Act, name: str, platform: Platform, zone: str) -> int:
    """The shop of that name on that platform; made when it is new. Returns its number."""
    name = name.strip()
    if not name:
        raise Refused(_("A shop needs a name"), _("The name is empty."), _("Type the name that buyers know."))
    shop = act.session.exec(select(Shop).where(col(Shop.platform) == platform, col(Shop.name) == name)).first()
    if shop is None:
        spoken = language_of(act.settings.shop, platform, name)
        shop = Shop(platform=platform, name=name, zone=zone, language=spoken, created_at=act.now)
        act.session.add(shop)
        act.session.flush()
    return shop.id or 0
