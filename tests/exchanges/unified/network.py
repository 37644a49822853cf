"""A network that is not there: what ccxt sends of itself, before any guard, and the answers that let it go on.

    python tests/exchanges/unified/network.py kraken

prints the reads of an exchange as its unified methods send them. The lists in ``unified/reads`` were written from such
a print, line by line against the exchange's documentation; a test compares the two.
"""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.errors import to_failure
from auditor.exchanges.unified.exchange import has_identification, unified_exchange
from auditor.exchanges.unified.recorder import CcxtError as Refusal
from auditor.exchanges.unified.spec import ReadRequest, UnifiedCall, UnifiedSpec
from auditor.spec.endpoint import Endpoint
from auditor.transport.ccxt.loader import exchange_class
from auditor.transport.identity import identify

CREDENTIALS = {"apiKey": "k" * 20, "secret": "c2VjcmV0" * 10 + "c2VjcmV0", "password": "p"}
# What an exchange must answer for its methods to come to their last request.
ANSWERS: dict[str, Any] = {
    "/v1/account/accounts?": {"status": "ok", "data": [{"id": "100", "type": "spot", "state": "working"}]},
    "/api/v3/account/settings": {"code": "00000", "data": {}},
    "/v2/user/uid": {"code": "200", "data": "1"},
    "/v2/user/api-key": {"code": "200", "data": []},
    "/api/v4/account/detail": {"user_id": "1", "ip_whitelist": []},
    "/api/v3/apiKeyInfo": {"accessKey": CREDENTIALS["apiKey"], "status": "VALID", "permissions": "SPOT_ACCOUNT_READ"},
    "/api/v3/uid": {"uid": "1"},
}
CURRENCIES = ("BTC", "ETH", "USDT", "USDC")
MARKET = {"id": "BTCUSDT", "symbol": "BTC/USDT", "base": "BTC", "quote": "USDT", "baseId": "BTC", "quoteId": "USDT"}
CURRENCY = {code: {"id": code, "code": code, "precision": 8, "valueScale": 8} for code in CURRENCIES}
KIND = {"spot": True, "type": "spot", "active": True, "precision": {}, "limits": {}, "settle": None, "contract": False}


def absent(exchange: str) -> Any:
    """ccxt's object for ``exchange`` on a network that answers nothing, and notes what was asked."""

    class Absent(exchange_class(exchange)):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__({**CREDENTIALS, "enableRateLimit": False})
            self.sent: set[ReadRequest] = set()
            self.refuses = ""
            self.asked = ("", "")

        async def fetch2(self, path: Any, api: Any = "public", method: Any = "GET", *rest: Any, **named: Any) -> Any:
            self.asked = (".".join(api) if isinstance(api, list) else str(api), str(path))
            return await super().fetch2(path, api, method, *rest, **named)

        async def fetch(self, url: str, method: str = "GET", headers: Any = None, body: Any = None) -> Any:
            parts = urlsplit(url)
            path = re.sub(r"/100(?=/|$)", "/*", parts.path)
            self.sent.add(ReadRequest(method, parts.hostname or "", path, *self.asked))
            if self.refuses and self.refuses in url:
                raise Refusal(400, "40084", "not in this mode", "ExchangeError")
            return next((body for part, body in ANSWERS.items() if part in url), {})

    return Absent()


async def sent(exchange: str) -> set[ReadRequest]:
    """Every request that an audit of ``exchange`` sends, in every mode of an account."""
    told = facts.load_spec(exchange)
    assert told is not None
    found: set[ReadRequest] = set()
    for refused in ("", "account/settings"):
        ccxt = absent(exchange)
        ccxt.options.update(told.options)
        ccxt.refuses = refused
        for ask in _questions(exchange, told, ccxt):
            await _whatever_comes(ask)
        found |= ccxt.sent
        await ccxt.close()
    return found


def _questions(exchange: str, told: UnifiedSpec, ccxt: Any) -> Iterator[Callable[[], Awaitable[Any]]]:
    table = unified_exchange(exchange)
    requests = {request.name: request for request in facts.read_requests(exchange)}

    async def ask(endpoint: Endpoint, params: Mapping[str, str]) -> object:
        request = requests[endpoint.path]
        try:
            body = await ccxt.fetch2(endpoint.path, request.section.split("."), request.method, dict(params))
        except Refusal as refusal:
            raise to_failure(refusal) from refusal
        return table.api.unwrap(body)

    if has_identification(exchange):
        yield lambda: identify(table.identification, ask, CREDENTIALS["apiKey"], readonly=True)
    yield ccxt.load_markets
    yield lambda: _made_up_markets(ccxt)
    yield from (_called(ccxt, call, requests.values()) for call in told.calls)
    yield lambda: ccxt.fetch_tickers(None, dict(told.tickers))


def _called(ccxt: Any, call: UnifiedCall, requests: Iterable[ReadRequest]) -> Callable[[], Awaitable[Any]]:
    named = {} if call.each is None else {"symbol": "BTC/USDT"} if call.each.what == "market" else {}
    value = "BTC" if call.each is not None and call.each.what == "security" else "100"
    each = {} if call.each is None or not call.each.param else {call.each.param: value}
    params = {**call.params, **each}
    if call.method == facts.ASK:
        request = next(request for request in requests if request.path == call.at)
        return lambda: ccxt.fetch2(request.name, request.section.split("."), request.method, params)
    return lambda: getattr(ccxt, call.method)(params=params, **named)


async def _made_up_markets(ccxt: Any) -> None:
    ccxt.set_markets([{**MARKET, **KIND}], CURRENCY)
    ccxt.load_markets = lambda *_arguments: _nothing()


async def _nothing() -> None:
    pass


async def _whatever_comes(ask: Callable[[], Awaitable[Any]]) -> None:
    with suppress(Exception):  # what was sent before it stumbled is what counts
        await ask()


if __name__ == "__main__":
    for each in sorted(asyncio.run(sent(sys.argv[1])), key=lambda r: (r.path, r.section)):
        sys.stdout.write(f"{each.method} {each.host} {each.path} {each.section} {each.name}\n")
