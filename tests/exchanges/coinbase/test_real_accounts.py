"""Coinbase as real accounts answer."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from auditor.demo import Call, Fault, Reply, account
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread, seen_records
from auditor.plan import make_plan
from auditor.plan.kinds import StepKind
from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.coinbase.bare import BARE, EMPTY, MESSY
from tests.exchanges.findings import result

BREAKDOWN = "/api/v3/brokerage/portfolios/{portfolio_uuid}"
ACCOUNTS, WALLETS = "/api/v3/brokerage/accounts", "/v2/accounts"
TRANSACTIONS = f"{WALLETS}/{{account_id}}/transactions"


def answering(path: str, answer: Any, **query: str) -> Fault:
    """The fault that gives this answer at a path, to requests with these parameters."""

    def fault(call: Call) -> Reply | None:
        if call.path != path or not query.items() <= call.query.items():
            return None
        return answer if isinstance(answer, Reply) else Reply(edit=answer) if callable(answer) else Reply(body=answer)

    return fault


def changed(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def edit(body: Any) -> Any:
        change(body)
        return body

    return edit


def breakdown(total: str, *positions: Mapping[str, Any], **balances: str) -> dict[str, Any]:
    shown = {name: {"value": value, "currency": "USD"} for name, value in {"total_balance": total, **balances}.items()}
    lists: dict[str, list[Any]] = {name: [] for name in ("perp_positions", "futures_positions", "equity_positions")}
    body = {"portfolio_balances": shown, "spot_positions": list(positions), "prediction_markets_positions": []}
    return {"breakdown": {**body, **lists}}


def position(asset: str, kind: str, amount: float) -> dict[str, Any]:
    return {"asset": asset, "account_uuid": f"7-{asset}", "account_type": kind, "total_balance_crypto": amount}


def blockers(audited: DemoAudit, asset: str) -> set[str]:
    found = audited.report.findings
    return {str(f.amount) for f in found if f.severity is Severity.BLOCKER and f.asset == asset}


def hidden(audited: DemoAudit) -> list[str]:
    found = audited.report.findings
    return [str(f.message) for f in found if f.rule == "hidden-value" and f.severity is Severity.BLOCKER]


def unread(audited: DemoAudit, place: str) -> Unread:
    found = result(audited, place)
    assert isinstance(found, Unread), found
    return found


@pytest.mark.parametrize("kind", ["STAKED_FUNDS", "LENT_FUNDS", "COLLATERAL", "DEFI_YIELD", "A_KIND_THAT_IS_NEW"])
def test_what_only_the_breakdown_of_a_portfolio_shows_is_told(shared: Bench, kind: str) -> None:
    body = breakdown("0", position("SOL", f"ACCOUNT_TYPE_{kind}", 1.25e-06))
    audited = shared.audit(BARE, fault=answering(BREAKDOWN, body))
    assert {Decimal("0.00000125")} == {Decimal(amount) for amount in blockers(audited, "SOL")}


def test_a_position_that_the_list_of_accounts_has_as_well_is_counted_there_alone(shared: Bench) -> None:
    audited = shared.audit(MESSY)
    assert {Decimal("0.00000002"), Decimal("0.5")} <= set(map(Decimal, blockers(audited, "BTC")))
    assert [] == [r for r in seen_records(result(audited, "breakdown")) if r.subject == "BTC:demo-1"]


@pytest.mark.parametrize("whose", [EMPTY, MESSY], ids=lambda one: one.name)
def test_what_a_portfolio_shows_explains_its_total(shared: Bench, whose: Any) -> None:
    audited = shared.audit(whose)
    assert ([], True) == (hidden(audited), isinstance(result(audited, "breakdown"), Read))


@pytest.mark.parametrize("name", ["total_balance", "total_futures_balance", "total_equities_balance"])
def test_a_total_of_a_portfolio_that_nothing_explains_is_told(shared: Bench, name: str) -> None:
    body = breakdown("0", **{name: "0.000000001"})
    (message,) = hidden(shared.audit(BARE, fault=answering(BREAKDOWN, body)))
    assert "0.000000001 USD" in message


def test_stocks_that_the_breakdown_lists_without_a_name_are_told(shared: Bench) -> None:
    stock = {**position("", "ACCOUNT_TYPE_CCM_EQUITY", 3), "asset_uuid": "9-stock"}
    audited = shared.audit(BARE, fault=answering(BREAKDOWN, breakdown("525", stock, total_equities_balance="525")))
    assert {"3"} == blockers(audited, "9-stock")


@pytest.mark.parametrize("missing", ["equity_positions", "prediction_markets_positions"])
@pytest.mark.parametrize(("total", "verdict"), [("0", Verdict.CLEAN), ("0.01", Verdict.BLOCKED)])
def test_a_list_that_a_region_lacks_is_settled_by_the_totals(
    shared: Bench, missing: str, total: str, verdict: Verdict
) -> None:
    def without(body: Any) -> None:
        del body["breakdown"][missing]
        body["breakdown"]["portfolio_balances"]["total_balance"]["value"] = total

    audited = shared.audit(BARE, fault=answering(BREAKDOWN, changed(without)))
    assert (verdict, total == "0") == (audited.report.verdict, isinstance(result(audited, "breakdown"), Read))


def filled(**lists: Any) -> dict[str, Any]:
    body = breakdown("0")
    return {"breakdown": {**body["breakdown"], **lists}}


STOCK = {"cbrn": "c-1", "account_uuid": "7-", "total_balance_equity": {"value": "0", "currency": "ACME"}}


def test_a_future_that_its_own_list_shows_as_0_is_told_by_the_breakdown(shared: Bench) -> None:
    path = "/api/v3/brokerage/cfm/positions"
    nothing = BARE.with_rows(path, [{"product_id": "BIT-1", "number_of_contracts": "0", "side": "LONG"}])
    body = filled(futures_positions=[{"product_id": "BIT-1", "amount": "3", "side": "LONG"}])
    report = shared.audit(nothing, fault=answering(BREAKDOWN, body)).report
    assert ["breakdown"] == [f.surface for f in report.findings if f.severity is Severity.BLOCKER]


def test_shares_that_the_list_of_stocks_shows_as_0_are_told_by_the_other_list(shared: Bench) -> None:
    row = {**position("", "ACCOUNT_TYPE_CCM_EQUITY", 3), "asset_uuid": "9-stock"}
    body = filled(spot_positions=[row], equity_positions=[STOCK])
    assert {"3"} == blockers(shared.audit(BARE, fault=answering(BREAKDOWN, body)), "9-stock")


def test_shares_of_which_only_the_value_is_told_block_with_that(shared: Bench) -> None:
    worth = {**STOCK, "total_balance_fiat": {"value": "12", "currency": "USD"}}
    body = filled(equity_positions=[worth])
    assert {"12"} == blockers(shared.audit(BARE, fault=answering(BREAKDOWN, body)), "USD")


@pytest.mark.parametrize(
    "name", ["total_crypto_balance", "total_cash_equivalent_balance", "futures_unrealized_pnl", "perp_unrealized_pnl"]
)
def test_a_part_of_a_total_that_the_total_leaves_out_is_told(shared: Bench, name: str) -> None:
    (message,) = hidden(shared.audit(BARE, fault=answering(BREAKDOWN, breakdown("0", **{name: "0.01"}))))
    assert "0.01 USD" in message


def test_a_total_that_is_no_amount_leaves_the_portfolio_unproved(shared: Bench) -> None:
    audited = shared.audit(BARE, fault=answering(BREAKDOWN, breakdown("0", total_futures_balance="many")))
    assert "total_futures_balance is not an amount" in str(unread(audited, "breakdown").reason)


def test_a_total_is_told_in_the_currency_that_it_names(shared: Bench) -> None:
    body = breakdown("0.01")
    body["breakdown"]["portfolio_balances"]["total_balance"]["currency"] = "EUR"
    (message,) = hidden(shared.audit(BARE, fault=answering(BREAKDOWN, body)))
    assert "0.01 EUR" in message


def test_more_than_the_list_of_accounts_shows_is_told_by_the_breakdown(shared: Bench) -> None:
    (row,) = [one for one in MESSY.rows(ACCOUNTS) if one["uuid"] == "demo-1"]
    few = {**row, "available_balance": {"value": "0.1", "currency": "BTC"}}
    wallet = {"asset": "BTC", "account_uuid": "demo-1", "account_type": "ACCOUNT_TYPE_WALLET"}
    body = filled(spot_positions=[{**wallet, "total_balance_crypto": 2}])
    assert {"2"} == blockers(shared.audit(BARE.with_rows(ACCOUNTS, [few]), fault=answering(BREAKDOWN, body)), "BTC")


def test_a_list_of_wallets_that_came_back_empty_proves_nothing_of_their_transactions(shared: Bench) -> None:
    body = {"pagination": {"next_uri": None}, "data": []}
    audited = shared.audit(EMPTY, fault=answering(WALLETS, body))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert {Trouble.SKIPPED} == {unread(audited, one).trouble for one in ("transactions", "fiat-deposits")}


def test_a_wallet_that_two_requests_show_is_one_holding(shared: Bench) -> None:
    report = shared.audit(MESSY).report
    left = [f for f in report.findings if f.wallet in {"portfolio", "vault"} and f.severity is Severity.BLOCKER]
    assert [("accounts", "BTC:demo-1"), ("accounts", "BTC:demo-4"), ("accounts", "USD:demo-2")] == sorted(
        (finding.surface, finding.subject) for finding in left if finding.asset != "ADA"
    )


def test_a_staked_coin_with_a_wallet_of_its_own_is_one_holding(shared: Bench) -> None:
    found = [f for f in shared.audit(MESSY).report.findings if f.asset == "ADA" and f.severity is Severity.BLOCKER]
    assert [("breakdown", "earn-held", 1)] == [(f.surface, f.rule, len(f.also_seen_in)) for f in found]


def test_a_staked_coin_that_the_breakdown_rounds_is_one_holding(shared: Bench) -> None:
    exact, rounded = "1.123456789012", 1.12345679
    wallet = {**MESSY.rows(WALLETS)[4], "name": "?", "balance": {"amount": exact, "currency": "ADA"}}
    row = {**position("ADA", "ACCOUNT_TYPE_STAKED_FUNDS", rounded), "account_uuid": wallet["id"]}
    body = breakdown("0", row)
    found = shared.audit(BARE.with_rows(WALLETS, [wallet]), fault=answering(BREAKDOWN, body)).report.findings
    left = [f for f in found if f.asset == "ADA" and f.severity is Severity.BLOCKER]
    assert [("earn-held", exact, 1)] == [(f.rule, str(f.amount), len(f.also_seen_in)) for f in left]


def test_a_wallet_that_shows_more_in_one_request_counts_with_that(shared: Bench) -> None:
    rows = [{**row, "balance": {"amount": "0.75", "currency": "BTC"}} for row in MESSY.rows(WALLETS)[3:4]]
    found = shared.audit(MESSY.with_rows(WALLETS, rows)).report.findings
    assert {"0.75"} == {str(f.amount) for f in found if f.subject == "BTC:demo-4" and f.severity is Severity.BLOCKER}


def test_transactions_are_asked_for_every_wallet_to_its_last_page(shared: Bench) -> None:
    readings = shared.audit(MESSY).snapshot.accounts[0].readings
    found = {r.subject for one in readings if one.surface == "transactions" for r in seen_records(one.result)}
    assert {"demo-tx-1", "demo-tx-4", "demo-tx-6", "demo-tx-7"} == found


def test_a_wallet_whose_transactions_are_refused_hides_no_other_wallet(shared: Bench) -> None:
    odd = Reply(400, {"errors": [{"id": "validation_error", "message": "Unknown currency"}]})
    audited = shared.audit(MESSY, fault=answering(TRANSACTIONS, odd, account_id="demo-2"))
    readings = [one.result for one in audited.snapshot.accounts[0].readings if one.surface == "transactions"]
    assert {"demo-tx-1", "demo-tx-4", "demo-tx-6", "demo-tx-7"} == {
        record.subject for one in readings for record in seen_records(one)
    }
    assert ["Unknown currency" in str(one.reason) for one in readings if isinstance(one, Unread)] == [True]


def test_transactions_are_unread_when_the_wallets_are(shared: Bench) -> None:
    audited = shared.audit(MESSY, fault=answering(WALLETS, {}))
    assert Trouble.SKIPPED is unread(audited, "transactions").trouble


def test_an_asset_that_its_own_field_does_not_name_is_named_by_another(shared: Bench) -> None:
    row = {"uuid": "w-9", "currency": "SOL", "available_balance": None, "hold": {"value": "1.5", "currency": "SOL"}}
    nameless = {**row, "uuid": "w-8", "currency": None, "available_balance": {"value": "0", "currency": "SOL"}}
    body = {"accounts": [row, nameless], "has_next": False, "cursor": "", "size": 2}
    audited = shared.audit(EMPTY, fault=answering(ACCOUNTS, body))
    assert {"1.5"} == blockers(audited, "SOL")
    assert Trouble.MALFORMED is unread(audited, "accounts").trouble


def test_a_page_that_is_down_hides_no_earlier_page(shared: Bench) -> None:
    down = Reply(500, {"error": "INTERNAL", "message": "Try again."})
    found = unread(shared.audit(MESSY, fault=answering(ACCOUNTS, down, cursor="2")), "accounts")
    shown = [(record.subject, getattr(record, "amount", None)) for record in found.records]
    assert [("BTC:demo-1", Decimal("0.00000002")), ("USD:demo-2", Decimal("6.0"))] == shown
    assert Trouble.NETWORK is found.trouble


def test_a_user_without_futures_in_the_united_states_is_answered_null(shared: Bench) -> None:
    audited = shared.audit(BARE)
    assert isinstance(result(audited, "us-futures"), Read)
    refused = Reply(403, {"error": "PERMISSION_DENIED", "message": "not onboarded"})
    beside = shared.audit(BARE, fault=answering("/api/v3/brokerage/cfm/positions", refused))
    assert isinstance(result(beside, "us-futures"), Unread)


def test_another_portfolio_needs_a_key_of_its_own_and_a_deleted_one_does_not(shared: Bench) -> None:
    other = {"name": "Savings", "uuid": "8-other", "type": "CONSUMER", "deleted": False}
    gone = {**other, "name": "Old", "uuid": "8-old", "deleted": True}
    path = "/api/v3/brokerage/portfolios"
    alone = shared.audit(BARE.with_rows(path, [gone]))
    assert Verdict.CLEAN is alone.report.verdict
    audited = shared.audit(BARE.with_rows(path, [gone, other]))
    assert Verdict.INCOMPLETE is audited.report.verdict
    own = BARE.with_(name="savings", apikey="demo-savings-key").with_key(portfolio_uuid="8-other")
    beside = BARE.with_rows(path, [other])
    first = {"name": "Default", "uuid": BARE.key["portfolio_uuid"], "type": "DEFAULT", "deleted": False}
    both = shared.audit(beside, own.with_rows(path, [first]))
    assert Verdict.CLEAN is both.report.verdict


@pytest.mark.parametrize("portfolio", [0, 1])
def test_what_two_keys_of_one_user_show_counts_once(shared: Bench, portfolio: int) -> None:
    """Wallets, futures and what is on its way are the user's; an account of a portfolio counts there."""
    money = {"value": "2", "currency": "LTC"}
    wallet = {**MESSY.rows(WALLETS)[0], "id": "w-1", "currency": "LTC", "balance": {"amount": "2", "currency": "LTC"}}
    row = {"uuid": "w-1", "currency": "LTC", "available_balance": money, "hold": {"value": "0", "currency": "LTC"}}
    future = {"product_id": "BIT-1", "number_of_contracts": "2", "side": "LONG"}
    moving = {**MESSY.rows(TRANSACTIONS)[0], "@account": "w-1", "status": "pending", "id": "t-1"}
    books = {WALLETS: [wallet], TRANSACTIONS: [moving], "/api/v3/brokerage/cfm/positions": [future]}
    names = (BARE.key["portfolio_uuid"], "8-other")
    keys = []
    for number, uuid in enumerate(names):
        other = {"name": f"No {number}", "uuid": names[1 - number], "type": "CONSUMER", "deleted": False}
        key = BARE.with_(name=f"key-{number}", apikey=f"demo-key-{number}").with_key(portfolio_uuid=uuid)
        held = {ACCOUNTS: [{**row, "type": "ACCOUNT_TYPE_CRYPTO"}] if number == portfolio else []}
        for path, rows in {**books, **held, "/api/v3/brokerage/portfolios": [other]}.items():
            key = key.with_rows(path, rows)
        keys.append(key)
    report = shared.audit(*keys).report
    left = [(f.account, f.surface) for f in report.findings if f.severity is Severity.BLOCKER]
    once = [("key-0", "transactions"), ("key-0", "us-futures-positions")]
    assert sorted([(f"key-{portfolio}", "accounts"), *once]) == sorted(left)


