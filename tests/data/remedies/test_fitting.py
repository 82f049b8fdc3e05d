"""What fits a case: a few choices within the limits, always the same, and not one of them knows the review."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.remedies.catalogue import catalogue
from data.remedies.fitting import MOST, NOTHING_FITS, Asked, everything, fitting, measured
from data.vocabulary import Cause, RemedyKind, Role

CASES = st.builds(
    Asked,
    cause=st.none() | st.sampled_from([cause.value for cause in Cause]),
    order_minor=st.none() | st.integers(0, 2_000_000),
    currency=st.sampled_from(["CNY", "USD"]),
    role=st.sampled_from(Role),
    new_one_first=st.booleans(),
)


@given(CASES)
@settings(max_examples=80)
def test_choices_are_few_different_within_the_limit_and_never_above_what_was_paid(asked: Asked) -> None:
    fits = fitting(catalogue(), asked)
    assert len(fits) <= MOST
    assert len({fit.entry.kind for fit in fits}) == len(fits)
    assert fits == fitting(catalogue(), asked)
    for fit in fits:
        assert not fit.above_limit
        assert fit.entry.least <= fit.quantity <= fit.entry.limit(asked.role)
        assert fit.why
        assert "{" not in fit.said("zh") + fit.said("en") + fit.to_do("zh")
        if fit.amount_minor is not None and asked.order_minor is not None and fit.entry.kind is not RemedyKind.VOUCHER:
            assert fit.amount_minor <= asked.order_minor


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause not in NOTHING_FITS])
@pytest.mark.parametrize("role", Role)
def test_every_cause_that_is_ours_has_two_or_three_choices(cause: Cause, role: Role) -> None:
    assert 2 <= len(fitting(catalogue(), Asked(cause, 15_900, "CNY", role))) <= MOST


@pytest.mark.parametrize("cause", sorted(NOTHING_FITS))
def test_extortion_is_answered_with_evidence_and_no_remedy(cause: Cause) -> None:
    assert fitting(catalogue(), Asked(cause, 15_900, "CNY", Role.ADMIN)) == ()


def test_a_shop_that_replaces_first_offers_that_first() -> None:
    asked = Asked(Cause.DEFECT, 15_900, "CNY", Role.AGENT)
    assert fitting(catalogue(), asked)[0].entry.kind is RemedyKind.EXCHANGE
    assert fitting(catalogue(), replace(asked, new_one_first=True))[0].entry.kind is RemedyKind.RESEND_FIRST


def test_a_part_of_the_order_is_rounded_down_to_whole_ones_and_said_so() -> None:
    asked = Asked(Cause.DEFECT, 15_990, "CNY", Role.AGENT)
    fit = measured(catalogue().entries["refund_part"], asked, quantity=20)
    assert (fit.amount_minor, fit.cost_minor) == (3_100, 3_100)
    assert fit.said("zh").endswith("退您31元")
    assert fit.said("en").endswith("¥31")


def test_what_a_remedy_costs_follows_its_rule() -> None:
    asked = Asked(Cause.ATTITUDE, 10_000, "CNY", Role.ADMIN)
    entries = catalogue().entries
    assert measured(entries["gift"], asked, quantity=2).cost_minor == 2 * 1_500 + 500
    assert measured(entries["exchange"], asked).cost_minor == 3_000 + 2_400
    assert measured(entries["voucher"], asked, quantity=1_000).cost_minor == 600
    assert measured(entries["exchange"], replace(asked, currency="USD")).cost_minor is None, "not known in dollars"


def test_the_whole_catalogue_is_there_for_what_a_case_needs_beyond_the_choices() -> None:
    asked = Asked(Cause.DEFECT, 15_900, "CNY", Role.AGENT)
    every = everything(catalogue(), asked)
    assert {fit.entry.id for fit in every} == set(catalogue().entries)
    assert next(fit for fit in every if fit.entry.kind is RemedyKind.REFUND_WHOLE).above_limit
