"""Run cells, a few at a time or all of them on every processor, and print what came of them."""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from multiprocessing import get_context
from unittest.mock import patch

from auditor.demo import Account, Fault
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.spec.blanks import AccountSetup
from auditor.spec.client import Result as Reading
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface
from auditor.transport import response
from auditor.transport.client import TableClient
from tests.conftest import DemoAudit
from tests.exchanges.bench import AT_ONCE, Bench, bench
from tests.exchanges.memory import keep_what_is_loaded
from tests.fault_injection.answers import BOMB, LARGEST
from tests.fault_injection.beside import NOTHING_BESIDE, Beside, beside
from tests.fault_injection.cells import Cell, cells
from tests.fault_injection.hidden import held_in
from tests.fault_injection.judging import FINE, Audits, Outcome, Result, judge
from tests.fault_injection.striking import Strike
from tests.fault_injection.venues import VENUES
from tests.remembered_readings import wrapped

LIMIT = 20.0
PART = 200
HANGING = Options(pace=0, request_timeout=0.1, timeout=LIMIT)


class Runner:
    """Runs cells at one exchange. ``remembering``: what no fault strikes is read once an account, not once a cell."""

    def __init__(self, at: Bench, *, remembering: bool = False) -> None:
        self._at = at
        self._remembering = remembering
        self.before = lru_cache(maxsize=None)(self._before)
        self.beside = lru_cache(maxsize=None)(self._beside)

    def run(self, cell: Cell) -> Result:
        """What came of one cell. Nothing but an error of the campaign itself gets out."""
        before = self.before(cell.exchange, cell.place, holding=cell.holding, beside=cell.beside)
        if cell.field and cell.asked.surface is not None and not _rows(before, cell):
            return Result(cell, Outcome.NOTHING_THERE, "there is no row on this account")
        more = self.beside(cell.exchange, cell.place) if cell.beside else NOTHING_BESIDE
        strike, began = Strike(cell, more), time.monotonic()
        options = HANGING if cell.fault == "hang" else AT_ONCE
        try:
            with small_bodies(cell.fault), setups_at(cell.place) as setups:
                after = self._audit(cell.exchange, cell.place, self._accounts(cell), strike.fault, options)
        except UserError as problem:
            return Result(cell, Outcome.PASSED, f"said to the user: {problem}")
        except BaseException:  # noqa: BLE001 - this is what the campaign looks for
            return Result(cell, Outcome.UNHANDLED, traceback.format_exc().strip().splitlines()[-1])
        if strike.broken is not None:
            return Result(cell, Outcome.UNHANDLED, f"the campaign cannot strike here: {strike.broken!r}")
        late = time.monotonic() - began > LIMIT
        rest = self.before(cell.exchange, cell.place, holding=False, beside=True) if cell.beside else None
        audits = Audits(before=before, after=after, rest=rest, setups=frozenset(setups))
        return judge(cell, audits, strike).seen_late(late=late)

    def _accounts(self, cell: Cell) -> tuple[Account, ...]:
        return self._accounts_of(cell.exchange, cell.place, holding=cell.holding, beside=cell.beside)

    def _accounts_of(self, exchange: str, place: str, *, holding: bool, beside: bool) -> tuple[Account, ...]:
        venue = VENUES[exchange]
        if beside:
            return venue.accounts_beside(place, self.beside(exchange, place), holding=holding)
        return venue.accounts(place, holding=holding) or ()

    def _before(self, exchange: str, place: str, *, holding: bool, beside: bool) -> DemoAudit:
        return self._audit(exchange, place, self._accounts_of(exchange, place, holding=holding, beside=beside))

    def _beside(self, exchange: str, place: str) -> Beside:
        """What can stand beside the one thing, told by the subjects of its records."""
        one = self.before(exchange, place, holding=True, beside=False)
        subjects = sorted(key[3] for key in held_in(one) if key[2] == place)
        return beside(VENUES[exchange].table, VENUES[exchange].samples, place, subjects)

    def _audit(
        self,
        exchange: str,
        place: str,
        accounts: tuple[Account, ...],
        fault: Fault | None = None,
        options: Options = AT_ONCE,
    ) -> DemoAudit:
        options = replace(options, readonly=VENUES[exchange].samples.options(place).readonly)
        if self._remembering:
            return self._at.audit_at(place, *accounts, fault=fault, options=options)
        return self._at.audit(*accounts, fault=fault, options=options)


