"""The named accounts: each loads, serves every endpoint, and holds what its description says."""

from __future__ import annotations

import ast
import base64
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import auditor.demo
from auditor.demo import account, exchanges, full_name, names
from auditor.demo.okx.endpoints import ENDPOINTS
from auditor.demo.okx.history_endpoints import HISTORY

Connect = Callable[..., Any]


ARGUMENTS = {
    "trade/orders-algo-pending": {"ordType": "conditional,oco"},
    "tradingBot/grid/orders-algo-pending": {"algoOrdType": "grid"},
    "tradingBot/dca/ongoing-list": {"algoOrdType": "spot_dca"},
    "tradingBot/signal/orders-algo-pending": {"algoOrdType": "contract"},
    "trade/orders-history-archive": {"instType": "SPOT"},
    "trade/orders-algo-history": {"ordType": "oco", "state": "canceled"},
    "tradingBot/grid/orders-algo-history": {"algoOrdType": "grid"},
    "tradingBot/dca/history-list": {"algoOrdType": "spot_dca"},
    "tradingBot/signal/orders-algo-history": {"algoOrdType": "contract"},
    "tradingBot/grid/sub-orders": {"algoOrdType": "grid", "algoId": "1", "type": "filled"},
    "tradingBot/dca/orders": {"algoOrdType": "spot_dca", "algoId": "1"},
    "tradingBot/recurring/sub-orders": {"algoId": "1"},
    "tradingBot/signal/sub-orders": {"algoOrdType": "contract", "algoId": "1", "state": "filled"},
    "tradingBot/signal/positions-history": {"algoId": "1"},
    "account/bills-history-archive": {"year": "2025", "quarter": "Q1"},
    "finance/stable-rewards/subscribe-redeem-history": {"ccy": "USDG"},
    "users/subaccount/list": {"enable": "false"},
    "users/subaccount/apikey": {"subAcct": "icebox"},
    "account/subaccount/balances": {"subAcct": "icebox"},
    "asset/subaccount/balances": {"subAcct": "icebox"},
    "account/instruments": {"instType": "SPOT"},
    "public/instruments": {"instType": "SPOT"},
    "market/tickers": {"instType": "SPOT"},
    "trade/fills-history": {"instType": "SPOT"},
}
EXPECTED = """alice bob carol dust empty futures hidden messy multi plain portfolio recurring restricted sandbox spot
subaccounts unbound wide"""
DECODED = {"kraken", "krakenfutures", "coinbase"}
"""Exchanges whose secrets are keys in base64."""
HISTORIES = ("history", "bills", "rfqs", "quotes", "order-list")


def everything(client: Any) -> dict[str, Any]:
    """Every endpoint's answer."""
    return {path: client.get(path, **ARGUMENTS.get(path, {})) for path in ENDPOINTS}


def test_the_accounts_of_okx_are_those_that_are_documented() -> None:
    assert EXPECTED.split() == list(names("okx"))


def test_every_account_is_described() -> None:
    assert [] == [name for name, description in names().items() if not description]


@pytest.mark.parametrize("exchange", exchanges())
def test_the_name_of_an_account_says_its_exchange_but_for_okx(exchange: str) -> None:
    assert {exchange} == {account(name).exchange for name in names(exchange)}
    assert exchange == "okx" or [] == [name for name in names(exchange) if not name.startswith(f"{exchange}-")]


@pytest.mark.parametrize("exchange", exchanges())
def test_every_exchange_has_an_account_that_holds_something_and_an_empty_one(exchange: str) -> None:
    assert {full_name("messy", exchange), full_name("empty", exchange)} <= set(names(exchange))


def test_an_exchange_s_own_accounts_need_not_repeat_its_name() -> None:
    assert ["kraken-messy", "kraken-messy", "messy"] == [
        full_name("messy", "kraken"),
        full_name("kraken-messy", "kraken"),
        full_name("messy", "okx"),
    ]


@pytest.mark.slow("every place of every account")
@pytest.mark.parametrize("name", EXPECTED.split())
def test_every_account_answers_on_every_endpoint(connect: Connect, name: str) -> None:
    loaded = account(name)

    answers = everything(connect(loaded))

    allowed = {"0", "404", "50005", "51010", "50038", "59500", "59510", *loaded.refuses.values()}
    assert {answer.code for answer in answers.values()} <= allowed
    assert dict(loaded.refuses) == {path: answers[path].code for path in loaded.refuses}


