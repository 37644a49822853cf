"""Transactions of Coinbase one by one, in the shapes that its documentation and real accounts show."""

from decimal import Decimal
from typing import Any

import pytest

from auditor.exchanges.coinbase.archive_lists import FIAT, FILLS, ORDERS
from auditor.exchanges.coinbase.archive_wallets import PORTFOLIO_LIST, WALLET_LIST, futures_rows, wallet_rows
from auditor.exchanges.coinbase.history_kinds import is_named, kind_of
from auditor.exchanges.coinbase.transactions import TRANSACTIONS
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import RowsOf
from auditor.spec.summed import ChangedRow

DOCUMENTED = (
    *("advanced_trade_fill", "buy", "clawback", "derivatives_settlement", "earn_payout", "fcm_futures_usdc_sell"),
    *("fcm_futures_usdc_sell_additional_encumberment_rollup", "fiat_deposit", "fiat_withdrawal"),
    *("incentives_rewards_payout", "incentives_shared_clawback", "intx_deposit", "intx_withdrawal", "receive"),
    *("request", "retail_simple_dust", "sell", "send", "staking_transfer", "subscription", "subscription_rebate"),
    *("trade", "transfer", "tx", "unstaking_transfer", "unsupported_asset_recovery", "unwrap_asset"),
    *("vault_withdrawal", "wrap_asset"),
)
"""Every type in docs.cdp.coinbase.com, Coinbase App, Track, Transactions, copied by hand in 2026."""
SEEN = (
    *("staking_reward", "inflation_reward", "interest", "exchange_deposit", "exchange_withdrawal", "pro_deposit"),
    *("pro_withdrawal", "cardspend", "cardbuyback", "retail_eth2_deprecation", "retail_instant_unstaking"),
    "retail_simple_price_improvement",
)
"""Further ones of real accounts."""


def row(kind: str, amount: str | None, currency: str = "BTC", **more: Any) -> dict[str, Any]:
    money = None if amount is None else {"amount": amount, "currency": currency}
    known = {"id": "made-up", "type": kind, "status": "completed", "created_at": "2024-03-25T13:03:11Z"}
    return {**known, "amount": money, **more}


def changed(kind: str, amount: str | None, currency: str = "BTC", **more: Any) -> ChangedRow:
    return TRANSACTIONS.changed(row(kind, amount, currency, **more))


@pytest.mark.parametrize("kind", [*DOCUMENTED, *SEEN])
def test_every_type_has_a_name(kind: str) -> None:
    assert is_named(kind)
    assert ("other" == kind_of(kind, Decimal(1))) is (kind == "tx")


def test_a_type_that_nobody_named_counts_as_other() -> None:
    (change,) = changed("made_up_type", "-0.5").changes

    assert ("other", Decimal("-0.5")) == (change.kind, change.amount)


def test_a_send_is_a_deposit_or_a_withdrawal_by_its_sign() -> None:
    assert ["deposit", "withdrawal"] == [changed("send", text).changes[0].kind for text in ("1", "-1")]


def test_the_commission_of_a_fill_is_no_part_of_its_amount() -> None:
    """Real rows: 25.81 at 7.409 are 191.226 dollars, of which the row has whole cents, and no commission of 1.91."""
    fill = {"fill_price": "7.409", "product_id": "NEAR-USD", "order_id": "made-up-order", "commission": "1.9122629"}
    found = changed("advanced_trade_fill", "-191.22", "USD", advanced_trade_fill=fill)

    assert [(Decimal("-191.22"), "")] == [(one.amount, one.fee) for one in found.changes]
    assert ("NEAR-USD", "made-up-order", "made-up-order") == (found.instrument, found.order_id, found.trade_id)


def test_the_fee_of_a_purchase_is_inside_the_total_that_dollars_paid() -> None:
    buy = {
        "id": "made-up-buy",
        "subtotal": {"amount": "98.01", "currency": "USD"},
        "total": {"amount": "100.00", "currency": "USD"},
        "fee": {"amount": "1.99", "currency": "USD"},
    }
    (paid,), (got,) = (changed("buy", *money, buy=buy).changes for money in (("-100.00", "USD"), ("0.0015", "BTC")))

    assert (Decimal(-100), "-1.99") == (paid.amount, paid.fee)
    assert (Decimal("0.0015"), "") == (got.amount, got.fee)


def test_a_request_that_nobody_answers_changes_nothing_and_is_no_doubt() -> None:
    found = changed("request", "1", status="pending")

    assert ((), "") == (found.changes, found.unknown)


@pytest.mark.parametrize("state", ["pending", "waiting_for_clearing", "waiting_for_signature", "a new state"])
def test_whether_a_row_under_way_changed_a_balance_is_not_known(state: str) -> None:
    found = changed("send", "-1", status=state)

    assert ((), f"send, {state}") == (found.changes, found.unknown)


