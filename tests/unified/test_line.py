"""How an exchange without a table is asked, and what is said of what cannot be."""

import asyncio
import importlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from auditor.accounts import Account, Options
from auditor.audit import take_snapshot
from auditor.errors import Problem
from auditor.exchanges._unified.facts import Call, Pages, Window
from auditor.exchanges._unified.lists import Lists
from auditor.exchanges._unified.made import Made
from auditor.exchanges._unified.recording import Log, Swallowed, Told
from auditor.exchanges._unified.records import Answer
from auditor.exchanges._unified.troubles import failed
from auditor.report import Verdict
from auditor.reporting import build_report
from auditor.snapshot import Area, Trouble, Unread
from auditor.wire.fields import Malformed
from auditor.wire.guard import Refused
from auditor.wire.loading import exchange_class
from auditor.wire.paging import PageLost
from auditor.wire.transport import BadBody
from tests.unified.test_guard import account

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def audited(exchange: str, **options: Any) -> Any:
    snapshot = asyncio.run(take_snapshot([account(exchange)], Options(**{"pace": 0, **options})))
    return build_report(snapshot, now=snapshot.finished_at)


@pytest.mark.parametrize("exchange", ["bitstamp", "coinbaseinternational", "hyperliquid"])
def test_of_an_exchange_without_a_list_of_reads_nothing_is_asked_and_all_is_unread(exchange: str) -> None:
    report = audited(exchange)
    readings = report.accounts[0].snapshot.readings
    assert Verdict.INCOMPLETE is report.verdict
    assert set(Area) == {reading.area for reading in readings}
    assert {Trouble.NO_METHOD} == {r.result.trouble for r in readings if isinstance(r.result, Unread)}
    assert all(isinstance(reading.result, Unread) for reading in readings)


def test_a_key_that_cannot_prove_itself_is_refused_without_a_request() -> None:
    report = audited("mexc")
    assert (Verdict.REFUSED, 4) == (report.verdict, report.exit_code)
    assert "--accept-unproven-key" in (report.accounts[0].snapshot.refused or "")


def test_paper_trading_is_a_problem() -> None:
    paper = Account(name="x", exchange="kraken", credentials={}, sandbox=True)
    with pytest.raises(Problem, match="--sandbox"):
        asyncio.run(take_snapshot([paper], Options(pace=0)))


class Pages_:  # noqa: N801 - it stands in for what asks
    """Answers a call page by page, and notes what was asked."""

    def __init__(self, pages: list[tuple[list[Any], Any]]) -> None:
        self.pages: Iterator[tuple[list[Any], Any]] = iter(pages)
        self.asked: list[dict[str, Any]] = []
        self.ccxt = type("Ccxt", (), {"markets": {}})()

    async def call(self, call: Call, params: Any, symbol: str | None = None) -> tuple[Answer, list[Any]]:
        self.asked.append({**params, **({} if symbol is None else {"symbol": symbol})})
        rows, body = next(self.pages)
        return Answer(call, [(None, row) for row in rows], [], str), [body]


def call(**more: Any) -> Call:
    values = {"id": "p", "area": Area.ORDERS, "title": "P", "method": "fetch_open_orders", "at": "/x"}
    return Call(**{**values, **more})


def read(asked: Pages_, assets: set[str] | None = None, **more: Any) -> list[Any]:
    answers = asyncio.run(Lists(asked, call(**more), NOW).all(assets or set()))  # type: ignore[arg-type]
    return [row for answer in answers for _key, row in answer.rows]


def test_a_cursor_is_followed_to_its_end() -> None:
    asked = Pages_([([1, 2], {"n": "a"}), ([3], {"n": "b"}), ([4], {"n": ""})])
    assert [1, 2, 3, 4] == read(asked, pages=Pages(kind="cursor", param="c", at="n"))
    assert [{}, {"c": "a"}, {"c": "b"}] == asked.asked


def test_a_cursor_that_comes_again_is_a_page_lost() -> None:
    with pytest.raises(PageLost):
        read(Pages_([([1], {"n": "a"}), ([1], {"n": "a"})]), pages=Pages(kind="cursor", param="c", at="n"))


def test_pages_are_asked_until_one_is_empty_whatever_their_size() -> None:
    asked = Pages_([([1, 2], {}), ([3], {}), ([], {})])
    assert [1, 2, 3] == read(asked, pages=Pages(kind="page", param="p", first=1))
    assert [{"p": 1}, {"p": 2}, {"p": 3}] == asked.asked


def test_rows_are_skipped_by_how_many_came() -> None:
    asked = Pages_([([1, 2], {}), ([3], {}), ([], {})])
    assert [1, 2, 3] == read(asked, pages=Pages(kind="skip", param="o"))
    assert [{}, {"o": 2}, {"o": 3}] == asked.asked


