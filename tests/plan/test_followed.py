"""The plan of the messy account, followed step by step on the embedded exchange."""

from dataclasses import dataclass
from functools import cache

import pytest

from auditor.model.report import Report, Verdict
from auditor.plan import Preference, make_plan
from auditor.plan.kinds import StepKind
from tests.conftest import audit_demo
from tests.plan.person import Person

ORDER = list(StepKind)
ENDS = {StepKind.CONFIRM, StepKind.ARCHIVE, StepKind.EXPORT, StepKind.CLOSE}
# Each walk takes many audits: by default the one of whoever says nothing.
PREFERENCES = [
    pytest.param(one, marks=[] if one is Preference.WITHDRAW else [pytest.mark.campaign]) for one in Preference
]
# Coins of the messy account that OKX lets one withdraw, and that are no money.
COINS = {"BTC", "ETH", "XRP", "SOL", "LTC", "DOT"}


def open_kinds(report: Report, preference: Preference) -> list[StepKind]:
    return [step.kind for step in make_plan(report, preference).steps if step.kind not in ENDS]


@dataclass(frozen=True)
class Followed:
    """A plan followed to its end. ``report``: the last one; ``done``: the kinds of the steps in their order."""

    person: Person
    report: Report
    done: list[StepKind]


@cache
def follow_to_the_end(preference: Preference) -> Followed:
    """Follow the plan of somebody who prefers this, once for all tests."""
    person, done = Person(), list[StepKind]()
    report = audit_demo(*person.accounts).report
    while ahead := [step for step in make_plan(report, preference).steps if step.kind not in ENDS]:
        step = ahead[0]
        person.follow(step)
        report = audit_demo(*person.accounts).report
        still_open = open_kinds(report, preference)
        assert step.kind not in still_open
        assert [kind for kind in still_open if ORDER.index(kind) < ORDER.index(step.kind)] == []
        done.append(step.kind)
    return Followed(person, report, done)


@pytest.mark.parametrize("preference", PREFERENCES)
def test_the_plan_followed_step_by_step_ends_clean_with_no_step_out_of_order(preference: Preference) -> None:
    followed = follow_to_the_end(preference)

    assert followed.report.verdict is Verdict.CLEAN
    assert followed.done == sorted(followed.done, key=ORDER.index)
    assert {
        StepKind.STOP_BOTS,
        StepKind.CANCEL_ORDERS,
        StepKind.WAIT,
        StepKind.CONVERT,
        StepKind.MOVE_TO_WITHDRAW,
        StepKind.WITHDRAW,
    } <= set(followed.done)


def test_the_plan_sells_no_coin_that_the_owner_can_withdraw() -> None:
    person = follow_to_the_end(Preference.WITHDRAW).person

    assert (set(), COINS) == (person.sold & COINS, person.withdrawn & COINS)


@pytest.mark.campaign
def test_an_owner_who_prefers_to_sell_withdraws_only_money_and_what_cannot_be_sold() -> None:
    person = follow_to_the_end(Preference.SELL).person

    assert (COINS, {"USDT", "USDC", "USDG", "EUR", "OLDC"}) == (person.sold & COINS, person.withdrawn)