@pytest.mark.parametrize("amount", ["1", "", None])
@pytest.mark.parametrize("state", ["canceled", "cancelled", "expired", "failed"])
def test_what_came_to_nothing_needs_no_amount(state: str, amount: str | None) -> None:
    found = changed("send", amount, status=state)

    assert ((), "") == (found.changes, found.unknown)


@pytest.mark.parametrize("amount", [None, "", "1,5", "NaN"])
def test_a_completed_row_without_an_amount_is_a_doubt(amount: str | None) -> None:
    with pytest.raises(MalformedError):
        changed("send", amount)


def test_an_old_time_with_a_zone_of_its_own_is_the_same_moment() -> None:
    texts = ("2015-03-11T13:13:35-07:00", "2015-03-11T20:13:35Z")

    assert 1 == len({changed("send", "1", created_at=text).time for text in texts})


def test_a_number_with_an_exponent_is_exact() -> None:
    assert Decimal("5.0828917E-9") == changed("interest", "5.0828917e-09").changes[0].amount


def elsewhere(*rows: dict[str, Any]) -> list[set[str]]:
    """In which wallets beside those that are listed each row changes something."""
    read = TRANSACTIONS.beside(listing(transactions=list(rows), wallet_list=[]))
    return [{change.wallet for change in read.changed(one).changes} - {"wallets"} for one in rows]


def test_a_conversion_of_which_one_half_is_here_is_of_a_wallet_that_is_not_listed() -> None:
    """As of a real account: tez bought for ether, of which no transaction was listed (2019)."""
    lone, given, taken = (
        row("trade", size, coin, id=coin, trade={"id": number}, **{"@wallet": coin})
        for number, size, coin in (("one", "220", "XTZ"), ("two", "-1", "ETH"), ("two", "2500", "USDC"))
    )

    assert [{"elsewhere"}, set(), set()] == elsewhere(lone, given, taken)
    assert [set()] == elsewhere({**lone, "status": "failed"})
    assert [set()] == elsewhere({**lone, "trade": None})


def transfers(*wallets_and_amounts: str) -> list[dict[str, Any]]:
    """Transfers of bitcoin, each such as "main -1", one after another."""
    rows = []
    for number, text in enumerate(wallets_and_amounts):
        wallet, size = text.split()
        moment = f"2024-03-25T13:00:{number:02}Z"
        rows.append(row("transfer", size, id=f"t{number}", created_at=moment, **{"@wallet": wallet}))
    return rows


def test_what_went_out_of_a_wallet_and_came_back_to_it_was_in_another_one() -> None:
    """The vault is listed, the other portfolio is not."""
    assert [{"elsewhere"}] * 2 == elsewhere(*transfers("main -1", "main 1"))
    assert [set()] * 4 == elsewhere(*transfers("main -1", "vault 1", "vault -1", "main 1"))
    assert [set()] * 4 == elsewhere(*transfers("main -1", "vault -1", "main 1", "vault 1"))
    assert [{"elsewhere"}] * 4 == elsewhere(*transfers("main -1", "vault 1", "main -1", "main 1"))


@pytest.mark.parametrize(
    "kind", ["fcm_futures_usdc_sell", "fcm_futures_usdc_sell_additional_encumberment_rollup", "derivatives_settlement"]
)
def test_dollars_for_futures_tell_of_an_account_that_is_not_here(kind: str) -> None:
    assert [{"us-futures"}] == elsewhere(row(kind, "-25", "USDC"))


def account(number: str, currency: Any, balance: Any, **more: Any) -> dict[str, Any]:
    return {"id": number, "name": number, "type": "wallet", "currency": currency, "balance": balance, **more}


def test_wallets_are_read_in_either_shape_and_without_a_time() -> None:
    coin = {"code": "NEAR", "type": "crypto"}
    money = {"amount": "1.5", "currency": "NEAR"}
    shapes = [account("a", coin, money, created_at=None), account("b", "NEAR", money), account("c", None, money)]
    found = [one for one in wallet_rows({"data": shapes}) if isinstance(one, dict)]

    assert [("NEAR", "1.5", "1970-01-01T00:00:00Z")] * 3 == [
        (one["asset"], one["balance"], one["since"]) for one in found
    ]
    assert 0 == WALLET_LIST.listed(found[0]).time


def test_a_wallet_whose_transactions_cannot_be_asked_for_is_a_doubt() -> None:
    with pytest.raises(MalformedError):
        WALLET_LIST.listed({"id": "a/../b", "since": "2024-01-01T00:00:00Z"})