def test_a_key_that_may_receive_is_refused(shared: Bench) -> None:
    assert Verdict.REFUSED is shared.audit(BARE.with_key(can_receive=True)).report.verdict


def test_a_next_page_is_read_from_its_address_alone(shared: Bench) -> None:
    """The documented body has no id of the next page, only its address."""

    def documented(body: Any) -> None:
        del body["pagination"]["next_starting_after"]

    audited = shared.audit(MESSY, fault=answering(WALLETS, changed(documented)))
    assert 5 == len(seen_records(result(audited, "wallets")))


@pytest.mark.parametrize("pages", [{}, {"next_uri": 7}, {"next_uri": None, "next_starting_after": "demo-2"}])
def test_a_next_page_that_is_not_plainly_said_is_a_page_lost(shared: Bench, pages: dict[str, Any]) -> None:
    body = {"pagination": pages, "data": EMPTY.rows(WALLETS)}
    audited = shared.audit(EMPTY, fault=answering(WALLETS, body))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert unread(audited, "wallets")


def test_a_view_only_key_is_not_asked_for_the_summary_of_fees(shared: Bench) -> None:
    """Real keys that can only view are refused there, though the page says that View is enough."""
    assert [] == [call for call in shared.audit(MESSY).calls if "transaction_summary" in call.path]


