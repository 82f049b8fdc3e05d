"""Made-up buyers: the same seed gives the same call, and whoever listens to them does well."""

from __future__ import annotations

from random import Random

import pytest

from data.clock import SECOND
from data.errors import Refused
from data.outcomes import LineResult
from data.playbook import run as runs
from data.playbook.state import Run
from data.rehearsal.acting import Scene
from data.rehearsal.buyers import cast
from data.rehearsal.score import Score, score
from tests.rehearse.ground import FACTS, fitting, scene, step, well_heard

EVERYBODY = [(language, buyer.id) for language in ("zh_CN", "en") for buyer in cast(language).buyers]


def judged(played: Scene, run: Run, seconds: int = 8) -> Score:
    """The score of a run whose every step took as long."""
    return score(played, run, [at * seconds * SECOND for at in range(len(run.path) + 1)])


def clumsy(played: Scene, seed: int) -> Run:
    """The run of an agent who presses whatever there is."""
    random, run = Random(seed), runs.start(played.playbook, FACTS)
    for _step in range(80):
        if played.heard(run) is None:
            return run
        keys = [str(each.key) for each in runs.options(played.playbook, run)] or ["0"]
        run = step(played, run, random.choice(keys))
    return run


@pytest.mark.parametrize(("language", "buyer"), EVERYBODY)
@pytest.mark.parametrize("seed", range(3))
def test_who_takes_the_buyer_for_what_they_are_does_well(language: str, buyer: str, seed: int) -> None:
    played = scene(buyer, seed, language)
    run = well_heard(played)
    assert played.heard(run) is None
    found = judged(played, run)
    assert not found.misheard
    if runs.ending(played.playbook, run).line == LineResult.RIGHT_PARTY:  # type: ignore[union-attr]
        assert found.points >= 85, [(mark.title, mark.points) for mark in found.marks]


def test_who_listens_does_better_than_who_presses_anything() -> None:
    for language, buyer in EVERYBODY:
        played = scene(buyer, 1, language)
        clumsily = [judged(played, clumsy(played, seed)).points for seed in range(5)]
        assert judged(played, well_heard(played)).points > sum(clumsily) / len(clumsily)


@pytest.mark.parametrize(("language", "buyer"), EVERYBODY)
def test_the_same_seed_gives_the_same_words_and_a_step_back_is_heard_as_it_was(language: str, buyer: str) -> None:
    played, again = scene(buyer, 7, language), scene(buyer, 7, language)
    run = runs.start(played.playbook, FACTS)
    while (heard := played.heard(run)) is not None:
        assert heard == again.heard(run)
        after = step(played, run, fitting(heard.keys))
        assert played.heard(runs.back(played.playbook, after)) == heard
        run = after


def test_another_seed_is_another_call() -> None:
    said = {
        tuple(turn.heard.words for turn in scene("seam", seed).turns(well_heard(scene("seam", seed))))
        for seed in range(6)
    }
    assert len(said) > 1


def test_hasty_steps_are_no_listening_and_slow_ones_keep_the_buyer_waiting() -> None:
    played = scene("seam")
    run = well_heard(played)
    hasty, fair, slow = judged(played, run, 0), judged(played, run, 8), judged(played, run, 60)
    assert hasty.marks[1].points < fair.marks[1].points == fair.marks[1].of
    assert slow.marks[-1].points < fair.marks[-1].points == fair.marks[-1].of


def test_a_no_that_is_taken_for_a_yes_costs_respect() -> None:
    for seed in range(20):
        played = scene("happy", seed)
        run = runs.start(played.playbook, FACTS)
        while (heard := played.heard(run)) is not None and heard.meaning != "refuses":
            run = step(played, run, fitting(heard.keys))
        if heard is None:
            continue
        wrong = next(str(each.key) for each in runs.options(played.playbook, run) if str(each.key) not in heard.keys)
        run = step(played, run, wrong)
        found = judged(played, run)
        assert found.misheard[-1].act == wrong
        assert any(mark.points < mark.of for mark in found.marks if mark.of == 20)
        return
    raise AssertionError("nobody said no")


def test_both_languages_have_the_same_buyers() -> None:
    zh, en = cast("zh_CN").buyers, cast("en").buyers
    assert [(each.id, each.cause, each.temper, each.settles) for each in zh] == [
        (each.id, each.cause, each.temper, each.settles) for each in en
    ]


def test_a_buyer_whom_nobody_knows_is_refused_with_those_who_are_known() -> None:
    with pytest.raises(Refused, match="nobody") as refused:
        cast("zh_CN").buyer("nobody")
    assert "seam" in refused.value.remedy
