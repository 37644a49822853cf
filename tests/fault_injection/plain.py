"""An exchange without a stand-in, as its own list of reads says that it looks when an account has next to nothing.

Nothing is signed, no market is listed but one: what is tried is what the program makes of the answers.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from auditor.demo.standins import Holder
from auditor.demo.standins.model import Sent, Venue
from auditor.demo.standins.server import StandIn, running
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.ccxt_account import Made
from tests.exchanges.unified.network import ANSWERS, CREDENTIALS, CURRENCY, KIND, MARKET

WELL: Mapping[str, Mapping[str, Any]] = {"htx": {"status": "ok"}, "phemex": {"code": 0}, "cryptocom": {"code": 0}}
"""What stands beside the rows in an answer that is no error."""
KEYS: Mapping[str, Any] = {
    "/v2/user/api-key": {
        "code": 200,
        "data": [{"accessKey": CREDENTIALS["apiKey"], "permission": "readOnly", "ipAddresses": "127.0.0.1"}],
    }
}
"""What is answered to the question what the key may do."""
HELD: Mapping[str, Any] = {
    "/api/v3/account": {"balances": [{"asset": "BTC", "free": "1", "locked": "0"}]},
    "/spot/wallets": {"data": [{"currency": "BTC", "balanceEv": "1", "lockedTradingBalanceEv": "0"}]},
}
"""What is held where orders are asked for in the markets of what is held."""
HOLDER = Holder("nobody", CREDENTIALS["apiKey"], CREDENTIALS["secret"], CREDENTIALS["password"])


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
    told = facts.told(exchange)
    assert told is not None
    rows = {call.at: call.rows for call in told.calls}
    found: dict[tuple[str, str], Any] = {}
    for request in facts.requests(exchange):
        path = request.path.replace("*", "100")
        body = HELD.get(path) or (empty(rows[request.path]) if request.path in rows else _fixed(path))
        found[request.method, path] = {**WELL.get(exchange, {}), **body} if isinstance(body, dict) else body
    return found


def _fixed(path: str) -> Any:
    return KEYS.get(path) or next((body for part, body in ANSWERS.items() if part.rstrip("?") == path), {})


def _whoever(_sent: Sent, _keys: Mapping[str, Holder]) -> Holder:
    return HOLDER


def _answering(body: Any) -> Any:
    return lambda _asked: body


@contextmanager
def plain(exchange: str) -> Iterator[StandIn]:
    """Run it for as long as the block lasts; the program knows its one market meanwhile."""
    reads = {asked: _answering(body) for asked, body in answers(exchange).items()}
    venue = Venue(exchange, reads, frozenset(), _whoever, lambda sent: sent.query, {})
    with pytest.MonkeyPatch.context() as patch, running(StandIn(venue, [HOLDER], {})) as standin:
        patch.setattr(Made, "load_markets", _one_market)
        yield standin


async def _one_market(made: Made) -> None:
    if not made._loaded:
        made.ccxt.set_markets([{**MARKET, **KIND}], CURRENCY)
        made.ccxt.load_markets = _nothing
        made._loaded = True


async def _nothing(*_arguments: object) -> None:
    pass
