"""A sub-account audited with its own key beside its main account: what it holds counts once, and blocks both."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from auditor import demo as exchange
from auditor.assessment.overlap import counted_elsewhere
from auditor.audit.report_builder import build_report
from auditor.model.records import Record
from auditor.model.report import Finding, Report, Severity, Status, Verdict
from auditor.model.snapshot import AccountSnapshot, Reading, Snapshot
from auditor.plan import make_plan
from auditor.plan.kinds import StepKind
from tests.builders import NOW, account, balance, debt, market, network, one_surface_each, reading, sub_account
from tests.conftest import Audit

LISTED = reading(sub_account("cellar", uid="43"), surface="subaccounts")
SUB = {"subAcct": "cellar", "uid": "710000000000000901", "type": "1", "enable": True, "frozenFunc": [], "ts": "1"}
COIN = {"ccy": "LTC", "bal": "0.00000001", "availBal": "0.00000001", "frozenBal": "0"}


def seen(*in_cellar: Record) -> AccountSnapshot:
    """The main account, whose key saw these in its sub-account."""
    return account(LISTED, *one_surface_each(*(replace(one, owner="cellar") for one in in_cellar)))


def cellar(*held: Record, **more: Any) -> AccountSnapshot:
    return replace(account(*one_surface_each(*held), name="cellar", uid="43", kind="sub"), **more)


def report(*accounts: AccountSnapshot) -> Report:
    return build_report(Snapshot(accounts=accounts, started_at=NOW, finished_at=NOW), now=NOW)


def blockers(made: Report) -> list[tuple[str, str]]:
    found = (finding for finding in made.findings if finding.severity is Severity.BLOCKER)
    return [(finding.account, finding.rule) for finding in found]


def planned(made: Report) -> list[Finding]:
    return [finding for step in make_plan(made).steps for finding in step.findings]


def test_what_both_keys_see_counts_once_in_lists_plan_and_dust() -> None:
    both = report(seen(balance("1")), cellar(balance("1")))
    assert [("cellar", "balance-left")] == blockers(both)
    assert ["cellar"] == [finding.account for finding in planned(both)]
    assert ["cellar"] == [line.account for line in both.dust]


def test_the_main_account_says_where_it_is_counted() -> None:
    (note,) = [f for f in report(seen(balance("1")), cellar(balance("1"))).findings if f.account == "main"]
    assert (Severity.INFO, "sub-account-not-empty") == (note.severity, note.rule)
    assert str(note.message) == (
        "Funding wallet of cellar holds 1 BTC. It is counted in account cellar, whose own key shows it."
    )


def test_the_main_account_is_blocked_all_the_same() -> None:
    both = report(seen(balance("1")), cellar(balance("1")))
    status = {each.id: each.status for each in both.requirements}
    assert [Verdict.BLOCKED] * 2 == [each.verdict for each in both.accounts]
    assert (Status.BLOCKED, Status.BLOCKED) == (status["subaccounts-empty"], status["balances-zero"])


@pytest.mark.parametrize(
    "own",
    [
        pytest.param((), id="nothing"),
        pytest.param((balance("0.5"),), id="less of it"),
        pytest.param((balance("-1"),), id="a debt of it"),
        pytest.param((balance("1", "LTC"),), id="another asset"),
        pytest.param((balance("1", wallet="trading"),), id="another wallet"),
        pytest.param((balance("1", tradable=False),), id="another kind"),
        pytest.param((debt("1", "BTC"),), id="what is owed"),
    ],
)
def test_what_its_own_key_did_not_show_stays_a_blocker_of_the_main_account(own: tuple[Record, ...]) -> None:
    both = report(seen(balance("1")), cellar(*own))
    assert ("main", "sub-account-not-empty") in blockers(both)
    assert "main/cellar" in [line.account for line in both.dust]


def test_a_part_that_its_own_key_did_not_show_keeps_the_blocker() -> None:
    both = report(seen(balance("1", parts={"in_bots": "1"})), cellar(balance("1", parts={"in_bots": "0"})))
    assert ("main", "sub-account-not-empty") in blockers(both)


def test_a_debt_that_both_keys_see_counts_once() -> None:
    assert [("cellar", "debt")] == blockers(report(seen(debt()), cellar(debt())))


@pytest.mark.parametrize("other", [{"uid": "44"}, {"refused": "it may trade"}, {"exchange": "myokx"}])
def test_another_account_says_nothing_of_this_one(other: dict[str, str]) -> None:
    assert ("main", "sub-account-not-empty") in blockers(report(seen(balance("1")), cellar(balance("1"), **other)))


def test_of_two_sub_accounts_with_one_name_nobody_knows_which_it_is() -> None:
    main = seen(balance("1"))
    twins = reading(sub_account("cellar", uid="43"), sub_account("cellar", uid="44"), surface="subaccounts")
    both = report(replace(main, readings=(*main.readings[1:], twins)), cellar(balance("1")))
    assert ("main", "sub-account-not-empty") in blockers(both)


def test_one_coin_of_a_sub_account_is_one_line_of_dust_with_both_keys(demo: Audit) -> None:
    empty = exchange.account("empty")
    books = {"users/subaccount/list": [SUB], "asset/subaccount/balances": [{**COIN, "subAcct": "cellar"}]}
    main = empty.with_(books={**empty.books, **books})
    own = empty.with_(name="cellar", apikey="demo-cellar-key", uid=SUB["uid"], kind="1").with_rows(
        "asset/balances", [COIN]
    )
    both = demo(main, own).report
    assert [("cellar", "dust-below-minimum")] == blockers(both)
    assert [("cellar", "LTC")] == [(line.account, line.asset) for line in both.dust]
    assert [Verdict.BLOCKED] * 2 == [each.verdict for each in both.accounts]


def wallet(amount: str, surface: str, subject: str = "BTC:7", **parts: str) -> Reading:
    return reading(balance(amount, subject=subject, wallet="portfolio", parts=parts), surface=surface, title=surface)


def test_a_wallet_that_two_requests_list_by_its_number_is_one_holding() -> None:
    one = report(account(wallet("2", "accounts", available="1", frozen="1"), wallet("2", "wallets")))
    assert ["accounts"] == [f.surface for f in one.findings if f.severity is Severity.BLOCKER]
    assert ["BTC"] == [line.asset for line in one.dust]
    assert Verdict.BLOCKED is one.verdict


def test_a_wallet_that_two_requests_list_is_not_to_be_merged_with_itself() -> None:
    ways = reading(market(least="10"), network(least="5", can_send=True, min_send=Decimal("0.001")), surface="ways")
    one = report(account(wallet("2", "accounts", available="2"), wallet("2", "wallets"), ways))
    assert [StepKind.SEND] == [step.kind for step in make_plan(one).steps if step.findings]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_figures_for_one_wallet_the_larger_counts(order: int) -> None:
    shown = [wallet("2", "accounts", available="1", frozen="1"), wallet("3", "wallets")][::order]
    (left,) = [f for f in report(account(*shown)).findings if f.severity is Severity.BLOCKER]
    assert ("wallets", "3") == (left.surface, str(left.amount))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(wallet("2", "wallets", "BTC:8"), id="another wallet"),
        pytest.param(wallet("-2", "wallets"), id="of the other sign"),
        pytest.param(wallet("2", "wallets", in_bots="1"), id="a part that the first does not show"),
    ],
)
def test_what_may_be_another_holding_counts_by_itself(other: Reading) -> None:
    assert 2 == len(blockers(report(account(wallet("2", "accounts", in_orders="1"), other))))


def test_two_rows_of_one_list_are_never_one_holding() -> None:
    twice = reading(*(balance(amount, subject="BTC:7") for amount in "12"), surface="accounts")
    assert {} == counted_elsewhere(Snapshot(accounts=(account(twice),), started_at=NOW, finished_at=NOW))


def test_two_lists_that_name_no_wallet_may_show_two() -> None:
    one = report(account(wallet("2", "accounts", "BTC"), wallet("2", "wallets", "BTC")))
    assert 2 == len(blockers(one))