@contextmanager
def setups_at(place: str) -> Iterator[set[AccountSetup]]:
    """How accounts are known to be set up when this place of theirs is read, within the block."""
    setups: set[AccountSetup] = set()
    real = TableClient._read

    async def read(client: TableClient, surface: Surface, scope: Scope, setup: AccountSetup, now: datetime) -> Reading:
        if surface.id == place:
            setups.add(setup)
        return await real(client, surface, scope, setup, now)

    with wrapped(TableClient, "_read", read):
        yield setups


def small_bodies(fault: str) -> AbstractContextManager[object]:
    """Within the block a bomb is a small one: the bound is what is tried, not the memory."""
    return patch.object(response, "LARGEST_BODY", LARGEST) if fault == BOMB else nullcontext()


def _rows(audited: DemoAudit, cell: Cell) -> int:
    found = (r.result for r in audited.snapshot.accounts[0].readings if r.surface == cell.place)
    return sum(getattr(result, "rows", 1) for result in found)


def run_some(some: Iterable[Cell]) -> list[Result]:
    """Run these cells, here."""
    keep_what_is_loaded()
    with bench() as at:
        runner = Runner(at, remembering=True)
        return [runner.run(cell) for cell in some]


def work(*exchanges: str) -> list[Callable[[], list[Result]]]:
    """The whole matrix in parts. Cells of one place stay together: they share its first audit."""
    every = sorted(cells(*exchanges))
    return [partial(run_some, every[start : start + PART]) for start in range(0, len(every), PART)]


def run_all(processes: int, parts: Sequence[Callable[[], list[Result]]]) -> list[Result]:
    """Run all parts on so many processes."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        under_way = [pool.submit(part) for part in parts]
        return [result for part in under_way for result in part.result()]


def wrong(results: Sequence[Result]) -> list[Result]:
    return [result for result in results if result.outcome not in FINE]


def table(results: Sequence[Result]) -> str:
    """The campaign's table: outcomes by fault, and every cell that cannot be told or is wrong, with its reason."""
    outcomes = [outcome for outcome in Outcome if any(result.outcome is outcome for result in results)]
    counted = Counter((result.cell.fault, result.outcome) for result in results)
    faults = list(dict.fromkeys(result.cell.fault for result in results))
    widest = max(map(len, faults), default=0)
    lines = ["  ".join(("fault".ljust(widest), *(outcome.rjust(len(outcome)) for outcome in outcomes)))]
    lines += [
        "  ".join((fault.ljust(widest), *(str(counted[fault, outcome]).rjust(len(outcome)) for outcome in outcomes)))
        for fault in (*faults,)
    ]
    totals = Counter(result.outcome for result in results)
    lines.append("  ".join(("in all".ljust(widest), *(str(totals[o]).rjust(len(o)) for o in outcomes))))
    asked = len(results) - totals[Outcome.NOTHING_THERE]
    lines.append(
        f"{asked} cells; false cleans: {totals[Outcome.FALSE_CLEAN]}; "
        f"hidden holdings: {totals[Outcome.HIDDEN]}; unhandled: {totals[Outcome.UNHANDLED]}; "
        f"undecidable: {totals[Outcome.UNDECIDABLE]}; left to the eye: {totals[Outcome.BY_EYE]}"
    )
    told = [r for r in results if r.outcome is Outcome.UNDECIDABLE or r.outcome not in FINE]
    return "\n".join([*lines, *(f"{r.outcome}: {r.cell}: {r.detail}" for r in told)])
