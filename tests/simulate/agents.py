"""Agents at work: shifts, the next case, contacts at good and bad times, and everything else that hands do to cases.

An agent is a generator that yields how long each thing takes, in milliseconds; the desk resumes it then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from data.clock import DAY, HOUR, MINUTE
from data.contact_rules import may_contact
from data.protocols import NewPhone, Preference
from data.reads.sql_reads import SqlReads
from data.vocabulary import Cause, Channel, Result
from tests.simulate.calls import HungUp, proposed, walk
from tests.simulate.outcomes import record
from tests.simulate.scratch import ZONE
from tests.simulate.shop import Shop

SHIFTS = (
    *((7 * 60 + 30, 9), (8 * 60, 9), (8 * 60 + 30, 9), (9 * 60, 9), (9 * 60 + 30, 9), (10 * 60, 9), (12 * 60, 9)),
    *((13 * 60, 8), (14 * 60, 8), (22 * 60, 9)),
)
"""When shifts begin, in minutes after midnight, and how many hours they last; the last one is a night shift."""

_SAID = ("有人约我", "店长同意", "客人要求", "改派")
_CHANNELS = (Channel.PHONE, Channel.CHAT, Channel.SMS, Channel.SITE_MESSAGE, Channel.EMAIL)
_MINE = "SELECT id FROM review_case WHERE owner_id = :me AND open = 1 ORDER BY due_at LIMIT 15"
_OWED = (
    "SELECT r.case_id FROM remedy r WHERE r.state IN ('accepted','approved','issued') AND r.due_at <= :until "
    "ORDER BY r.due_at LIMIT 12"
)
_OF_BUYERS = "SELECT c.id FROM review_case c JOIN buyer b ON b.id = c.buyer_id WHERE b.{} IS NOT NULL LIMIT 40"
_CORRECTED = (
    (_OF_BUYERS.format("do_not_contact_at"), "lift_do_not_contact"),
    (_OF_BUYERS.format("refused_at"), "correct_refusal"),
    ("SELECT id FROM review_case WHERE state = 'closed' ORDER BY closed_at DESC LIMIT 30", "reopen"),
)
"""What a lead may take back: the cases to choose from, and the verb."""


class Agent:
    """One agent's work on a shop; `pace` is the mean pause between two acts in minutes."""

    def __init__(self, shop: Shop, agent_id: int, pace: float, crashes: float) -> None:
        self.shop, self.id, self.pace, self.crashes = shop, agent_id, pace, crashes
        self.random, self.figures, self.time = shop.random, shop.figures, shop.time
        self.lead = agent_id in shop.leads
        self.begins, self.hours = SHIFTS[agent_id % len(SHIFTS)]
        self.day_off = agent_id % 7
        self.casework = shop.casework(agent_id)
        self.reads = SqlReads(shop.store, zone=ZONE)

    def life(self) -> Iterator[int]:
        """Every shift until the simulation ends."""
        while True:
            yield from self._until_shift()
            ends = self.time.now + self.hours * HOUR
            self.casework = self.shop.casework(self.id)
            try:
                yield from self._take_up()
                while self.time.now < ends:
                    yield int(self.random.expovariate(1 / self.pace) * MINUTE) + 1_000
                    yield from self._one_thing()
            except HungUp:
                self.figures.done["sessions that died in a call"] += 1
                yield self.random.choice((5 * MINUTE, 40 * MINUTE, 3 * HOUR, 14 * HOUR))

    def _until_shift(self) -> Iterator[int]:
        while True:
            today = (self.time.now - self.time.begins) // DAY
            into = (self.time.minute - self.begins) % 1440
            if into < self.hours * 60 - 30 and today % 7 != self.day_off:
                return
            yield min((1440 - into) * MINUTE, 6 * HOUR) + self.random.randrange(MINUTE, 20 * MINUTE)

    def _take_up(self) -> Iterator[int]:
        """What a dropped session left open comes first."""
        left = self.reads.unfinished_contact(self.id)
        if left is not None:
            self.figures.done["contacts taken up again"] += 1
            yield MINUTE
            yield from self._finish(left[0], Channel(left[2]))

    def _one_thing(self) -> Iterator[int]:
        if self.reads.unfinished_contact(self.id) is not None:
            yield from self._take_up()
            return
        acts: tuple[tuple[Callable[[], Iterator[int]], int], ...] = (
            (self._next, 62),
            (self._deliver, 14),
            (self._rash, 6),
            (self._mine, 14),
            (self._undo, 4),
            (self._as_lead, 16 if self.lead else 0),
        )
        act = self.random.choices([each[0] for each in acts], [each[1] for each in acts])[0]
        yield from act()

    def _next(self) -> Iterator[int]:
        case_id = self.figures.tried("claim_next", self.casework.claim_next)
        if case_id is None:
            yield self.random.randrange(10, 40) * MINUTE
            return
        yield self.random.randrange(20, 240) * 1_000
        if self.random.random() < 0.05:
            self.figures.tried("set_cause", self.casework.set_cause, case_id, self.random.choice(list(Cause)))
        yield from self._contact(case_id)

    def _rash(self) -> Iterator[int]:
        """Contact whatever comes to mind, whoever has it and whatever the hour."""
        most = self.shop.value("SELECT max(id) FROM review_case") or 0
        if most:
            yield from self._contact(self.random.randint(1, most))

    def _contact(self, case_id: int) -> Iterator[int]:
        """Try a channel, and another one when that is refused, as agents do."""
        passing = self.random.choice(_SAID) if self.random.random() < (0.5 if self.lead else 0.03) else ""
        for channel in self._channels(case_id):
            if channel is Channel.PHONE:
                call = self.figures.tried("call", self.casework.start_call, case_id, passing)
                contact_id = call.contact_id if call else None
            else:
                contact_id = self.figures.tried(str(channel), self.casework.start_contact, case_id, channel, passing)
            if contact_id is not None:
                yield from self._finish(contact_id, channel)
                return
            yield self.random.randrange(10, 60) * 1_000
        if not 8 * 60 <= self.time.minute < 21 * 60:
            # At an hour at which nobody may be disturbed there is other work.
            yield self.random.randrange(15, 90) * MINUTE

    def _channels(self, case_id: int) -> list[Channel]:
        """By which channels the agent will try: mostly one that the screen shows to be free, else any two."""
        wished = list(dict.fromkeys(self.random.choices(_CHANNELS, (60, 22, 10, 4, 4), k=6)))
        if self.random.random() < 0.3:
            return wished[:2]
        facts, rules = self.reads.case(case_id, now=self.time.now).facts, self.shop.settings.contact
        free = (one for one in wished if may_contact(facts, one, self.time.now, ZONE, rules).allowed)
        return [next(free, wished[0])]

    def _finish(self, contact_id: int, channel: Channel) -> Iterator[int]:
        """From wherever the contact stands to its recorded outcome."""
        ending = None
        call = self.reads.open_call(self.id) if channel is Channel.PHONE else None
        if call is not None:
            yield from walk(self.casework, call, self.random, self.figures, self.crashes)
            call = self.reads.open_call(self.id) or call
            ending = proposed(self.casework, call)
        yield self.random.randrange(10, 400) * 1_000
        if self.random.random() < self.crashes:
            raise HungUp
        record(self.shop, self.casework, contact_id, channel, ending)

    def _deliver(self) -> Iterator[int]:
        """Remedies go out on time or late, and some are forgotten for days."""
        owed = self.shop.rows(_OWED, until=self.time.now + 6 * HOUR)
        for (case_id,) in self.random.sample(owed, min(2, len(owed))):
            self.figures.tried("remedy_delivered", self.casework.remedy_delivered, case_id)
            yield MINUTE

    def _mine(self) -> Iterator[int]:
        """Something other than a contact, on one of the agent's own cases."""
        mine = self.shop.rows(_MINE, me=self.id)
        if not mine:
            return
        case_id, casework, random, now = int(self.random.choice(mine)[0]), self.casework, self.random, self.time.now
        colleague = random.choice([one for one in self.shop.everybody if one != self.id] or [self.id])
        results = (Result.KEPT, Result.DECLINED, Result.UNREACHABLE, Result.NONE, Result.VERIFIED)
        acts: dict[str, tuple[int, Callable[[], object]]] = {
            "snooze": (20, lambda: casework.snooze(case_id, now + random.randrange(HOUR, 6 * DAY))),
            "hand_over": (20, lambda: casework.hand_over(case_id, colleague, "请跟进")),
            "release": (10, lambda: casework.release(case_id)),
            "escalate": (10, lambda: casework.escalate(case_id)),
            "close": (8, lambda: casework.close(case_id, random.choice(results))),
            "add_note": (4, lambda: casework.add_note(case_id, "记一下")),
            "set_preference": (16, lambda: casework.set_preference(case_id, self._wish())),
            "set_do_not_contact": (2, lambda: casework.set_do_not_contact(case_id)),
            "add_phone": (8, lambda: casework.add_phone(case_id, self._phone())),
        }
        verb = random.choices(list(acts), [weight for weight, _act in acts.values()])[0]
        self.figures.tried(verb, acts[verb][1])
        if random.random() < 0.1:
            yield 20_000
            yield from self._undo()

    def _undo(self) -> Iterator[int]:
        self.figures.tried("undo", self.casework.undo)
        if self.random.random() < 0.3:
            yield 5_000
            self.figures.tried("redo", self.casework.redo)

    def _as_lead(self) -> Iterator[int]:
        random, casework = self.random, self.casework
        escalated = self.shop.rows("SELECT id FROM review_case WHERE state = 'escalated' ORDER BY due_at LIMIT 10")
        if escalated and random.random() < 0.6:
            case_id = int(random.choice(escalated)[0])
            self.figures.tried("take_over", lambda: casework.take_over(case_id))
            yield 2 * MINUTE
            yield from self._contact(case_id)
            return
        pick, verb = random.choice(_CORRECTED)
        for (one,) in random.sample(found := self.shop.rows(pick), min(1, len(found))):
            match verb:
                case "lift_do_not_contact":
                    self.figures.tried(verb, casework.lift_do_not_contact, one, "客人又来问")
                case "correct_refusal":
                    self.figures.tried(verb, casework.correct_refusal, one, "按错了")
                case _:
                    self.figures.tried(verb, casework.reopen, one)

    def _wish(self) -> Preference:
        random = self.random
        start = random.choice((None, None, 6 * 60, 9 * 60, 18 * 60, 20 * 60))
        return Preference(
            channel=random.choice((None, None, Channel.PHONE, Channel.CHAT)),
            start=start,
            until=None if start is None else start + random.choice((60, 150, 240)),
            days=random.choice((None, None, "67", "12345", "135")),
            zone=random.choice((None, None, None, "Asia/Urumqi", "Europe/Berlin", "America/New_York")),
        )

    def _phone(self) -> NewPhone:
        random = self.random
        expires = random.choice((None, self.time.now + random.randrange(HOUR, 20 * DAY)))
        return NewPhone(f"139{random.randrange(10**8):08}", random.choice((None, None, "1234")), expires)
