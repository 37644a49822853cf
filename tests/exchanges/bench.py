"""Many audits against demo exchanges that keep running, each with its own account and its own fault."""

from collections.abc import Collection, Coroutine, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from typing import TypeVar

from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.demo import Account, DemoExchange, Fault, serve
from auditor.model.account import Options
from auditor.model.snapshot import Snapshot
from tests.conftest import DemoAudit, configured_account, run
from tests.exchanges.memory import Memory
from tests.exchanges.places import table

T = TypeVar("T")
AT_ONCE = Options(pace=0)


class Bench:
    """One running demo exchange for each exchange whose accounts are audited."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._served: dict[str, DemoExchange] = {}
        self._memories: dict[str, Memory] = {}

    def at(self, exchange: str) -> DemoExchange:
        """The demo exchange of these accounts, which is started the first time."""
        if exchange not in self._served:
            self._served[exchange] = self._stack.enter_context(serve([], limits=False))
        return self._served[exchange]

    def put(self, account: Account) -> None:
        """Let the account with this key be ``account`` from now on."""
        self.at(account.exchange).put(account)

    def audit(
        self,
        *accounts: Account,
        fault: Fault | None = None,
        options: Options = AT_ONCE,
        afresh: Collection[str] | None = None,
    ) -> DemoAudit:
        """Audit accounts of one exchange in one pass, at which ``fault`` strikes.

        ``afresh``: the paths of endpoints that are asked over HTTP, where all else was answered before; None is all.
        """
        with nullcontext() if afresh is None else self._memory(accounts).kept(afresh):
            return self._audit(accounts, options, fault)

    def audit_at(
        self, place: str, *accounts: Account, fault: Fault | None = None, options: Options = AT_ONCE
    ) -> DemoAudit:
        """Audit accounts as `audit` does, at whose exchange only this place and what depends on it is read anew."""
        with self._memory(accounts).read(table(accounts[0].exchange).afresh(place, *accounts)):
            return self._audit(accounts, options, fault)

    def read_at(self, place: str, *accounts: Account, options: Options = AT_ONCE) -> None:
        """Read this place and what depends on it, judging nothing."""
        with self._memory(accounts).read(table(accounts[0].exchange).afresh(place, *accounts)):
            self._snapshot(accounts, options, None)

    def run(self, work: Coroutine[object, object, T]) -> T:
        """Finish some work in the loop of the audits: a loop of its own takes longer than most of it."""
        return run(work)

    def _audit(self, accounts: Collection[Account], options: Options, fault: Fault | None) -> DemoAudit:
        snapshot = self._snapshot(accounts, options, fault)
        report = build_report(snapshot, now=snapshot.finished_at)
        (exchange,) = {account.exchange for account in accounts}
        return DemoAudit(report=report, snapshot=snapshot, calls=tuple(self.at(exchange).calls))

    def _snapshot(self, accounts: Collection[Account], options: Options, fault: Fault | None) -> Snapshot:
        (exchange,) = {account.exchange for account in accounts}
        served = self.at(exchange)
        for account in accounts:
            served.put(account)
        served._calls = []
        served.fault = fault
        audited = [configured_account(account, served) for account in accounts]
        return self.run(take_snapshot(audited, options))

    def _memory(self, accounts: Collection[Account]) -> Memory:
        """What accounts like these were answered, whatever they hold."""
        alike = str([replace(account, books={}) for account in accounts])
        return self._memories.setdefault(alike, Memory())


@contextmanager
def bench() -> Iterator[Bench]:
    """Demo exchanges for as long as the block lasts."""
    with ExitStack() as stack:
        yield Bench(stack)
