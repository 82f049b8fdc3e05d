"""What ties a remedy to the review: the shop's own words are judged warily, a note may tell what a buyer demanded."""

from __future__ import annotations

import pytest

from data.decency import decent, decent_remedy
from data.errors import Refused
from data.protocols import Offer
from data.settings import Settings
from tests.data.casework.desk import Desk
from tests.data.casework.test_ledger import case_with_order, lead_of

TIES = ["先删差评再补发", "删了差评就给您换新", "delete the review and we send a new one", "改好评返现20"]
DEMANDS = ["买家说不返现就不改评,没答应", "buyer demands 50 to change the review, we refused"]


@pytest.mark.parametrize("words", TIES)
def test_a_remedy_that_asks_for_deletion_or_a_better_review_is_refused_with_decent_words(words: str) -> None:
    with pytest.raises(Refused, match="never depends") as told:
        decent_remedy(Settings(), words)
    assert "“" in told.value.what
    assert told.value.remedy


def test_asking_for_deletion_alone_is_no_remedy_but_may_stand_in_a_note() -> None:
    with pytest.raises(Refused, match="never depends"):
        decent_remedy(Settings(), "请您把差评删除")
    decent(Settings(), "请您把差评删除")


@pytest.mark.parametrize("words", DEMANDS)
def test_a_note_may_tell_what_a_buyer_demanded(words: str) -> None:
    decent(Settings(), words)


@pytest.mark.parametrize("words", ["手写道歉卡", "帮忙跟进安装", "回电说明", "老顾客,确实有瑕疵", "换一件更合适"])
def test_a_remedy_that_stands_alone_is_kept(words: str) -> None:
    decent_remedy(Settings(), words)


@pytest.mark.parametrize("words", ["", " \n"])
def test_no_words_need_no_rules(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("data.lint.lint")
    decent(Settings(), words)
    decent_remedy(Settings(), words)


def test_every_word_about_a_remedy_is_judged_warily(desk: Desk) -> None:
    case_id, words = case_with_order(desk), "请您把差评删除"
    lead = lead_of(desk)
    with pytest.raises(Refused, match="never depends"):
        desk.casework.propose_remedy(case_id, Offer(words=words))
    desk.casework.propose_remedy(case_id, Offer("refund_whole"))
    for decide in (lead.approve_remedy, lead.refuse_approval):
        with pytest.raises(Refused, match="never depends"):
            decide(1, words)
    lead.approve_remedy(1)
    with pytest.raises(Refused, match="never depends"):
        lead.waive_remedy(1, words)
