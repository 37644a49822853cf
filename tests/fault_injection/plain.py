"""An exchange that the demo has no folder for, as its list of reads shows an account that has next to nothing.

Nothing is signed, no market is listed but one: what is tried is what the program makes of the answers.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from auditor.demo import Account, DemoExchange, Fault, serve
from auditor.demo.venue import Request, State, TableVenue
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.ccxt_account import UnifiedAccount
from tests.exchanges.unified.network import ANSWERS, CREDENTIALS, CURRENCY, KIND, MARKET

WELL: Mapping[str, Mapping[str, Any]] = {"htx": {"status": "ok"}, "phemex": {"code": 0}, "cryptocom": {"code": 0}}
"""What stands beside the rows in an answer that is no error."""
KEYS: Mapping[str, Any] = {
    "/v2/user/api-key": {
        "code": 200,
        "data": [{"accessKey": CREDENTIALS["apiKey"], "permission": "readOnly", "ipAddresses": "127.0.0.1"}],
    },
    "/api/v3/apiKeyInfo": {
        "accessKey": CREDENTIALS["apiKey"],
        "status": "VALID",
        "permissions": "SPOT_ACCOUNT_READ",
        "ipWhiteList": "127.0.0.1",
    },
    "/api/v3/uid": {"uid": "1"},
}
"""What is answered to the question what the key may do."""
HELD: Mapping[str, Any] = {
    "/api/v3/account": {"balances": [{"asset": "BTC", "free": "1", "locked": "0"}]},
    "/spot/wallets": {"data": [{"currency": "BTC", "balanceEv": "1", "lockedTradingBalanceEv": "0"}]},
}
"""What is held where orders are asked for in the markets of what is held."""
TOTALS: Mapping[str, Any] = {"/v2/account/valuation": {"data": {"totalBalance": "0", "profitAccountBalanceList": []}}}
"""What is answered to the question for totals where there is nothing."""
HOLDER = Account(
    "nobody",
    apikey=CREDENTIALS["apiKey"],
    secret=CREDENTIALS["secret"],
    passphrase=CREDENTIALS["password"],
)


def empty(rows: str) -> Any:
    """The answer whose rows lie at ``rows`` and are none."""
    first, _dot, rest = rows.partition(".")
    if first == "{}":
        return {}
    if first in {"*", "+"}:
        return [empty(rest)] if rest else []
    return {first.removesuffix("?"): empty(rest)} if first else []


def answers(exchange: str) -> dict[tuple[str, str], Any]:
    """What is answered, by method and path."""
    told = facts.load_spec(exchange)
    assert told is not None
    rows = {call.at: call.rows for call in told.calls}
    found: dict[tuple[str, str], Any] = {}
    for request in facts.read_requests(exchange):
        path = request.path.replace("*", "100")
        body = (
            HELD.get(path) or TOTALS.get(path) or (empty(rows[request.path]) if request.path in rows else _fixed(path))
        )
        found[request.method, path] = {**WELL.get(exchange, {}), **body} if isinstance(body, dict) else body
    return found


def _fixed(path: str) -> Any:
    return KEYS.get(path) or next((body for part, body in ANSWERS.items() if part.rstrip("?") == path), {})


def _whoever(_request: Request, _state: State) -> Account:
    return HOLDER


def _answering(body: Any) -> Any:
    return lambda _asked: body


@contextmanager
def plain(exchange: str, fault: Fault | None = None) -> Iterator[DemoExchange]:
    """Run it for as long as the block lasts; the program knows its one market meanwhile."""
    reads = {asked: _answering(body) for asked, body in answers(exchange).items()}
    venue = TableVenue(exchange, ("/",), reads, frozenset(), _whoever, {})
    holder = HOLDER.with_(exchange=exchange)
    with pytest.MonkeyPatch.context() as patch, serve([holder], venues=[venue], limits=False, fault=fault) as served:
        patch.setattr(UnifiedAccount, "load_markets", _one_market)
        yield served


async def _one_market(made: UnifiedAccount) -> None:
    if not made._loaded:
        made.ccxt.set_markets([{**MARKET, **KIND}], CURRENCY)
        made.ccxt.load_markets = _nothing
        made._loaded = True


async def _nothing(*_arguments: object) -> None:
    pass