def test_a_wallet_without_an_id_of_its_own_is_no_path_to_anything_else(shared: Bench) -> None:
    rows = [{**EMPTY.rows(WALLETS)[0], "id": "../orders"}]
    audited = shared.audit(EMPTY.with_rows(WALLETS, rows))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert {"/v2/accounts"} == {call.path for call in audited.calls if call.path.startswith("/v2/")}


@pytest.mark.parametrize("kind", ["STAKED_FUNDS", "CLAWBACK_DEBT", "DEFI_BORROW_COLLATERAL", "WALLET"])
@pytest.mark.parametrize("field", ["available_to_send_crypto", "available_to_trade_crypto", "total_balance_fiat"])
def test_what_a_row_of_the_breakdown_shows_beside_a_total_of_0_is_told(shared: Bench, kind: str, field: str) -> None:
    """A total is rounded to eight digits. What a plain account holds is shown exactly by the list of accounts."""
    row = {**position("SOL", f"ACCOUNT_TYPE_{kind}", 0), field: 0.5}
    audited = shared.audit(BARE, fault=answering(BREAKDOWN, breakdown("0", row)))
    expected = Verdict.CLEAN if (kind, field) == ("WALLET", "total_balance_fiat") else Verdict.BLOCKED
    assert expected is audited.report.verdict


