"""What the answers hold: the shapes that OKX documents, and figures that agree with each other."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from auditor.demo import Account

Connect = Callable[..., Any]


# OKX's documentation, "Distribution of applicable fields under each account level".
APPLICABLE = [
    ("liab crossLiab interest borrowFroz twap maxLoan disEq", "134"),
    ("isoEq availEq upl isoUpl", "234"),
    ("isoLiab uplLiab", "34"),
    ("spotIsoBal", "12"),
    ("spotInUseAmt clSpotInUseAmt maxSpotInUse", "4"),
    ("imr mmr mgnRatio notionalLever", "2"),
    ("collateralEnabled", "3"),
    ("ccy eq cashBal availBal frozenBal ordFrozen eqUsd stgyEq smtSyncEq spotCopyTradingEq uTime fixedBal", "1234"),
]


def trading(client: Any) -> Any:
    """The trading balance."""
    return client.get("account/balance").data[0]


@pytest.mark.parametrize("mode", "1234")
@pytest.mark.parametrize(("fields", "modes"), APPLICABLE)
def test_a_field_that_does_not_apply_in_the_account_mode_is_blank(
    connect: Connect, mine: Account, mode: str, fields: str, modes: str
) -> None:
    given = dict.fromkeys(fields.split(), "7") | {"ccy": "BTC", "cashBal": "1"}
    row = trading(connect(mine.with_(mode=mode).with_rows("account/balance", [given])))["details"][0]

    assert dict.fromkeys(fields.split(), mode not in modes) == {name: row[name] == "" for name in fields.split()}


def test_the_parts_of_a_trading_balance_agree(connect: Connect, mine: Account) -> None:
    given = {"ccy": "USDT", "cashBal": "2210.5", "stgyEq": "640", "upl": "-12.75", "ordFrozen": "69"}
    row = trading(connect(mine.with_(mode="3").with_rows("account/balance", [given])))["details"][0]

    assert Decimal(row["eq"]) == sum(Decimal(row[name]) for name in ("cashBal", "stgyEq", "upl"))
    assert Decimal(row["eq"]) == Decimal(row["availBal"]) + Decimal(row["frozenBal"])


def test_a_figure_that_is_given_comes_digit_for_digit(connect: Connect, mine: Account) -> None:
    given = {"ccy": "BTC", "cashBal": "0.10", "eq": "0.300", "availBal": "0.0500", "frozenBal": "0"}
    row = trading(connect(mine.with_rows("account/balance", [given])))["details"][0]

    assert given == {name: row[name] for name in given}


def test_a_coin_of_which_nothing_is_left_is_not_listed(connect: Connect, mine: Account) -> None:
    client = connect(
        mine.with_rows("account/balance", [{"ccy": "BTC", "cashBal": "0"}, {"ccy": "ETH", "cashBal": "1"}]).with_rows(
            "asset/balances", [{"ccy": "BTC", "bal": "0"}]
        )
    )

    assert ["ETH"] == [row["ccy"] for row in trading(client)["details"]]
    assert [] == client.get("asset/balances").data


def test_an_empty_trading_wallet_is_still_an_object(connect: Connect) -> None:
    balance = trading(connect())

    assert ([], "0") == (balance["details"], balance["totalEq"])


def test_the_trading_balance_may_be_given_within_its_object(connect: Connect, mine: Account) -> None:
    whole = [{"details": [{"ccy": "BTC", "cashBal": "1"}]}]

    assert ["BTC"] == [row["ccy"] for row in trading(connect(mine.with_rows("account/balance", whole)))["details"]]


def test_the_valuation_follows_from_the_books(connect: Connect, mine: Account) -> None:
    account = (
        mine.with_rows("asset/balances", [{"ccy": "BTC", "bal": "0.25"}, {"ccy": "GONE", "bal": "1000"}])
        .with_rows("account/balance", [{"ccy": "BTC", "cashBal": "0.5", "upl": "0.01"}])
        .with_rows("finance/savings/balance", [{"ccy": "BTC", "amt": "1"}])
        .with_rows("finance/staking-defi/orders-active", [{"investData": [{"ccy": "BTC", "amt": "2"}], "state": "1"}])
        .with_rows(
            "finance/sfp/dcd/order-history",
            [
                {"ordId": "1", "state": "live", "notionalCcy": "BTC", "notionalSz": "4"},
                {"ordId": "2", "state": "settled", "notionalCcy": "BTC", "notionalSz": "100"},
            ],
        )
        .with_rows("finance/simple-earn-fixed/order-list", [{"ccy": "BTC", "amt": "8", "state": "earning"}])
    )

    row = connect(account).get("asset/asset-valuation").data[0]

    assert {"funding": "0.25", "trading": "0.51", "earn": "15", "classic": "0"} == row["details"]
    assert "15.76" == row["totalBal"]


def test_the_valuation_converts_by_the_demo_s_own_prices(connect: Connect, mine: Account) -> None:
    client = connect(mine.with_rows("asset/balances", [{"ccy": "BTC", "bal": "2"}]))
    last = {row["instId"]: row["last"] for row in client.get("market/tickers", instType="SPOT").data}

    in_dollars = client.get("asset/asset-valuation", ccy="USDT").data[0]["totalBal"]

    assert Decimal(last["BTC-USDT"]) * 2 == Decimal(in_dollars)


def test_a_valuation_can_show_what_no_surface_does(connect: Connect, mine: Account) -> None:
    given = [{"details": {"earn": "0.00417"}}]

    row = connect(mine.with_rows("asset/asset-valuation", given)).get("asset/asset-valuation").data[0]

    assert ("0.00417", "0.00417", "0") == (row["totalBal"], row["details"]["earn"], row["details"]["funding"])


def test_event_contracts_come_only_when_asked_for(connect: Connect, mine: Account) -> None:
    client = connect(mine.with_rows("account/positions", [{"instType": "EVENTS"}, {"instType": "SWAP"}]))

    assert ["SWAP"] == client.get("account/positions").column("instType")
    assert ["EVENTS"] == client.get("account/positions", instType="EVENTS").column("instType")


def test_easy_conversion_is_listed_for_each_wallet(connect: Connect, mine: Account) -> None:
    lists = [{"source": "1", "fromData": ["trading"]}, {"source": "2", "fromData": ["funding"]}]
    client = connect(mine.with_rows("trade/easy-convert-currency-list", lists))

    assert [{"fromData": ["trading"]}] == client.get("trade/easy-convert-currency-list").data
    assert [{"fromData": ["funding"]}] == client.get("trade/easy-convert-currency-list", source="2").data


def test_a_sub_account_s_wallets_and_keys_are_shown_without_its_name(connect: Connect, mine: Account) -> None:
    account = (
        mine.with_rows("users/subaccount/list", [{"subAcct": "alice", "enable": True}])
        .with_rows("asset/subaccount/balances", [{"subAcct": "alice", "ccy": "BTC", "bal": "1"}])
        .with_rows("account/subaccount/balances", [{"subAcct": "alice", "ccy": "ETH", "cashBal": "2"}])
        .with_rows("users/subaccount/apikey", [{"subAcct": "alice", "label": "old"}])
    )
    client = connect(account)

    funding = [{"ccy": "BTC", "bal": "1", "availBal": "1", "frozenBal": "0"}]
    assert funding == client.get("asset/subaccount/balances", subAcct="alice").data
    balance = client.get("account/subaccount/balances", subAcct="alice").data[0]
    assert [("ETH", "2")] == [(row["ccy"], row["eq"]) for row in balance["details"]]
    assert [{"label": "old"}] == client.get("users/subaccount/apikey", subAcct="alice").data


def test_the_configuration_tells_who_the_key_belongs_to(connect: Connect, mine: Account) -> None:
    account = mine.with_(uid="5", main_uid="4", kind="1", mode="3", perm="read_only,trade", ip="127.0.0.1")

    row = connect(account).get("account/config").data[0]

    expected = {"uid": "5", "mainUid": "4", "type": "1", "acctLv": "3", "perm": "read_only,trade", "ip": "127.0.0.1"}
    assert expected == {name: row[name] for name in expected}


def test_every_number_is_a_string(connect: Connect, mine: Account) -> None:
    client = connect(mine.with_(mode="3").with_rows("account/balance", [{"ccy": "BTC", "cashBal": "1"}]))

    kinds = {type(value) for value in trading(client)["details"][0].values()}

    assert kinds <= {str, bool}


def test_the_markets_hold_every_case_of_dust(connect: Connect) -> None:
    client = connect()
    states = {row["instId"]: row["state"] for row in client.get("account/instruments", instType="SPOT").data}
    can_withdraw = {row["ccy"]: row["canWd"] for row in client.get("asset/currencies").data}

    assert ("live", "suspend", "preopen") == (states["NA-USDT"], states["HLT-USDT"], states["SOON-USDT"])
    assert not [name for name in states if name.startswith("GONE-")]
    assert can_withdraw["GONE"] is False
