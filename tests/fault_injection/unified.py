"""The campaign at exchanges without a table: each place that a unified method reads, under each fault of an answer."""

import asyncio
import random
import traceback
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache, partial

from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.demo import Account, DemoExchange, serve
from auditor.exchanges.unified import spec as facts
from auditor.model.account import Options
from auditor.model.report import Report, Verdict
from auditor.model.snapshot import NotApplicable, Read, Reading
from tests.exchanges.memory import keep_what_is_loaded
from tests.exchanges.unified.conftest import IMITATED, account_of, as_account, without_tables
from tests.fault_injection.hidden import Key, held, held_rows, shown_keys
from tests.fault_injection.judging import FINE, Outcome, Result, told_reasons, understandable
from tests.fault_injection.plain import HOLDER, plain
from tests.fault_injection.running import small_bodies
from tests.fault_injection.unified_answers import ERROR, FIGURES, HARMLESS, LASTING, ONCE, ROW_FIGURES
from tests.fault_injection.unified_striking import UnifiedCell, UnifiedStrike, calls_of, leaves

SEED = 20260702
EVERYWHERE = "everywhere"
AT_ONCE = Options(pace=0, accept_unproven_key=True)
HANGING = Options(pace=0, accept_unproven_key=True, request_timeout=0.2, timeout=20.0)


def unified_cells() -> list[UnifiedCell]:
    """All of them, from what is written down of each exchange."""
    return [UnifiedCell(*cell) for exchange in facts.specified_exchanges() for cell in _of(exchange)]


def _of(exchange: str) -> Iterator[tuple[str, str, str]]:
    whole = (*sorted(ONCE), *LASTING, *HARMLESS, ERROR)
    yield from ((exchange, EVERYWHERE, fault) for fault in whole)
    for call in calls_of(exchange).values():
        figures = FIGURES if exchange in IMITATED and call.method == "fetch_balance" else ()
        of_a_row = ROW_FIGURES if exchange in IMITATED and call.figures else ()
        yield from ((exchange, call.id, fault) for fault in (*whole, *figures, *of_a_row))


def unified_sample(each: int) -> list[UnifiedCell]:
    """So many cells of every exchange."""
    chosen, by_exchange = random.Random(SEED), dict[str, list[UnifiedCell]]()
    for cell in unified_cells():
        by_exchange.setdefault(cell.exchange, []).append(cell)
    return [cell for some in by_exchange.values() for cell in chosen.sample(some, each)]


@contextmanager
def served(exchange: str) -> Iterator[tuple[DemoExchange, Account]]:
    """The exchange and an account there that holds things, where the demo has a folder for it."""
    if exchange in IMITATED:
        whose = account_of(exchange)
        with serve([whose], limits=False) as demo:
            yield demo, whose
    else:
        with plain(exchange) as demo:
            yield demo, HOLDER


def unified_work(*exchanges: str) -> list[Callable[[], list[Result]]]:
    """Every cell of these exchanges, or of all, in parts: an exchange's share its first audit."""
    return [partial(run_exchange, exchange) for exchange in exchanges or facts.specified_exchanges()]


def run_exchange(exchange: str) -> list[Result]:
    """Run every cell of one exchange, here."""
    keep_what_is_loaded()
    return [run_unified(cell) for cell in unified_cells() if cell.exchange == exchange]


def run_unified(cell: UnifiedCell) -> Result:
    """What came of one cell. Nothing but an error of the campaign itself gets out."""
    try:
        return Result(cell, *_outcome(cell))
    except Exception:  # noqa: BLE001 - this is what the campaign looks for
        return Result(cell, Outcome.UNHANDLED, traceback.format_exc().strip().splitlines()[-1])


