"""One server for every venue: who gets a request, whose signature counts, and what stands in the log."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Mapping
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest

from auditor.demo import Account, Call, DemoExchange, Reply, account, exchanges, full_name, serve
from auditor.demo.kraken.protocol import sign
from auditor.demo.model import NOBODY
from auditor.demo.venue import Handler, Request, State, TableVenue, find_venue
from auditor.exchanges.registry import load

PUBLIC = {
    "okx": "/api/v5/public/time",
    "binance": "/api/v3/time",
    "kraken": "/0/public/Assets",
    "bybit": "/v5/market/tickers?category=spot",
    "gate": "/api/v4/spot/currencies",
    "coinbase": "/api/v3/brokerage/market/products",
}
# What each exchange calls a request without a key.
NO_KEY = {
    "okx": "50103",
    "binance": "-2014",
    "kraken": "EAPI:Invalid key",
    "bybit": "10003",
    "kucoin": "400003",
    "gate": "INVALID_KEY",
    "bitget": "40006",
    "coinbase": "Unauthorized",
    "mexc": "10072",
}
BALANCE = "/0/private/BalanceEx"


def messy(exchange: str) -> Account:
    return account(full_name("messy", exchange))


def send(
    exchange: DemoExchange, target: str, method: str = "GET", body: str = "", headers: Mapping[str, str] | None = None
) -> tuple[int, Any]:
    """HTTP status and body of an answer."""
    return send_to(exchange.url, target, method, body, headers)


def send_to(
    url: str, target: str, method: str = "GET", body: str = "", headers: Mapping[str, str] | None = None
) -> tuple[int, Any]:
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)) as connection:
        connection.request(method, target, body, dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, decoded(answer.read())


def decoded(body: bytes) -> Any:
    """The JSON of a body, or the text that Coinbase refuses a key with."""
    try:
        return json.loads(body or b"null")
    except ValueError:
        return body.decode()


def ask_kraken(exchange: DemoExchange, whose: Account, nonce: int, secret: str = "") -> Any:
    body = f"nonce={nonce}"
    signature = sign(secret or whose.secret, BALANCE, str(nonce), body)
    headers = {"API-Key": whose.apikey, "API-Sign": signature}
    return send(exchange, BALANCE, "POST", body, headers)[1]


@pytest.mark.parametrize("exchange", exchanges())
def test_a_venue_is_named_by_its_folder(exchange: str) -> None:
    assert exchange == find_venue(exchange).id == messy(exchange).exchange


def test_an_exchange_without_a_folder_has_no_venue() -> None:
    with pytest.raises(KeyError, match="cryptocom"):
        find_venue("cryptocom")


def test_exchanges_whose_paths_differ_share_a_server() -> None:
    with serve(map(messy, PUBLIC), limits=False) as exchange:
        answers = {name: send(exchange, target)[1] for name, target in PUBLIC.items()}
    keys = {"okx": "data", "binance": "serverTime", "kraken": "result", "bybit": "retCode", "coinbase": "products"}
    assert keys == {name: key for name, key in keys.items() if key in answers[name]}
    assert isinstance(answers["gate"], list)


def test_exchanges_with_a_path_in_common_are_not_served_together() -> None:
    with pytest.raises(ValueError, match="paths in common"), serve([messy("bitget"), messy("kucoin")]):
        pass


@pytest.mark.parametrize("exchange", exchanges())
def test_a_private_path_is_closed_to_a_client_without_a_key(exchange: str) -> None:
    table = load(exchange)
    asked = (*table.identification.endpoints(), *(surface.endpoint for surface in table.surfaces))
    endpoint, prefix = next(one for one in asked if one is not None), table.api.prefix
    with serve([messy(exchange)]) as served:
        _status, body = send(served, endpoint.full_path(prefix), endpoint.method, "nonce=1")
    assert NO_KEY.get(exchange, "") in json.dumps(body)
    assert [None] == [call.account for call in served.calls]


@pytest.mark.parametrize("exchange", exchanges())
def test_a_path_that_there_is_not_is_no_answer(exchange: str) -> None:
    with serve([messy(exchange)]) as served, closing(http.client.HTTPConnection(urlsplit(served.url).netloc)) as line:
        line.request("GET", f"{find_venue(exchange).prefixes[0]}no/such/path")
        assert 404 == line.getresponse().status


def test_a_nonce_of_kraken_must_grow() -> None:
    kraken = messy("kraken")
    with serve([kraken]) as exchange:
        errors = [ask_kraken(exchange, kraken, nonce)["error"] for nonce in (7, 7, 6, 8)]
    assert [[], ["EAPI:Invalid nonce"], ["EAPI:Invalid nonce"], []] == errors


def test_a_nonce_is_not_spent_by_a_wrong_signature() -> None:
    kraken, wrong = messy("kraken"), base64.b64encode(b"demo-wrong").decode()
    with serve([kraken]) as exchange:
        errors = [ask_kraken(exchange, kraken, 7, secret)["error"] for secret in (wrong, "")]
    assert [["EAPI:Invalid signature"], []] == errors


def test_a_fault_and_the_log_are_the_same_for_every_venue() -> None:
    kraken, seen = messy("kraken"), list[Call]()
    with serve([kraken], fault=seen.append) as exchange:
        ask_kraken(exchange, kraken, 1)
        exchange.fault = lambda _call: Reply(edit=lambda body: {**body, "result": {}})
        assert {"error": [], "result": {}} == ask_kraken(exchange, kraken, 2)
        calls = exchange.calls
    assert [Call("POST", BALANCE, {"nonce": "1"}, "kraken-messy")] == seen
    assert [Call("POST", BALANCE, {"nonce": str(n)}, "kraken-messy", 200) for n in (1, 2)] == calls


def test_an_exchange_may_be_added_while_another_one_runs() -> None:
    kraken = messy("kraken")
    with serve([]) as exchange:
        assert 404 == send(exchange, "/0/public/Assets")[0]
        for account_ in (messy("binance"), kraken):
            exchange.put(account_)
        assert [] == ask_kraken(exchange, kraken, 1)["error"]
        assert 200 == send(exchange, "/api/v3/time")[0]
        with pytest.raises(ValueError, match="binance and bitget have paths in common"):
            exchange.put(messy("bitget"))


def test_an_account_may_be_replaced_while_its_exchange_runs() -> None:
    kraken = messy("kraken")
    with serve([kraken]) as exchange:
        exchange.put(kraken.with_rows(BALANCE, []))
        assert {} == ask_kraken(exchange, kraken, 1)["result"]


def test_an_endpoint_may_be_refused_by_a_whole_reply() -> None:
    kraken = messy("kraken").with_refusal(BALANCE, Reply(403, {"error": ["EGeneral:Permission denied"]}))
    with serve([kraken]) as exchange:
        assert {"error": ["EGeneral:Permission denied"]} == ask_kraken(exchange, kraken, 1)
        assert [403] == [call.status for call in exchange.calls]


def nobody(_request: Request, _state: State) -> Account:
    return NOBODY


def test_a_service_with_paths_of_another_has_an_address_of_its_own() -> None:
    def told(text: str) -> Handler:
        return lambda _query: {"from": text}

    reads = {
        ("GET", "/orders"): told("spot"),
        ("GET", "futures:/orders"): told("futures"),
        ("GET", "futures:/positions/*"): told("futures alone"),
    }
    public = frozenset(path for _method, path in reads) | {"futures:/positions/BTC"}
    venue = TableVenue(
        id="own", prefixes=("/",), reads=reads, public=public, signer=nobody, unknown="", services=("futures",)
    )
    person = Account(name="a", exchange="own", apikey="k", secret="s")
    with serve([person], venues=[venue]) as served:
        places = (served.url, served.services["futures"])
        answers = [send_to(url, path)[1] for url in places for path in ("/orders", "/positions/BTC")]
        seen = [call.path for call in served.calls]
    assert ["spot", "futures alone", "futures", "futures alone"] == [answer["from"] for answer in answers]
    assert ["/orders", "futures:/positions/BTC", "futures:/orders", "futures:/positions/BTC"] == seen
