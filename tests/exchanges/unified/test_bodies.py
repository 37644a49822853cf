"""Six more exchanges, that the demo does not imitate: what they answer, as ccxt describes it, is read row by row."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.exchanges.unified import spec as facts
from auditor.model.account import Options
from auditor.model.report import Verdict
from auditor.model.snapshot import Read
from tests.exchanges.unified.bodies import BODIES
from tests.exchanges.unified.conftest import IMITATED, as_account
from tests.fault_injection import plain

FOUND = {
    "bitfinex": {
        "exchange": ["BTC 0.5"],
        "margin": ["BTC 0.25"],
        "funding": ["USDT 7"],
        "orders": ["1001 0.1"],
        "positions": ["tBTCUSDT:long 0.02"],
        "movements": ["1329 0.24"],
    },
    "cryptocom": {
        "wallet": ["BTC 0.0002"],
        "orders": ["6530 0.0002"],
        "positions": ["BTCUSD-PERP:long 0.0001"],
        "deposits": ["62 0.001"],
        "withdrawals": ["57 0.0005"],
    },
    "deribit": {"summaries": ["BTC 0.0006"], "orders-btc": ["ETH-349249 40"], "positions": ["BTC-PERPETUAL:long 10"]},
    "htx": {
        "spot": ["BTC 0.5", "BTC:1 0.5"],
        "cross-margin": ["BTC 1", "BTC:2 -2"],
        "isolated-margin": ["USDT 3", "USDT:1 3"],
        "linear": ["USDT 174.2"],
        "inverse-swap": ["BTC 0.4"],
        "inverse-futures": ["ETH 0.3"],
        "positions-linear": ["BTC-USDT:long 1"],
        "positions-inverse-swap": ["BTC-USD:long 1"],
        "positions-inverse-futures": ["BTC220624:long 1"],
        "orders": ["13997 0.045"],
        "deposits": ["751 28"],
    },
    "mexc": {
        "spot": ["BTC 1"],
        "futures": ["USDT 3"],
        "orders": ["1337 0.0002"],
        "futures-orders": ["99 1"],
        "positions": ["BTC_USDT:long 1"],
        "deposits": ["demo 10"],
        "withdrawals": ["ad 1"],
    },
    "phemex": {
        "spot": ["BTC 0.00000001"],
        "orders": ["d1d0 None"],
        "deposits": ["29200 30"],
        "withdrawals": ["10001 88"],
    },
}
# Three places are rows of this one list.
SHARED = "/v2/auth/r/wallets"
OPTIONS = Options(pace=0, accept_unproven_key=True)


def once(body: Any, then: Any) -> Any:
    """Answers so the first time, and with nothing more after that, as a list's next page would."""
    bodies: Iterator[Any] = iter([body])
    return lambda _asked: next(bodies, then)


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exchanges that the demo does not imitate answer with the rows of `BODIES`, once each."""
    empty = plain.answers
    answer = plain._answering

    def rows(exchange: str) -> dict[tuple[str, str], Any]:
        found = empty(exchange)
        for method, path in found:
            then, body = found[method, path], BODIES[exchange].get(path)
            beside = then if isinstance(then, dict) else {}
            shown = then if body is None else {**beside, **body} if isinstance(body, dict) else body
            found[method, path] = answer(shown) if path == SHARED else once(shown, then)
        return found

    monkeypatch.setattr(plain, "answers", rows)
    monkeypatch.setattr(plain, "_answering", lambda body: body)


@pytest.mark.usefixtures("answering")
@pytest.mark.parametrize("exchange", BODIES)
def test_every_row_that_an_exchange_gives_is_found(exchange: str) -> None:
    told = facts.load_spec(exchange)
    assert told is not None
    with plain.plain(exchange) as served:
        account = as_account(exchange, plain.HOLDER, served.url)
        snapshot = asyncio.run(take_snapshot([account], OPTIONS))
    results = {reading.surface: reading.result for reading in snapshot.accounts[0].readings}
    read = {call.id: results[call.id] for call in told.calls}
    assert [] == [result for result in read.values() if not isinstance(result, Read)]
    assert FOUND[exchange] == {
        place: said for place, result in read.items() if isinstance(result, Read) and (said := _amounts(result))
    }
    assert Verdict.BLOCKED is build_report(snapshot, now=snapshot.finished_at).verdict


def _amounts(result: Read) -> list[str]:
    amounts = ((r.subject, getattr(r, "amount", None)) for r in result.records if r.holds)
    return [f"{name} {amount if amount is None else format(amount, 'f')}" for name, amount in amounts]


def test_every_exchange_without_a_stand_in_is_tried() -> None:
    assert {*facts.specified_exchanges()} == {*IMITATED, *BODIES}
