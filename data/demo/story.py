"""Playing the demo's days: imports and acts in the order of their times, through casework's own verbs.

Between two imports everything happens in one transaction, each act at its own time; so the log is a real one and
every state was reached by an arrow.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import tzinfo

from sqlmodel import Session, col, select

from data.casework import calls, claims, contacts, ledger, outcomes, people, upkeep
from data.casework.act import Act
from data.clock import DAY, MINUTE, SECOND
from data.demo import beyond
from data.demo.content import Content, Deed, Person, Told
from data.demo.exports import phone, review_id
from data.demo.moments import moment
from data.demo.ways import Ways
from data.models import Agent, Buyer, Case, Personal, Review
from data.outcomes import LINES, LineResult
from data.playbook.format import Playbook
from data.playbook.state import Run
from data.protocols import Disposition, Offer
from data.settings import Settings
from data.vocabulary import Cause, Channel, EventKind, Grade, PersonalKind, Platform, Result, Role

A_STEP = 34 * SECOND
"""How long the talk stays at one step of a call."""

A_MESSAGE = 2 * MINUTE
RINGING = 40 * SECOND


@dataclass
class Story:
    """One demo being played: who acts, on which cases, and the latest time at which something happened."""

    content: Content
    now: int
    zone: tzinfo
    settings: Settings
    playbook: Playbook
    ways: Ways
    until: int = 0
    _cases: dict[str, int] = field(default_factory=dict)

    def at(self, told: str) -> int:
        """A time of the story in UTC milliseconds."""
        return moment(told, self.now, self.zone)

    def deeds(self) -> list[tuple[int, Deed]]:
        """Everything that is done, in order."""
        return sorted(((self.at(deed.at), deed) for deed in self.content.deeds), key=lambda each: each[0])

    def open_shop(self, session: Session, connection: sqlite3.Connection, at: int) -> None:
        """The shops and the people who work in them."""
        for person in self.content.people:
            agent = session.exec(select(Agent).where(col(Agent.login) == person.login)).first()
            if agent is None:
                session.add(Agent(login=person.login, role=person.role, created_at=at))
        session.flush()
        for person in self.content.people:
            people.set_agent(self._act(session, connection, person, at), person.name, person.title, Role(person.role))
        act = self._act(session, connection, self.content.people[0], at)
        for shop in self.content.shops.values():
            people.set_shop(act, shop.name, Platform(shop.platform), self.settings.shop.zone)

    def do(self, session: Session, connection: sqlite3.Connection, deeds: Iterable[tuple[int, Deed]]) -> None:
        """Do these things, each at its time. Raises ValueError when one begins before the last one has ended."""
        for at, deed in deeds:
            if at < self.until:
                raise ValueError(f"{deed.case}: {deed.do} at {deed.at} begins before the last act has ended")
            act = self._act(session, connection, self._person(deed.who), at)
            _DEEDS[deed.do](self, act, self._case(session, deed.case), deed)
            session.flush()
            self.until = act.now

    def miss_promises(self, session: Session, connection: sqlite3.Connection, at: int) -> None:
        """What every start of the workstation does: promises that ran out come back."""
        upkeep.promise_missed(self._act(session, connection, self.content.people[0], at))

    def know_buyers(self, session: Session, connection: sqlite3.Connection, at: int) -> None:
        """What agents learn about buyers of the import at that time beside its files: levels, numbers typed in."""
        act = self._act(session, connection, self.content.people[0], at)
        for told in self.content.reviews:
            if self.at(self.content.imports[told.seen]) != at or told.id != told.buyer or told.grade == Grade.GOOD:
                continue
            case = self._case(session, told.id)
            buyer = session.get_one(Buyer, case.buyer_id)
            buyer.level = self.content.levels.get(told.id)
            if told.number and buyer.platform == Platform.PDD:
                self._type_in(act, case, told)

    def _type_in(self, act: Act, case: Case, told: Told) -> None:
        number = Personal(
            buyer_id=case.buyer_id,
            kind=PersonalKind.PHONE,
            value=phone(told),
            extension=told.number["extension"],
            virtual=1,
            expires_at=self.at(told.number["expires"]),
            added_at=act.now,
        )
        act.session.add(number)
        act.session.flush()
        act.log(EventKind.PERSONAL_ADDED, case, subject_id=number.id, code=PersonalKind.PHONE)

    def _act(self, session: Session, connection: sqlite3.Connection, person: Person, at: int) -> Act:
        agent = session.exec(select(Agent).where(col(Agent.login) == person.login)).one()
        return Act(session, connection, at, agent.id or 0, self.settings, self.zone)

    def _person(self, login: str) -> Person:
        return next(person for person in self.content.people if person.login == login)

    def _platform(self, shop: str) -> Platform:
        return Platform(self.content.shops[shop].platform)

    def _case(self, session: Session, handle: str) -> Case:
        if handle not in self._cases:
            told = next(told for told in self.content.reviews if told.id == handle)
            number = review_id(told, self._platform(told.shop))
            review = session.exec(select(Review.id).where(col(Review.external_id) == number)).one()
            self._cases[handle] = session.exec(select(Case.id).where(col(Case.review_id) == review)).one() or 0
        return session.get_one(Case, self._cases[handle])


def _call(story: Story, act: Act, case: Case, deed: Deed) -> None:
    opened = calls.start_call(act, case.id or 0, story.playbook, "")
    line = LineResult(deed.how["line"])
    run = Run.from_dict(json.loads(opened.run))
    act.now += RINGING
    for move in story.ways.way(run, line, deed.how["standing"]):
        calls.advance_call(act, opened.call_id, move, story.playbook)
        act.now += A_STEP if LINES[line].answered else 5 * SECOND
    _end(story, act, opened.contact_id, deed)


def _contact(story: Story, act: Act, case: Case, deed: Deed) -> None:
    contact = contacts.start_contact(act, case.id or 0, Channel(deed.how["channel"]))
    act.now += A_MESSAGE
    _end(story, act, contact.id or 0, deed)


def _end(story: Story, act: Act, contact_id: int, deed: Deed) -> None:
    how = deed.how
    when = story.at(how["when"]) if "when" in how else None
    outcomes.record_outcome(act, contact_id, Disposition(how["line"], how["standing"], when, how.get("note", "")))


def _remedy(story: Story, act: Act, case: Case, deed: Deed) -> None:
    due_at = story.at(deed.how["when"]) if "when" in deed.how else None
    beyond.describe_remedy(act, case, deed.how, due_at)


def _delivered(story: Story, act: Act, case: Case, deed: Deed) -> None:
    beyond.deliver(act, case, story.at(deed.how["when"]) if "when" in deed.how else act.now + 2 * DAY)


def _prefer(_story: Story, act: Act, case: Case, deed: Deed) -> None:
    start, end = (int(deed.how[name][:2]) * 60 + int(deed.how[name][3:]) for name in ("from", "until"))
    beyond.prefer(act, case, Channel(deed.how["channel"]), start, end)


_DEEDS: dict[str, Callable[[Story, Act, Case, Deed], object]] = {
    "claim": lambda _story, act, case, _deed: claims.claim(act, case.id or 0),
    "cause": lambda _story, act, case, deed: upkeep.set_cause(act, case.id or 0, Cause(deed.how["cause"])),
    "note": lambda _story, act, case, deed: upkeep.add_note(act, case.id or 0, deed.how["text"]),
    "call": _call,
    "contact": _contact,
    "snooze": lambda story, act, case, deed: upkeep.snooze(act, case.id or 0, story.at(deed.how["until"])),
    "escalate": lambda _story, act, case, _deed: upkeep.escalate(act, case.id or 0),
    "take_over": lambda _story, act, case, _deed: upkeep.take_over(act, case.id or 0),
    "close": lambda _story, act, case, deed: upkeep.close(act, case.id or 0, Result(deed.how["result"])),
    "reopen": lambda _story, act, case, _deed: upkeep.reopen(act, case.id or 0),
    "remedy": _remedy,
    "delivered": _delivered,
    "offer": lambda _story, act, case, deed: ledger.propose_remedy(
        act, case.id or 0, Offer(deed.how["entry"], deed.how.get("quantity"))
    ),
    "promise": lambda story, act, case, deed: beyond.promise_ours(
        act, case, deed.how["kind"], story.at(deed.how["when"])
    ),
    "prefer": _prefer,
    "appeal": lambda _story, act, case, deed: beyond.appeal(act, case, deed.how["note"]),
    "appeal_result": lambda _story, act, case, deed: beyond.decide_appeal(act, case, upheld=deed.how["upheld"]),
}
