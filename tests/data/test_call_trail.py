"""What the steps of a call tell: times without pauses, what was marked, the three sentences of a hurry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.call_trail import HURRIED_OFF, HURRIED_ON, MARKS, Pace, Stepped, Temper, marks, sentences_said, spans
from data.clock import MINUTE
from data.playbook.load import from_text
from data.playbook.spoken import SENTENCES, sentences, words_of
from data.vocabulary import StepKind
from tests.data.casework.desk import SMALL_PLAYBOOK

STAGES = {"hello": "identity", "listen": "listen", "aside": ""}


def stage_of(node: str) -> str:
    return STAGES.get(node, "")


def stepped(*told: tuple[int, str, str]) -> list[Stepped]:
    return [Stepped(at * MINUTE, kind, node) for at, kind, node in told]


def test_listening_is_the_time_in_its_stage_with_the_objections_it_was_left_for() -> None:
    trail = stepped((0, "entered", "hello"), (1, "chose", "hello"), (3, "objection", "listen"), (4, "chose", "aside"))
    times = spans(trail, stage_of, "listen", 6 * MINUTE)
    assert times.listened == 5 * MINUTE
    assert times.by_stage == {"identity": MINUTE, "listen": 5 * MINUTE}
    assert times.in_step == 2 * MINUTE


def test_the_time_of_a_parked_call_is_nobodys_and_neither_is_that_after_a_cut_line() -> None:
    trail = stepped((0, "entered", "listen"), (2, "paused", "listen"), (60, "resumed", "listen"))
    assert spans(trail, stage_of, "listen", 61 * MINUTE).listened == 3 * MINUTE
    cut = stepped((0, "entered", "listen"), (2, "marked", "listen"), (60, "resumed", "listen"))
    assert spans(cut, stage_of, "listen", 61 * MINUTE).listened == 3 * MINUTE
    parked = stepped((0, "entered", "listen"), (2, "paused", "listen"))
    assert spans(parked, stage_of, "listen", 61 * MINUTE).listened == 2 * MINUTE


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.sampled_from(sorted(StepKind)), st.sampled_from(sorted(STAGES))), max_size=12
    )
)
def test_no_span_is_negative_and_together_they_are_at_most_the_call(told: list[tuple[int, str, str]]) -> None:
    at, trail = 0, [Stepped(0, "entered", "hello")]
    for minutes, kind, node in told:
        at += minutes * MINUTE
        trail.append(Stepped(at, kind, node))
    times = spans(trail, stage_of, "listen", at + MINUTE)
    assert all(span >= 0 for span in (*times.by_stage.values(), times.in_step, times.listened))
    assert sum(times.by_stage.values()) <= at + MINUTE


def test_of_each_kind_of_mark_the_last_one_holds() -> None:
    told = ("pace:fast", "temper:angry", HURRIED_ON, "pace:slow", HURRIED_OFF, "temper:calm")
    assert set(told) <= MARKS
    found = marks([Stepped(0, "marked", "hello", each) for each in told])
    assert (found.pace, found.temper, found.hurried) == (Pace.SLOW, Temper.CALM, False)


def test_three_sentences_are_counted_from_when_they_were_granted_and_never_beyond() -> None:
    playbook = from_text(SMALL_PLAYBOOK)
    spoken = Stepped(0, "chose", "sorry", "1", 0, 0)
    granted = Stepped(0, "marked", "sorry", HURRIED_ON)
    assert sentences_said([spoken, granted], playbook) == 0
    assert sentences_said([granted, spoken], playbook) == 1
    assert sentences_said([granted, *[spoken] * 5], playbook) == SENTENCES
    assert sentences_said([granted, spoken, granted], playbook) == 0


def test_sentences_end_where_people_stop() -> None:
    assert sentences("您好。我是小莉！方便吗？") == ("您好。", "我是小莉！", "方便吗？")
    assert sentences("Sorry. We send 1.5 m more. Fine?") == ("Sorry.", "We send 1.5 m more.", "Fine?")
    assert sentences("") == ()


def test_a_line_that_is_not_in_the_text_says_nothing() -> None:
    playbook = from_text(SMALL_PLAYBOOK)
    assert words_of(playbook, "sorry", 0, 1) == "We are sorry indeed."
    assert words_of(playbook, "gone", 0, 0) == words_of(playbook, "sorry", 7, 0) == ""