def test_an_order_of_a_perpetual_future_without_a_position_is_told(shared: Bench) -> None:
    row = {"product_id": "BTC-PERP-INTX", "net_size": "0", "buy_order_size": "0", "sell_order_size": "0.5"}
    body = filled(perp_positions=[row])
    assert Verdict.BLOCKED is shared.audit(BARE, fault=answering(BREAKDOWN, body)).report.verdict


def test_what_lies_in_a_vault_is_taken_out_and_not_given_up(shared: Bench) -> None:
    """A remainder of the same coin in a wallet may be; they were one wallet once."""
    report = shared.audit(MESSY).report
    steps = {finding.subject: step.kind for step in make_plan(report).steps for finding in step.findings}
    assert StepKind.WITHDRAW is steps["BTC:demo-4"]


def test_shares_are_sold_in_the_app_and_not_asked_of_support(shared: Bench) -> None:
    (found,) = [finding for finding in shared.audit(MESSY).report.findings if finding.asset == "AAPL"]
    assert ("earn-held", True) == (found.rule, "Sell the shares in the app" in str(found.remedy))


def test_the_empty_account_is_clean(shared: Bench) -> None:
    audited = shared.audit(account("coinbase-empty"))
    assert Verdict.CLEAN is audited.report.verdict
    assert isinstance(result(audited, "recurring-buys"), NotApplicable)