def test_the_last_row_says_where_to_go_on() -> None:
    asked = Pages_([([{"id": "9"}, {"id": "8"}], {}), ([], {})])
    read(asked, pages=Pages(kind="last", param="before", at="id"))
    assert [{}, {"before": "8"}] == asked.asked
    with pytest.raises(PageLost, match="no id"):
        read(Pages_([([{}], {})]), pages=Pages(kind="last", param="before", at="id"))


def test_a_full_page_without_a_way_on_is_a_page_lost() -> None:
    assert [1] == read(Pages_([([1], {})]), size=2)
    with pytest.raises(PageLost, match="full"):
        read(Pages_([([1, 2], {})]), size=2)


def test_a_list_that_never_ends_is_a_page_lost() -> None:
    with pytest.raises(PageLost, match="more than"):
        read(Pages_([([n], {}) for n in range(1000)]), pages=Pages(kind="skip", param="o"))


def test_stretches_of_time_leave_no_gap() -> None:
    asked = Pages_([([], {})] * 5)
    read(asked, window=Window(start="from", end="to", days=30, back=100, unit="s"))
    edges = [(one["from"], one["to"]) for one in asked.asked]
    assert all(later[0] == earlier[1] for later, earlier in pairwise(edges))
    assert (NOW.timestamp(), (NOW - timedelta(days=100)).timestamp()) == (edges[0][1], edges[-1][0])


def market(base: str, quote: str, **more: Any) -> dict[str, Any]:
    return {"symbol": f"{base}/{quote}", "base": base, "quote": quote, "spot": True, "active": True, **more}


def test_a_list_that_must_name_its_market_is_asked_in_those_of_what_was_seen() -> None:
    asked = Pages_([([], {})] * 5)
    found = [market("BTC", "USDT"), market("ETH", "USDT"), market("BTC", "EUR", active=False), market("BTC", "USDC")]
    asked.ccxt.markets = {one["symbol"]: one for one in found}
    read(asked, {"BTC"}, each_market=True)
    assert [{"symbol": "BTC/USDT"}, {"symbol": "BTC/USDC"}] == asked.asked


def test_too_many_markets_are_not_asked_and_not_empty() -> None:
    asked = Pages_([])
    asked.ccxt.markets = {str(n): market("BTC", str(n)) for n in range(400)}
    with pytest.raises(Malformed, match="too many"):
        read(asked, {"BTC"}, each_market=True)


def ccxt_error(name: str) -> Exception:
    exchange_class("kraken")
    error: Exception = getattr(importlib.import_module("ccxt.base.errors"), name)("kraken needs something")
    return error


TROUBLES = {
    "ArgumentsRequired": Trouble.NO_METHOD,
    "NotSupported": Trouble.NO_METHOD,
    "RequestTimeout": Trouble.NETWORK,
    "ExchangeNotAvailable": Trouble.NETWORK,
    "BadResponse": Trouble.MALFORMED,
}


@pytest.mark.parametrize("name", TROUBLES)
def test_what_ccxt_raises_of_itself_is_a_trouble(name: str) -> None:
    assert TROUBLES[name] is failed(ccxt_error(name)).unread.trouble


def test_a_trouble_that_ccxt_keeps_to_itself_is_one_and_is_not_asked_away() -> None:
    class Quiet:
        log = Log()

        async def fetch_open_orders(self, params: Any) -> list[Any]:
            self.log.trouble = Told(503, None, "busy", "ExchangeNotAvailable")
            return []

    quiet = Made(Quiet(), None, None, {}, ())  # type: ignore[arg-type]
    with pytest.raises(Swallowed) as swallowed:
        asyncio.run(quiet.call(call(), {}))
    assert (Trouble.NETWORK, False) == (failed(swallowed.value).unread.trouble, failed(swallowed.value).retry)


ANSWERED = [
    (Told(200, "10003", "no", "AuthenticationError"), Trouble.CREDENTIALS, False),
    (Told(200, "10005", "no", "PermissionDenied"), Trouble.PERMISSION, False),
    (Told(429, None, "slow", "RateLimitExceeded"), Trouble.LIMITED, True),
    (Told(502, None, "bad", ""), Trouble.NETWORK, True),
    (Told(200, "1", "no", "ExchangeError"), Trouble.EXCHANGE, False),
    (Told(200, "400007", "no", "AuthenticationError"), Trouble.PERMISSION, False),
    (Refused("GET /x"), Trouble.SKIPPED, False),
    (BadBody("html"), Trouble.MALFORMED, True),
    (KeyError("x"), Trouble.MALFORMED, False),
]


@pytest.mark.parametrize(("error", "trouble", "again"), ANSWERED)
def test_an_error_is_a_trouble_and_says_whether_to_ask_again(error: Exception, trouble: Trouble, again: bool) -> None:
    found = failed(error, frozenset({"400007"}))
    assert (trouble, again) == (found.unread.trouble, found.retry)
