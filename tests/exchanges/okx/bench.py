"""Many audits against one demo exchange, each with its own account and its own fault."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.demo import Account, DemoExchange, Fault, serve
from auditor.model.account import Options
from tests.conftest import Audited, as_audited

AT_ONCE = Options(pace=0)


class Bench:
    """One running exchange, whose account and fault change from audit to audit."""

    def __init__(self, exchange: DemoExchange, runner: asyncio.Runner) -> None:
        self.exchange = exchange
        self._runner = runner

    def audit(self, *accounts: Account, fault: Fault | None = None, options: Options = AT_ONCE) -> Audited:
        for account in accounts:
            self.exchange.put(account)
        self.exchange._calls = []
        self.exchange.fault = fault
        audited = [as_audited(account, self.exchange.url) for account in accounts]
        snapshot = self._runner.run(take_snapshot(audited, options))
        report = build_report(snapshot, now=snapshot.finished_at)
        return Audited(report=report, snapshot=snapshot, calls=tuple(self.exchange.calls))


@contextmanager
def bench() -> Iterator[Bench]:
    """An exchange for as long as the block lasts."""
    with serve([], limits=False) as exchange, asyncio.Runner() as runner:
        yield Bench(exchange, runner)
