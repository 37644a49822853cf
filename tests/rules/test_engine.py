from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.assessment.account_view import AccountView
from auditor.audit.report_builder import build_report
from auditor.i18n import verbatim
from auditor.model.records import Balance, Part
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import records
from auditor.rules import ALL_OTHER_RULES, Rule, all_rules
from auditor.rules._engine import FALLBACK, findings
from tests.builders import (
    NOW,
    account,
    api_key,
    balance,
    bot,
    debt,
    earning,
    flow,
    market,
    one_surface_each,
    order,
    position,
    price,
    reading,
    restriction,
    snapshot,
    sub_account,
    valuation,
)

FIGURES = st.sampled_from(["0", "0", "0.00000001", "0.3", "-0.3", "12345.678", "-0.00000001"])
OWNERS = st.sampled_from([None, None, "alice"])
PARTS = st.dictionaries(st.sampled_from([*Part, "smart_sync"]), FIGURES, max_size=4)
BALANCES = st.builds(
    lambda amount, asset, wallet, parts, owner, tradable: balance(
        amount, asset, wallet=wallet, parts=parts, owner=owner, tradable=tradable
    ),
    FIGURES,
    st.sampled_from(["BTC", "USDT", "OLD"]),
    st.sampled_from(["funding", "trading"]),
    PARTS,
    OWNERS,
    st.booleans(),
)
DEBTS = st.builds(
    lambda amount, owner, collateral: debt(amount, owner=owner, collateral=collateral),
    st.none() | FIGURES,
    OWNERS,
    st.booleans(),
)
EARNINGS = st.builds(lambda amount, redeeming: earning(amount, redeeming=redeeming), st.none() | FIGURES, st.booleans())
BOTS = st.builds(
    bot,
    st.sampled_from(["grid bot", "recurring buy", "copying a lead trader", "a kind that nobody knows"]),
    **{flag: st.booleans() for flag in ("stopped", "repeats", "copies", "acts")},
)
OTHERS = st.one_of(
    st.builds(lambda owner: order(owner=owner), OWNERS),
    st.builds(lambda amount, parts, owner: position(amount, parts, owner=owner), FIGURES, PARTS, OWNERS),
    st.builds(lambda stuck, known, owner: flow(stuck=stuck, known=known, owner=owner), *[st.booleans()] * 2, OWNERS),
    st.builds(lambda frozen, owner: sub_account(frozen=frozen, owner=owner), st.booleans(), OWNERS),
    st.builds(lambda some: sub_account(frozen_functions=some), st.sampled_from([(), ("transfer",)])),
    st.just(api_key()),
    st.builds(lambda owner: replace(restriction(), owner=owner), OWNERS),
    st.builds(valuation, st.sampled_from(["0", "0.1"]), st.sampled_from(["funding", "trading", "earn", "classic"])),
    st.sampled_from([market(), market(least=None), market("OLD/USDT", live=False), price(), price("BTC/EUR", None)]),
)
ANYTHING = st.lists(st.one_of(BALANCES, DEBTS, EARNINGS, BOTS, OTHERS), max_size=8)


def blocking(shown: Any) -> list[Finding]:
    said = findings(snapshot(*one_surface_each(*shown)))
    return [finding for finding in said if finding.severity is Severity.BLOCKER]


@given(ANYTHING)
def test_whatever_holds_has_exactly_one_blocker(shown: Any) -> None:
    told = Counter(finding.holding for finding in blocking(shown))
    whole = account(*one_surface_each(*shown))
    held = [(whole.name, place.surface, r.owner, r.subject) for place, r in records(whole) if r.holds]
    assert {holding: told[holding] for holding in held} == dict.fromkeys(held, 1)
    assert all(count == 1 for count in told.values())


@given(ANYTHING)
def test_which_rule_speaks_does_not_hang_on_the_order_of_files(shown: Any) -> None:
    whole = snapshot(*one_surface_each(*shown))
    backwards = [rule for rule, _module in reversed(all_rules())]
    told = Counter((finding.rule, finding.holding) for finding in findings(whole))
    assert Counter((finding.rule, finding.holding) for finding in findings(whole, backwards)) == told


