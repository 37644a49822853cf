"""How an exchange without a table is asked, and what is said of what cannot be."""

import asyncio
import importlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.exchanges.unified.ccxt_account import UnifiedAccount
from auditor.exchanges.unified.errors import to_failure
from auditor.exchanges.unified.exchange import scopes_when_read
from auditor.exchanges.unified.recorder import CcxtError, Log, SwallowedError
from auditor.exchanges.unified.spec import UnifiedCall
from auditor.i18n import verbatim
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.model.report import Verdict
from auditor.model.snapshot import Read, Reading, Standing, Trouble, Unread
from auditor.spec.reader import Scope
from auditor.transport.ccxt.answer_errors import BadBodyError
from auditor.transport.ccxt.loader import exchange_class
from auditor.transport.guard import NotAllowedError
from tests.exchanges.unified.test_guard import account

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
    report = audited("phemex")
    assert (Verdict.REFUSED, 4) == (report.verdict, report.exit_code)
    assert "--accept-unproven-key" in str(report.accounts[0].snapshot.refused)


def test_paper_trading_is_a_problem() -> None:
    paper = Account(name="x", exchange="kraken", credentials={}, sandbox=True)
    with pytest.raises(UserError, match="--sandbox"):
        asyncio.run(take_snapshot([paper], Options(pace=0)))


def call(**more: Any) -> UnifiedCall:
    values = {"id": "p", "area": Area.ORDERS, "title": "P", "method": "fetch_open_orders", "at": "/x"}
    return UnifiedCall(**{**values, **more})


def test_what_depends_on_another_place_is_asked_only_when_that_was_read() -> None:
    def of(result: Any) -> Reading:
        standing = Standing.DOCUMENTED
        return Reading(surface="w", area=Area.BALANCES, title="W", standing=standing, endpoint="", result=result)

    found = of(Read(records=(), rows=0, at=NOW))
    lost = of(Unread(reason=verbatim("no"), trouble=Trouble.NETWORK))
    assert [Scope()] == scopes_when_read(["w"], {"w": [found], "other": [lost]})
    assert [None, None] == [scopes_when_read(["w"], {"w": readings}) for readings in ([found, lost], [])]


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
    assert TROUBLES[name] is to_failure(ccxt_error(name)).unread.trouble


def test_a_trouble_that_ccxt_keeps_to_itself_is_one_and_is_not_asked_away() -> None:
    class Quiet:
        log = Log()
        currencies: Mapping[str, Any] = {}

        async def fetch2(self, *_arguments: Any) -> Any: ...

        async def fetch_open_orders(self, params: Any) -> list[Any]:
            self.log.trouble = CcxtError(503, None, "busy", "ExchangeNotAvailable")
            return []

    quiet = UnifiedAccount(Quiet(), None, None, {}, ())  # type: ignore[arg-type]
    with pytest.raises(SwallowedError) as swallowed:
        asyncio.run(quiet.call(call(), {}))
    assert (Trouble.NETWORK, False) == (to_failure(swallowed.value).unread.trouble, to_failure(swallowed.value).retry)


ANSWERED = [
    (CcxtError(200, "10003", "no", "AuthenticationError"), Trouble.CREDENTIALS, False),
    (CcxtError(200, "10005", "no", "PermissionDenied"), Trouble.PERMISSION, False),
    (CcxtError(429, None, "slow", "RateLimitExceeded"), Trouble.LIMITED, True),
    (CcxtError(502, None, "bad", ""), Trouble.NETWORK, True),
    (CcxtError(200, "1", "no", "ExchangeError"), Trouble.EXCHANGE, False),
    (CcxtError(200, "400007", "no", "AuthenticationError"), Trouble.PERMISSION, False),
    (NotAllowedError("GET /x"), Trouble.SKIPPED, False),
    (BadBodyError("html"), Trouble.MALFORMED, True),
    (KeyError("x"), Trouble.MALFORMED, False),
]


@pytest.mark.parametrize(("error", "trouble", "again"), ANSWERED)
def test_an_error_is_a_trouble_and_says_whether_to_ask_again(error: Exception, trouble: Trouble, again: bool) -> None:
    found = to_failure(error, frozenset({"400007"}))
    assert (trouble, again) == (found.unread.trouble, found.retry)
