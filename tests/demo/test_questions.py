"""What may be asked: parameters that must be there, values that are known, filters, and who gets an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from auditor.demo import Account

Connect = Callable[..., Any]


REQUIRED = [
    ("trade/orders-algo-pending", "ordType"),
    ("tradingBot/grid/orders-algo-pending", "algoOrdType"),
    ("tradingBot/dca/ongoing-list", "algoOrdType"),
    ("tradingBot/signal/orders-algo-pending", "algoOrdType"),
    ("finance/stable-rewards/subscribe-redeem-history", "ccy"),
    ("users/subaccount/apikey", "subAcct"),
    ("account/subaccount/balances", "subAcct"),
    ("asset/subaccount/balances", "subAcct"),
    ("account/instruments", "instType"),
    ("public/instruments", "instType"),
    ("market/tickers", "instType"),
]
FILTERS = [
    ("asset/balances", "ccy", "BTC ETH"),
    ("asset/deposit-history", "state", "0 2"),
    ("asset/withdrawal-history", "state", "-3 2"),
    ("finance/sfp/dcd/order-history", "state", "pending_redeem redeemed"),
    ("finance/staking-defi/orders-active", "state", "13 1"),
    ("finance/staking-defi/eth/purchase-redeem-history", "status", "pending cancelled"),
    ("finance/staking-defi/sol/purchase-redeem-history", "type", "redeem purchase"),
    ("finance/simple-earn-fixed/order-list", "state", "earning settled"),
    ("trade/orders-pending", "instType", "EVENTS SPOT"),
    ("rfq/rfqs", "state", "pending_fill traded_away"),
    ("rfq/quotes", "state", "active expired"),
    ("fiat/withdrawal-order-history", "state", "inqueue completed"),
    ("fiat/buy-sell/history", "state", "processing failed"),
    ("copytrading/current-subpositions", "instType", "SPOT SWAP"),
    ("account/positions", "instType", "MARGIN SWAP"),
]


@pytest.mark.parametrize(("path", "parameter"), REQUIRED)
def test_a_missing_parameter_is_named(connect: Connect, path: str, parameter: str) -> None:
    answer = connect().get(path)

    assert (400, "50014") == (answer.status, answer.code)
    assert f"Parameter {parameter} can not be empty." == answer.body["msg"]


@pytest.mark.parametrize(("path", "field", "values"), FILTERS)
def test_a_filter_keeps_what_was_asked_for(connect: Connect, mine: Account, path: str, field: str, values: str) -> None:
    client = connect(mine.with_rows(path, [{field: value, "bal": "1"} for value in values.split()]))

    for value in values.split():
        assert [value] == client.get(path, **{field: value}).column(field)
    assert set(values.split()) == set(client.get(path).column(field))


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("asset/deposit-history", {"state": "99"}),
        ("trade/orders-algo-pending", {"ordType": "conditional,trigger"}),
        ("trade/orders-algo-pending", {"ordType": "limit"}),
        ("tradingBot/grid/orders-algo-pending", {"algoOrdType": "moon_grid"}),
        ("account/positions", {"instType": "SHARES"}),
        ("asset/asset-valuation", {"ccy": "NOSUCH"}),
    ],
)
def test_a_value_that_is_not_documented_is_refused(connect: Connect, path: str, query: dict[str, str]) -> None:
    answer = connect().get(path, **query)

    assert (400, "51000") == (answer.status, answer.code)


def test_of_the_algo_orders_only_two_types_may_be_asked_for_together(connect: Connect, mine: Account) -> None:
    kinds = ["conditional", "oco", "trigger"]
    client = connect(mine.with_rows("trade/orders-algo-pending", [{"ordType": kind} for kind in kinds]))

    together = client.get("trade/orders-algo-pending", ordType="conditional,oco").column("ordType")

    assert {"conditional", "oco"} == set(together)
    assert ["trigger"] == client.get("trade/orders-algo-pending", ordType="trigger").column("ordType")


def test_frozen_sub_accounts_come_only_when_asked_for(connect: Connect, mine: Account) -> None:
    subs = [{"subAcct": "open", "enable": True}, {"subAcct": "shut", "enable": False}]
    client = connect(mine.with_rows("users/subaccount/list", subs))

    assert ["open"] == client.get("users/subaccount/list").column("subAcct")
    assert ["open"] == client.get("users/subaccount/list", enable="true").column("subAcct")
    assert ["shut"] == client.get("users/subaccount/list", enable="false").column("subAcct")


def test_a_sub_account_that_is_not_there_is_told_so(connect: Connect) -> None:
    assert "59510" == connect().get("asset/subaccount/balances", subAcct="nobody").code


@pytest.mark.parametrize("path", ["users/subaccount/list", "users/subaccount/apikey", "asset/subaccount/balances"])
def test_sub_accounts_are_the_main_account_s_business(connect: Connect, mine: Account, path: str) -> None:
    client = connect(mine.with_(uid="700000000000000009", kind="1"))

    assert "59500" == client.get(path, subAcct="open").code


@pytest.mark.parametrize(
    ("mode", "first", "second"), [("1", "51010", "0"), ("2", "51010", "51010"), ("3", "0", "0"), ("4", "0", "0")]
)
def test_one_click_repayment_depends_on_the_account_mode(
    connect: Connect, mine: Account, mode: str, first: str, second: str
) -> None:
    client = connect(mine.with_(mode=mode))

    assert first == client.get("trade/one-click-repay-currency-list").code
    assert second == client.get("trade/one-click-repay-currency-list-v2").code


@pytest.mark.parametrize(
    ("path", "code"),
    [("asset/withdrawal-history", "50038"), ("finance/savings/balance", "50038"), ("trade/orders-pending", "0")],
)
def test_demo_trading_has_no_deposits_withdrawals_and_earn(
    connect: Connect, mine: Account, path: str, code: str
) -> None:
    assert code == connect(mine.with_(simulated=True)).get(path).code


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("finance/okusd/account", 404, "404"),
        ("account/vip-loan-order-list", 410, "50005"),
        ("account/fixed-loan/borrowing-orders-list", 410, "50005"),
    ],
)
def test_an_undocumented_endpoint_is_there_only_for_those_who_have_something(
    connect: Connect, mine: Account, path: str, status: int, code: str
) -> None:
    nothing, something = connect(mine).get(path), connect(mine.with_rows(path, [{"ccy": "USDT"}])).get(path)

    assert (status, code) == (nothing.status, nothing.code)
    assert (200, [{"ccy": "USDT"}]) == (something.status, something.data)


def test_an_account_may_be_refused_with_any_code(connect: Connect, mine: Account) -> None:
    answer = connect(mine.with_refusal("finance/savings/balance", "58002")).get("finance/savings/balance")

    assert ("58002", "Please activate Savings Account first.") == (answer.code, answer.body["msg"])


def test_options_need_their_family(connect: Connect) -> None:
    client = connect()

    assert "50015" == client.get("public/instruments", instType="OPTION").code
    assert "0" == client.get("public/instruments", instType="OPTION", uly="BTC-USD").code


def test_maintenance_that_is_over_comes_only_when_asked_for(connect: Connect) -> None:
    states = ["scheduled", "ongoing", "pre_open", "completed", "canceled"]
    client = connect(status_rows=[{"state": state} for state in states])

    assert states[:3] == client.get("system/status").column("state")
    assert ["completed"] == client.get("system/status", state="completed").column("state")
