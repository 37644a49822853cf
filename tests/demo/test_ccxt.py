"""ccxt, which knows the real exchange, takes the demo for one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from auditor.demo import account

Connect = Callable[..., Any]


@asynccontextmanager
async def trader(client: Any) -> AsyncIterator[Any]:
    """ccxt's own client of the demo exchange."""
    from ccxt.async_support.okx import okx  # noqa: PLC0415 - loads all of ccxt

    mine = client.account
    exchange = okx(
        {"apiKey": mine.apikey, "secret": mine.secret, "password": mine.passphrase, "enableRateLimit": False}
    )
    exchange.urls["api"]["rest"] = client.exchange.url
    try:
        yield exchange
    finally:
        await exchange.close()


async def test_ccxt_reads_both_wallets(connect: Connect) -> None:
    async with trader(connect(account("dust"))) as exchange:
        trading, funding = await exchange.fetch_balance(), await exchange.fetch_balance({"type": "funding"})

    assert 4.1 == trading["total"]["DOGE"]
    assert 3.2071 == funding["total"]["DOGE"]


async def test_ccxt_understands_the_instruments_that_an_account_may_trade(connect: Connect) -> None:
    async with trader(connect()) as exchange:
        answer = await exchange.private_get_account_instruments({"instType": "SPOT"})
        markets = {market["symbol"]: market for market in exchange.parse_markets(answer["data"])}

    assert (True, False, False) == tuple(markets[name]["active"] for name in ("DOGE/USDT", "HLT/USDT", "SOON/USDT"))
    assert 8 == markets["DOGE/USDT"]["limits"]["amount"]["min"]
    assert ("NA", "USDT") == (markets["NA/USDT"]["base"], markets["NA/USDT"]["quote"])


async def test_ccxt_loads_markets_and_currencies(connect: Connect) -> None:
    async with trader(connect()) as exchange:
        await exchange.load_markets()

    assert "BTC/USDT:USDT" in exchange.markets
    assert 3 == exchange.currencies["USDT"]["networks"]["TRC20"]["limits"]["withdraw"]["min"]


async def test_ccxt_reads_open_orders_and_positions(connect: Connect) -> None:
    async with trader(connect(account("messy"))) as exchange:
        orders, positions = await exchange.fetch_open_orders(), await exchange.fetch_positions()

    assert {"ETH/USDT", "BTC/USDT:USDT"} == {order["symbol"] for order in orders}
    assert 3 == len(positions)


@pytest.mark.parametrize(
    ("name", "wallet"), [("spot", "BTC"), ("futures", "USDT"), ("multi", "SOL"), ("portfolio", "BTC")]
)
async def test_ccxt_reads_every_account_mode(connect: Connect, name: str, wallet: str) -> None:
    async with trader(connect(account(name))) as exchange:
        balance = await exchange.fetch_balance()

    assert wallet in balance["total"]