@pytest.mark.parametrize("name", EXPECTED.split())
def test_every_book_of_an_account_has_an_endpoint(name: str) -> None:
    assert set(account(name).books) <= set(ENDPOINTS)


def test_credentials_are_plainly_made_up() -> None:
    accounts = [account(name) for name in names()]

    assert {(f"demo-{n}-key", f"demo-{n}-passphrase") for n in names()} == {(a.apikey, a.passphrase) for a in accounts}
    for one in accounts:
        secret = base64.b64decode(one.secret).decode() if one.exchange in DECODED else one.secret
        assert secret.startswith("demo-")


def test_every_account_has_a_uid_of_its_own() -> None:
    named = [name for exchange in ("okx", "binance") for name in names(exchange)]

    assert len(named) == len({account(name).uid for name in named})


def test_the_messy_account_has_something_nearly_everywhere(connect: Connect) -> None:
    answers = everything(connect(account("messy")))

    of_a_story = {"asset/bills-history", "account/bills-archive", "trade/fills-history"}
    of_a_story |= {"asset/convert/history", "asset/subaccount/bills", *(one.path for one in HISTORY)}
    assert {"system/status", "finance/staking-defi/orders-history", *of_a_story} == {
        path for path, answer in answers.items() if not answer.data
    }


@pytest.mark.parametrize("name", ["empty", "plain", "unbound", "wide", "carol"])
def test_an_account_without_anything_has_nothing_but_history(connect: Connect, name: str) -> None:
    loaded = account(name)

    row = connect(loaded).get("asset/asset-valuation").data[0]

    assert "0" == row["totalBal"]
    assert [] == [path for path in loaded.books if not path.endswith(HISTORIES)]


def test_the_empty_account_s_histories_are_longer_than_a_page_and_finished(connect: Connect) -> None:
    client = connect(loaded := account("empty"))

    for path, final in (("asset/withdrawal-history", {"-2", "-1", "2"}), ("asset/deposit-history", {"2"})):
        assert 100 == len(client.get(path).data)
        assert len(loaded.books[path]) >= 150
        assert {row["state"] for row in loaded.books[path]} <= final


def test_times_are_counted_from_the_present() -> None:
    loaded = account("messy", now=1_800_000_000)

    waiting = loaded.books["asset/withdrawal-history"][0]
    redemption = loaded.books["finance/staking-defi/eth/purchase-redeem-history"][0]

    assert str((1_800_000_000 - 30 * 3600) * 1000) == waiting["ts"]
    assert str((1_800_000_000 + 9 * 86400) * 1000) == redemption["estCompletedTime"]
    assert int(account("messy").books["asset/withdrawal-history"][0]["ts"]) < time.time() * 1000


def test_alice_holds_what_her_main_account_sees_of_her(connect: Connect) -> None:
    main, alice = connect(account("subaccounts")), connect(account("alice"))

    seen = main.get("asset/subaccount/balances", subAcct="alice").data

    assert seen == alice.get("asset/balances").data
    assert alice.account.uid == main.get("users/subaccount/list", subAcct="alice").data[0]["uid"]
    assert main.account.uid == alice.account.main_uid


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(KeyError, match="messy"):
        account("nobody")


def test_a_time_in_a_file_may_be_a_number_or_count_seconds() -> None:
    now = 1_800_000_000

    deposit = account("kraken-messy", now=now).books["/0/private/DepositStatus"][0]
    movement = account("gate-messy", now=now).books["/api/v4/wallet/withdrawals"][0]

    assert now - 5 * 86400 == deposit["time"]
    assert str(now - 2 * 86400) == movement["timestamp"]


@pytest.mark.slow("processes")
def test_the_demo_imports_nothing_of_the_program() -> None:
    files = list(Path(auditor.demo.__file__).parent.rglob("*.py"))
    assert {"server.py", "venue.py", "protocol.py"} <= {file.name for file in files}
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}

    assert set() == {name for name in modules if name.startswith("auditor") and not name.startswith("auditor.demo")}
