"""An audit of a demo account by the unified reader in one call, as if no exchange that it knows had a table."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest
from pydantic import SecretStr

from auditor import demo
from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.demo import Call, Fault
from auditor.exchanges import registry
from auditor.exchanges.registry import load
from auditor.exchanges.unified import spec as facts
from auditor.model.account import Account, Options
from auditor.model.records import Record
from auditor.model.report import Report
from auditor.model.snapshot import AccountSnapshot, NotApplicable, Read, Unread
from tests import standing
from tests.conftest import run

IMITATED = tuple(one for one in demo.exchanges() if (spec := facts.load_spec(one)) is not None and spec.proof)
"""Exchanges whose keys the unified reader proves and whose places the demo imitates. A new table's demo has fewer."""


@contextmanager
def without_tables() -> Iterator[None]:
    """Within the block the unified reader reads whatever it can, also an exchange that has a table by now."""
    left = tuple(exchange for exchange in registry.table_ids() if exchange not in facts.specified_exchanges())
    with patch.object(registry, "table_ids", lambda: left):
        yield


@pytest.fixture(autouse=True)
def unified_only() -> Iterator[None]:
    """Test the unified reader, whatever tables there are."""
    with without_tables():
        yield


@dataclass(frozen=True)
class Audited:
    """One pass. ``calls``: every request that reached the demo exchanges."""

    report: Report
    calls: tuple[Call, ...]

    @property
    def account(self) -> AccountSnapshot:
        return self.report.accounts[0].snapshot

    def result(self, place: str) -> Read | Unread | NotApplicable:
        return next(r.result for r in self.account.readings if r.surface == place)

    def records(self, place: str) -> tuple[Record, ...]:
        result = self.result(place)
        assert isinstance(result, Read), result
        return tuple(record for record in result.records if record.holds)

    def unread(self, place: str) -> Unread:
        result = self.result(place)
        assert isinstance(result, Unread), result
        return result


Audit = Callable[..., Audited]


def account_of(exchange: str, name: str = "messy") -> demo.Account:
    """A named account of the exchange."""
    return demo.account(demo.full_name(name, exchange))


def as_account(exchange: str, account: demo.Account, url: str | None) -> Account:
    """How the program sees a demo account at ``url``."""
    values = {"apiKey": account.apikey, "secret": account.secret, "password": account.passphrase}
    credentials = {name: SecretStr(values[name]) for name in load(exchange).api.credentials}
    return Account(name=account.name, exchange=exchange, credentials=credentials, base_url=url)


def audit_accounts(*chosen: demo.Account, fault: Fault | None = None, **options: Any) -> Audited:
    """Audit these accounts in one pass, each at a demo exchange of its own."""
    with ExitStack() as stack, without_tables(), standing.reused():
        served = [stack.enter_context(demo.serve([account], fault=fault, limits=False)) for account in chosen]
        accounts = [as_account(one.exchange, one, at.url) for one, at in zip(chosen, served, strict=True)]
        snapshot = run(take_snapshot(accounts, Options(**{"pace": 0, **options})))
        calls = tuple(call for exchange in served for call in exchange.calls)
    return Audited(build_report(snapshot, now=snapshot.finished_at), calls)


@pytest.fixture
def audit() -> Audit:
    """Audit a demo account: ``audit("kraken", "messy")``, or one made for the test."""

    def one(exchange: str, account: str | demo.Account = "messy", **more: Any) -> Audited:
        return audit_accounts(account_of(exchange, account) if isinstance(account, str) else account, **more)

    return one


@pytest.fixture(scope="session")
def messy() -> dict[str, Audited]:
    """The messy account of each exchange, audited once for all tests."""
    return {exchange: audit_accounts(account_of(exchange, "messy")) for exchange in IMITATED}


@pytest.fixture(scope="session")
def empty() -> dict[str, Audited]:
    """The empty account of each exchange, audited once for all tests."""
    return {exchange: audit_accounts(account_of(exchange, "empty")) for exchange in IMITATED}
