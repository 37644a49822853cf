"""Kraken Futures: what real accounts answer, and what a key of its own may do."""

from typing import Any

import pytest

from auditor.demo import Call, Reply, account
from auditor.model.report import Severity, Status, Verdict
from tests.conftest import Audit
from tests.exchanges.findings import blocking_amounts, unread

TRADING = "/derivatives/api/v3/"
EMPTY, SPOT = account("krakenfutures-empty"), account("kraken-empty")


def wallets(**by_name: dict[str, Any]) -> Any:
    """Answer these wallets."""
    body = {"result": "success", "accounts": by_name, "serverTime": "2026-06-01T00:00:00.000Z"}
    return lambda call: Reply(body=body) if call.path == f"{TRADING}accounts" else None


@pytest.mark.parametrize("code", ["XBT", "BTC", "xbt"])
def test_bitcoin_is_told_in_whatever_spelling_a_wallet_has_it(code: str, demo: Audit) -> None:
    flex = {"type": "multiCollateralMarginAccount", "currencies": {code: {"quantity": 1.5e-8, "value": 0.001}}}
    assert {"0.000000015"} == {
        f"{float(x):.9f}" for x in blocking_amounts(demo(EMPTY, fault=wallets(flex=flex)).report, "BTC")
    }


def test_what_is_owed_in_a_currency_that_is_not_held_blocks(demo: Audit) -> None:
    flex = {"type": "multiCollateralMarginAccount", "currencies": {"EUR": {"quantity": -3.25, "value": -3.5}}}
    report = demo(EMPTY, fault=wallets(flex=flex)).report
    assert (Verdict.BLOCKED, ["debt"]) == (report.verdict, [finding.rule for finding in report.findings])


def test_a_wallet_of_each_market_is_looked_into(demo: Audit) -> None:
    single = {"type": "marginAccount", "currency": "xrp", "balances": {"xrp": 0.25}, "auxiliary": {"pv": 0.25}}
    assert {"0.25"} == blocking_amounts(
        demo(EMPTY, fault=wallets(cash={"balances": {}}, fv_xrpxbt=single)).report, "XRP"
    )


@pytest.mark.parametrize("wallet", [{"type": "novelAccount", "funds": 5}, {}, 5, None])
def test_a_wallet_of_an_unknown_kind_is_never_empty(wallet: Any, demo: Audit) -> None:
    audited = demo(EMPTY, fault=wallets(cash={"balances": {"usd": 7}}, novel=wallet))
    assert ({"7"}, True) == (blocking_amounts(audited.report, "USD"), bool(unread(audited, "wallets")))


@pytest.mark.parametrize("body", [{}, {"result": "success"}, {"result": "success", "accounts": {}}, []])
def test_an_answer_without_wallets_is_never_an_empty_account(body: Any, demo: Audit) -> None:
    audited = demo(EMPTY, fault=lambda call: Reply(body=body) if call.path == f"{TRADING}accounts" else None)
    assert Verdict.INCOMPLETE is audited.report.verdict


def test_credits_are_no_asset(demo: Audit) -> None:
    cash = {"type": "cashAccount", "balances": {"fee": 12.5, "usd credit": 3, "kfee": 1}}
    report = demo(EMPTY, fault=wallets(cash=cash)).report
    assert (Verdict.CLEAN, {"no-asset"}) == (report.verdict, {finding.rule for finding in report.findings})


def test_a_contract_in_a_wallet_that_no_position_shows_blocks(demo: Audit) -> None:
    single = {"type": "marginAccount", "balances": {"FI_XBTUSD_261225": -15000}}
    report = demo(EMPTY, fault=wallets(fi_xbtusd=single)).report
    assert ["open-position"] == [finding.rule for finding in report.findings]


def test_open_positions_that_are_missing_are_unread(demo: Audit) -> None:
    body = {"result": "success", "serverTime": "2026-06-01T00:00:00.000Z"}
    audited = demo(EMPTY, fault=lambda call: Reply(body=body) if call.path.endswith("openpositions") else None)
    assert "openPositions" in str(unread(audited, "positions").reason)


@pytest.mark.parametrize(
    "body",
    [{"result": "error", "error": "accountInactive"}, {"errors": [{"code": "accountInactive", "message": "No."}]}],
)
def test_an_inactive_account_blocks_in_either_form_of_an_error(body: dict[str, Any], demo: Audit) -> None:
    report = demo(EMPTY, fault=lambda call: Reply(body=body) if call.path.endswith("openorders") else None).report
    assert ["account-restricted"] == [finding.rule for finding in report.findings]