def listing(**rows: list[dict[str, Any]]) -> RowsOf:
    return lambda list_id: rows.get(list_id.replace("-", "_"), [])


def portfolio(number: str, **more: Any) -> dict[str, Any]:
    known = {"uuid": number, "name": f"name of {number}", "type": "DEFAULT", "deleted": False}
    return {**known, "since": "1970-01-01T00:00:00Z", **more}


def unseen(*portfolios: dict[str, Any], wallets: list[dict[str, Any]]) -> list[str]:
    read = PORTFOLIO_LIST.beside(listing(wallet_list=wallets, portfolios=list(portfolios)))
    return [read.changed(one).unknown for one in portfolios]


def test_a_portfolio_whose_wallets_are_listed_is_here() -> None:
    both = [portfolio("one"), portfolio("two", type="CONSUMER", deleted=True)]

    assert ["", "name of two"] == unseen(*both, wallets=[{"id": "a", "portfolio_id": "one"}])
    assert ["", ""] == unseen(*both, wallets=[{"id": name, "portfolio_id": name} for name in ("one", "two")])
    assert ["", "name of two"] == unseen(*both, wallets=[{"id": "a", "portfolio_id": None}])


def test_a_portfolio_of_derivatives_is_never_here() -> None:
    wallets = [{"id": "a", "portfolio_id": "one"}]

    assert ["name of one"] == unseen(portfolio("one", type="INTX"), wallets=wallets)


FIGURES = {
    name: {"value": "0"}
    for name in (
        *("cfm_usd_balance", "total_open_orders_hold_amount", "initial_margin", "unrealized_pnl"),
        "total_pending_transfers_amount",
    )
}


@pytest.mark.parametrize(
    ("summary", "amounts"),
    [
        (None, []),
        (FIGURES, ["0"]),
        ({**FIGURES, "unrealized_pnl": {"value": "-1.5"}}, ["-1.5"]),
        ({**FIGURES, "initial_margin": {"value": "?"}}, [None]),
        ({}, [None]),
    ],
    ids=["never opened", "empty", "a loss", "not understood", "without figures"],
)
def test_whatever_is_in_the_futures_account_is_seen(summary: Any, amounts: list[str | None]) -> None:
    found = futures_rows({"balance_summary": summary})

    assert amounts == [one["amount"] for one in found if isinstance(one, dict)]


def test_a_fill_is_due_in_two_wallets_and_a_correction_in_none() -> None:
    fill = {
        "entry_id": "e",
        "trade_id": "t",
        "order_id": "o",
        "trade_time": "2024-11-08T21:01:03.123456Z",
        "trade_type": "FILL",
        "product_id": "BTC-USD",
        "price": "10000.00",
        "size": "0.001",
        "size_in_quote": False,
        "commission": "1.25",
        "side": "BUY",
        "liquidity_indicator": "MAKER",
    }
    found = FILLS.listed(fill)

    assert (("o",), 2, True, False) == (found.marks, found.legs, found.expected, found.due)
    assert ("BTC-USD", "buy", "10000.00", "0.001", "coin", "1.25", "USD", "maker", "o", "t", "") == found.cells
    assert not FILLS.listed({**fill, "trade_type": "CORRECTION"}).expected
    assert ("", "1.25", "") == FILLS.listed({**fill, "product_id": "BIT-28JUN24-CDE"}).cells[4:7]
    assert "" == FILLS.listed({**fill, "size_in_quote": True}).cells[4]


def test_an_order_is_read_by_the_one_kind_that_its_configuration_names() -> None:
    order = {
        "order_id": "o",
        "created_time": "2024-11-08T21:01:03Z",
        "product_id": "BTC-USD",
        "side": "SELL",
        "order_type": "LIMIT",
        "status": "CANCELLED",
        "filled_size": "0",
        "average_filled_price": "0",
        "order_configuration": {"limit_limit_gtd": {"base_size": "0.5", "limit_price": "9"}, "empty": None},
    }

    assert ("order", "BTC-USD", "sell", "limit", "9", "0.5", "0", "0") == ORDERS.listed(order).cells[:8]
    assert 14 == len(ORDERS.listed({**order, "order_configuration": None}).cells)


def test_a_fiat_deposit_is_looked_for_where_it_names_its_transaction() -> None:
    deposit = {"id": "d", "status": "completed", "created_at": "2024-01-01T00:00:00Z", "amount": None}

    unnamed = FIAT[0].listed(deposit)
    assert ((), False) == (unnamed.marks, unnamed.expected)
    named = FIAT[0].listed({**deposit, "transaction": {"id": "t"}, "amount": {"amount": "5", "currency": "EUR"}})
    assert (("t",), True, ("fiat deposit", "", "EUR", "5")) == (named.marks, named.expected, named.cells[:4])