def _outcome(cell: UnifiedCell) -> tuple[Outcome, str]:
    first = before(cell.exchange)
    own = [leaves(row) for key, row in held_rows(first.accounts[0].snapshot) if key[2] == cell.place]
    with served(cell.exchange) as (demo, whose):
        demo.fault = strike = UnifiedStrike(cell, own)
        with small_bodies(cell.fault):
            after = _audited(cell.exchange, demo, whose, HANGING if cell.fault == "hang" else AT_ONCE)
    if not strike.struck:
        return Outcome.NOTHING_THERE, "there is nothing for this fault to strike"
    outcome, detail = _judged(cell, first, after)
    lost = _outside(cell, strike, first) - shown_keys(after.accounts[0].snapshot)
    if lost and outcome in FINE:
        return Outcome.HIDDEN, f"seen before and not told now: {sorted(map(str, lost))}"
    return outcome, detail


def _outside(cell: UnifiedCell, strike: UnifiedStrike, first: Report) -> AbstractSet[Key]:
    """What the first audit holds and nothing struck: other places, and other rows where one is struck."""
    account = first.accounts[0].snapshot
    everything = held(account)
    if cell.fault in ONCE or cell.fault in HARMLESS:
        return everything
    if strike.row is not None:
        return {key for key, row in held_rows(account) if key[2] != cell.place or leaves(row) != strike.row}
    struck = set(calls_of(cell.exchange)) if cell.place == EVERYWHERE else _places_struck(cell, strike)
    return {key for key in everything if key[2] not in struck}


def _places_struck(cell: UnifiedCell, strike: UnifiedStrike) -> set[str]:
    """The places whose answers were struck, and those that are asked for what these show."""
    calls = calls_of(cell.exchange).values()
    struck = {call.id for call in calls if any(fnmatchcase(path, call.at) for path in strike.paths)}
    while more := {call.id for call in calls if call.each and struck & {*call.each.places}} - struck:
        struck |= more
    return struck


@cache
def before(exchange: str) -> Report:
    """The report of an audit in which nothing is wrong."""
    with served(exchange) as (demo, whose):
        return _audited(exchange, demo, whose, AT_ONCE)


def _audited(exchange: str, demo: DemoExchange, whose: Account, options: Options) -> Report:
    with without_tables():
        account = as_account(exchange, whose, demo.url)
        snapshot = asyncio.run(take_snapshot([account], options))
    return build_report(snapshot, now=snapshot.finished_at)


def _judged(cell: UnifiedCell, first: Report, after: Report) -> tuple[Outcome, str]:
    was, found = _readings(first, cell), _readings(after, cell)
    if Verdict.CLEAN in {first.verdict, after.verdict}:
        return Outcome.FALSE_CLEAN, "an exchange without a table is never clean"
    if cell.fault in ONCE or cell.fault in HARMLESS:
        same = first.verdict is after.verdict and list(map(_held, was)) == list(map(_held, found))
        return (Outcome.PASSED, "") if same else (Outcome.CHANGED, f"now {after.verdict}: {told_reasons(found)}")
    read = [reading for reading in found if isinstance(reading.result, Read)]
    if read or not found:
        return Outcome.NO_REASON, f"read in spite of it: {told_reasons(read)}"
    if not all(understandable(reading) for reading in found):
        return Outcome.NO_REASON, told_reasons(found)
    return Outcome.PASSED, ""


def _held(reading: Reading) -> tuple[str, object, int]:
    rows = reading.result.rows if isinstance(reading.result, Read) else -1
    return reading.surface, type(reading.result), rows


def _readings(report: Report, cell: UnifiedCell) -> list[Reading]:
    """The readings of the cell's place, or of every place that a method reads; at first that of the key."""
    places = {cell.place} if cell.place != EVERYWHERE else set(calls_of(cell.exchange))
    readings = report.accounts[0].snapshot.readings
    found = [r for r in readings if r.surface in places and not isinstance(r.result, NotApplicable)]
    return found or [r for r in readings if r.surface == "key"]


def unread_at_first(exchange: str) -> set[str]:
    """The places that are not read, or not asked, though nothing is wrong."""
    readings = {r.surface: r.result for r in before(exchange).accounts[0].snapshot.readings}
    return {name for name in calls_of(exchange) if not isinstance(readings.get(name), Read)}