@pytest.mark.parametrize(
    "rights",
    [
        {"general": "FULL_ACCESS", "transfer": "NO_ACCESS"},
        {"general": "READ_ONLY", "transfer": "FULL_ACCESS"},
        {"general": "READ_ONLY", "novel": "READ_ONLY"},
        {"general": "NOVEL"},
    ],
)
def test_a_key_that_may_do_more_than_read_is_asked_nothing_else(rights: dict[str, str], demo: Audit) -> None:
    audited = demo(EMPTY.with_key(permissions=rights))
    assert (Verdict.REFUSED, 1) == (audited.report.verdict, len(audited.calls))


@pytest.mark.parametrize("rights", [{}, None, "READ_ONLY"])
def test_a_key_whose_rights_are_not_named_proves_nothing(rights: Any, demo: Audit) -> None:
    assert Verdict.INCOMPLETE is demo(EMPTY.with_key(permissions=rights)).report.verdict


@pytest.mark.parametrize(("blocks", "bound"), [([], False), (["127.0.0.1/32"], True), (["0.0.0.0/0"], False)])
def test_a_key_is_bound_by_the_ranges_of_its_addresses(blocks: list[str], bound: bool, demo: Audit) -> None:
    known = demo(EMPTY.with_key(allowedCidrBlocks=blocks)).snapshot.accounts[0].key
    assert known is not None
    assert bound == known.ip_bound


def test_a_sub_account_is_told_without_the_name_of_a_person(demo: Audit) -> None:
    report = demo("krakenfutures-messy").report
    assert {"0.00000000346", "0.5", "5.5"} <= {f"{f.amount:f}" for f in report.findings if f.amount and f.owner}
    assert "kid@" not in str([finding.evidence for finding in report.findings])


@pytest.mark.parametrize(
    ("other", "status"),
    [("", Status.MANUAL), ("krakenfutures-empty", Status.MET), ("krakenfutures-messy", Status.BLOCKED)],
)
def test_an_account_of_the_same_run_says_what_became_of_the_futures_wallet(
    other: str, status: Status, demo: Audit
) -> None:
    futures = [account(other).with_key(iiban=SPOT.key["iban"])] if other else []
    report = demo(SPOT, *futures).report
    (line,) = [line for line in report.requirements if line.id == "futures-wallet"]
    assert status is line.status


@pytest.mark.parametrize("iiban", ["AA00 DEMO 0000 0077", "", None])
def test_another_persons_futures_account_proves_nothing_of_this_ones(iiban: str | None, demo: Audit) -> None:
    report = demo(SPOT, EMPTY.with_key(iiban=iiban)).report
    lines = [line for line in report.requirements if line.id in {"futures-wallet", "spot-wallet"}]
    assert [Status.MANUAL, Status.MANUAL] == [line.status for line in lines]


def test_a_client_is_the_same_however_the_number_is_spaced(demo: Audit) -> None:
    report = demo(SPOT, EMPTY.with_key(iiban="aa00demo00000002")).report
    assert {Status.MET} == {line.status for line in report.requirements if line.id in {"futures-wallet", "spot-wallet"}}


def test_two_clients_need_a_futures_account_each(demo: Audit) -> None:
    other = SPOT.with_(name="other", apikey="demo-other-key").with_key(iban="AA00 DEMO 0000 0077")
    (line,) = [line for line in demo(SPOT, other, EMPTY).report.requirements if line.id == "futures-wallet"]
    assert Status.MANUAL is line.status


def test_a_contract_in_a_wallet_blocks_where_its_position_is_listed_as_0(demo: Audit) -> None:
    position = {"side": "short", "symbol": "FI_XBTUSD_261225", "price": 1, "size": 0}
    account = EMPTY.with_rows(f"{TRADING}openpositions", [position])
    single = {"type": "marginAccount", "balances": {"FI_XBTUSD_261225": -15000}}
    assert Verdict.BLOCKED is demo(account, fault=wallets(fi_xbtusd=single)).report.verdict


def test_funding_that_is_due_for_a_position_of_0_blocks(demo: Audit) -> None:
    position = {"side": "long", "symbol": "PF_XBTUSD", "price": 1, "size": 0, "unrealizedFunding": -0.5}
    assert Verdict.BLOCKED is demo(EMPTY.with_rows(f"{TRADING}openpositions", [position])).report.verdict


