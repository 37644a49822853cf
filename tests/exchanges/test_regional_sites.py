"""A key of one site that is used at another, over HTTP: the answer names the sites where it may exist."""

import asyncio
from dataclasses import replace

import pytest
from pydantic import SecretStr
from yarl import URL

from auditor import demo
from auditor.audit.audit_once import take_snapshot
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.transport.guard import NotAllowedError
from tests.conftest import configured_account
from tests.exchanges.witness import guard

ACCOUNTS = {one.exchange: one for one in map(demo.account, demo.names())}
SAID = {
    "okx": ("at OKX TR (tr.okx.com), use --exchange okx --base-url https://tr.okx.com", "use --exchange myokx"),
    "myokx": ("If your account is at OKX (www.okx.com), use --exchange okx;", "at OKX TR (tr.okx.com)"),
    "bybit": (
        "If your account is at Bybit EU (www.bybit.eu), use --exchange bybiteu;",
        "at Bybit Netherlands (www.bybit.nl), use --exchange bybit --base-url https://api.bybit.nl;",
    ),
    "binance": ("cannot read accounts at Binance.US (www.binance.us)",),
    "gate": ("If your account is at Gate EU, use --exchange gate --base-url https://api.gateeu.com.",),
    "kucoin": ("If your account is at KuCoin EU, use --exchange kucoin --base-url https://api.kucoin.eu.",),
    "kraken": ("If your account is at Kraken Futures (futures.kraken.com), use --exchange krakenfutures.",),
}


def refusal(exchange: str, credential: str) -> str:
    """Return what is said to an account with another ``credential`` than the exchange knows."""
    known = ACCOUNTS["okx" if exchange == "myokx" else exchange]
    with demo.serve([known], limits=False) as served:
        account = configured_account(known, served, exchange)
        changed = replace(account, credentials={**account.credentials, credential: SecretStr("k" * 64)})
        with pytest.raises(UserError) as refused:
            asyncio.run(take_snapshot([changed], Options(pace=0)))
    return str(refused.value)


@pytest.mark.parametrize("exchange", SAID)
def test_a_key_that_is_unknown_here_is_told_where_it_may_exist(exchange: str) -> None:
    said = refusal(exchange, "apiKey")
    assert [] == [words for words in SAID[exchange] if words not in said]


def test_a_secret_that_does_not_fit_is_not_sent_to_other_sites() -> None:
    assert "tr.okx.com" not in refusal("okx", "secret")


@pytest.mark.parametrize(
    ("exchange", "url", "main", "path"),
    [
        ("okx", "https://tr.okx.com", "https://www.okx.com", "/api/v5/account/config"),
        ("bybit", "https://api.bybit.eu", "https://api.bybit.com", "/v5/user/query-api"),
        ("gate", "https://api.gateeu.com", "https://api.gateio.ws", "/api/v4/account/detail"),
        ("kucoin", "https://api.kucoin.eu", "https://api-futures.kucoin.com", "/api/v1/orders"),
    ],
)
def test_an_account_at_a_regional_site_is_asked_there_and_nowhere_else(
    exchange: str, url: str, main: str, path: str
) -> None:
    allow = guard(exchange, url)

    with pytest.raises(NotAllowedError):
        allow.check_request("GET", URL(main + path))
    assert {origin for _method, origin, _path in allow.requests} <= {url, "https://api-futures.kucoin.eu"}