@given(ANYTHING)
def test_no_known_record_ever_falls_to_the_fallback(shown: Any) -> None:
    assert [finding for finding in blocking(shown) if finding.rule == FALLBACK] == []


@given(ANYTHING, ANYTHING)
def test_seeing_more_never_removes_the_last_blocker(shown: Any, more: Any) -> None:
    assert not blocking(shown) or blocking([*shown, *more])


@given(ANYTHING)
def test_every_finding_says_something_and_what_to_do(shown: Any) -> None:
    for finding in findings(snapshot(*one_surface_each(*shown))):
        assert str(finding.message).strip()
        assert str(finding.remedy).strip()
        assert "None" not in f"{finding.message} {finding.remedy}"
        assert "E-" not in f"{finding.message} {finding.remedy}"


@given(BALANCES)
def test_a_balance_is_told_with_every_digit(shown: Any) -> None:
    for finding in blocking([shown]):
        assert format(shown.amount, "f") in str(finding.message)


def test_what_no_rule_blocks_on_blocks_all_the_same() -> None:
    (said,) = findings(snapshot(*one_surface_each(balance("1"))), rules=())
    assert (said.rule, said.severity, said.amount) == (FALLBACK, Severity.BLOCKER, Decimal(1))


def says(name: str, *, refines: Iterable[str] = ()) -> Rule:
    """A rule that blocks on every balance."""

    def check(view: AccountView) -> Iterator[Finding]:
        for place, record in view.records_of(Balance):
            yield view.finding(name, place, record, message=verbatim(name), remedy=verbatim("-"))

    return Rule(id=name, title=name, severity=Severity.BLOCKER, check=check, refines=frozenset(refines))


@pytest.mark.parametrize(
    "rules",
    [
        (says("coarse"), says("fine", refines={"coarse"})),
        (
            says("fine", refines={"middle"}),
            says("coarse"),
            replace(says("middle", refines={"coarse"}), check=lambda _: ()),
        ),
        (says("coarse"), says("middle", refines={"coarse"}), says("fine", refines=ALL_OTHER_RULES)),
    ],
)
def test_the_finest_rule_speaks_for_a_holding(rules: Any) -> None:
    said = findings(snapshot(*one_surface_each(balance("1"))), rules)
    assert [finding.rule for finding in said] == ["fine"]


def test_rules_that_refine_each_other_in_a_circle_still_leave_a_blocker() -> None:
    rules = (says("one", refines={"two"}), says("two", refines={"one"}))
    (said,) = findings(snapshot(*one_surface_each(balance("1"))), rules)
    assert said.rule in {"one", "two"}


def test_what_no_rule_names_can_be_explained_all_the_same() -> None:
    assert FALLBACK in {rule.id for rule, _module in all_rules()}


def test_a_rule_that_fails_blocks_its_account_and_leaves_the_others_alone() -> None:
    def check(view: AccountView) -> Iterator[Finding]:
        if view.account.name == "first":
            raise OverflowError("a figure beyond everything")
        yield from ()

    failing = Rule(
        id="hidden-value", title="A wallet is worth more than it shows", severity=Severity.BLOCKER, check=check
    )
    both = replace(snapshot(), accounts=(account(name="first"), account(name="second")))

    (found,) = findings(both, [failing])
    assert ("first", Severity.BLOCKER) == (found.account, found.severity)
    assert "This could not be checked: A wallet is worth more than it shows (OverflowError)." == str(found.message)


def test_figures_that_make_the_program_fail_end_no_report_and_hide_no_holding(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("first", "second")
    held = replace(snapshot(), accounts=tuple(account(reading(balance("7")), name=name) for name in names))
    value = AccountView.value_usd

    def failing(view: AccountView, asset: str, amount: Decimal | None) -> Decimal | None:
        if view.account.name == "first":
            raise OverflowError("a figure beyond everything")
        return value(view, asset, amount)

    monkeypatch.setattr(AccountView, "value_usd", failing)
    report = build_report(held, now=NOW)

    assert {*names} == {f.account for f in report.findings if f.severity is Severity.BLOCKER}
    assert "Funding wallet holds BTC." in {str(f.message) for f in report.findings if f.account == "first"}