def test_both_venues_are_served_and_audited_together(demo: Audit) -> None:
    seen: set[str] = set()

    def note(call: Call) -> None:
        seen.add(call.path.split("/")[1])

    assert Verdict.CLEAN is demo(SPOT, EMPTY, fault=note).report.verdict
    assert {"0", "api", "derivatives"} == seen


# What a second reader tried.


@pytest.mark.parametrize("field", ["collateralValue", "marginEquity", "availableMargin", "totalUnrealized"])
def test_a_total_of_a_wallet_that_shows_nothing_blocks(field: str, demo: Audit) -> None:
    flex = {"type": "multiCollateralMarginAccount", "currencies": {}, "pnl": 0, field: 5.25, "maintenanceMargin": 1}
    report = demo(EMPTY, fault=wallets(cash={"type": "cashAccount", "balances": {}}, flex=flex)).report
    assert (Verdict.BLOCKED, ["hidden-value"]) == (report.verdict, [finding.rule for finding in report.findings])


@pytest.mark.parametrize("field", ["af", "pv"])
def test_a_total_of_a_single_wallet_that_shows_nothing_blocks(field: str, demo: Audit) -> None:
    single = {"type": "marginAccount", "currency": "xbt", "balances": {"xbt": 0}, "auxiliary": {field: 0.25}}
    report = demo(EMPTY, fault=wallets(fi_xbtusd=single)).report
    assert (Verdict.BLOCKED, ["hidden-value"]) == (report.verdict, [finding.rule for finding in report.findings])


@pytest.mark.parametrize("field", ["value", "collateral", "available"])
def test_a_currency_that_is_worth_something_without_a_quantity_blocks(field: str, demo: Audit) -> None:
    flex = {"type": "multiCollateralMarginAccount", "currencies": {"BTC": {"quantity": 0, field: 5}}}
    assert Verdict.BLOCKED is demo(EMPTY, fault=wallets(flex=flex)).report.verdict


@pytest.mark.parametrize("kind", [{"type": "novelAccount"}, {}, {"type": None}])
def test_a_wallet_of_an_unknown_kind_is_never_empty_whatever_it_shows(kind: dict[str, Any], demo: Audit) -> None:
    novel = {**kind, "balances": {"xbt": 0}, "lockedFunds": 5}
    audited = demo(EMPTY, fault=wallets(cash={"type": "cashAccount", "balances": {"usd": 7}}, novel=novel))
    assert ({"7"}, True) == (blocking_amounts(audited.report, "USD"), bool(unread(audited, "wallets")))


@pytest.mark.parametrize("figure", ["0E-18", 0, "0.000", "-0"])
def test_a_zero_in_any_spelling_is_none(figure: object, demo: Audit) -> None:
    flex = {"type": "multiCollateralMarginAccount", "currencies": {"XBT": {"quantity": figure, "value": figure}}}
    cash = {"type": "cashAccount", "balances": {"usd": figure}}
    assert Verdict.CLEAN is demo(EMPTY, fault=wallets(cash=cash, flex={**flex, "pnl": figure})).report.verdict


def test_a_total_that_is_null_is_no_figure(demo: Audit) -> None:
    flex = {"type": "multiCollateralMarginAccount", "currencies": {}, "balanceValue": 0, "totalUnrealized": None}
    assert Verdict.CLEAN is demo(EMPTY, fault=wallets(flex=flex)).report.verdict


def test_a_right_outside_the_list_of_rights_counts(demo: Audit) -> None:
    audited = demo(EMPTY.with_key(canWithdraw=True))
    assert (Verdict.REFUSED, 1) == (audited.report.verdict, len(audited.calls))


def test_a_key_that_does_not_say_whether_it_may_transfer_proves_nothing(demo: Audit) -> None:
    assert Verdict.INCOMPLETE is demo(EMPTY.with_key(permissions={"general": "READ_ONLY"})).report.verdict


def test_a_sub_account_whose_wallet_is_worth_something_blocks(demo: Audit) -> None:
    flex = {"currencies": [], "balanceValue": 3.5}
    row = {"accountUid": "sub-1", "holdingAccounts": [], "futuresAccounts": [], "flexAccount": flex}
    audited = demo(EMPTY.with_rows(f"{TRADING}subaccounts", [row]))
    assert any(finding.severity is Severity.BLOCKER for finding in audited.report.findings)
