"""An audit of a stand-in's account in one call, and ccxt on a network that is not there."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import SecretStr

from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.demo import standins
from auditor.demo.standins.server import Call, Fault
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.model.records import Record
from auditor.model.report import Report
from auditor.model.snapshot import AccountSnapshot, NotApplicable, Read, Unread

SIX = ("kraken", "bybit", "kucoin", "gate", "bitget", "coinbase")
Holder = standins.Holder


@dataclass(frozen=True)
class Audited:
    """One pass. ``calls``: every request that reached the stand-ins."""

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


def as_account(exchange: str, holder: Holder, url: str | None) -> Account:
    values = {"apiKey": holder.apikey, "secret": holder.secret, "password": holder.passphrase}
    credentials = {name: SecretStr(values[name]) for name in load(exchange).credentials}
    return Account(name=holder.name, exchange=exchange, credentials=credentials, base_url=url)


def audit_standins(*chosen: tuple[str, Holder], fault: Fault | None = None, **options: Any) -> Audited:
    with ExitStack() as stack:
        accounts, served = [], []
        for exchange, holder in chosen:
            standin = stack.enter_context(standins.serve(exchange, [holder]))
            standin.fault = fault
            served.append(standin)
            accounts.append(as_account(exchange, holder, standin.url))
        snapshot = asyncio.run(take_snapshot(accounts, Options(**{"pace": 0, **options})))
        calls = tuple(call for standin in served for call in standin.calls)
    return Audited(build_report(snapshot, now=snapshot.finished_at), calls)


@pytest.fixture
def audit() -> Audit:
    """Audit an account at a stand-in: ``audit("kraken", "full")``, or one made for the test."""

    def one(exchange: str, holder: str | Holder = "full", **more: Any) -> Audited:
        given = standins.holder(exchange, holder) if isinstance(holder, str) else holder
        return audit_standins((exchange, given), **more)

    return one


@pytest.fixture(scope="session")
def full() -> dict[str, Audited]:
    """The full account of each stand-in, audited once for all tests."""
    return {exchange: audit_standins((exchange, standins.holder(exchange, "full"))) for exchange in SIX}


@pytest.fixture(scope="session")
def empty() -> dict[str, Audited]:
    """The empty account of each stand-in, audited once for all tests."""
    return {exchange: audit_standins((exchange, standins.holder(exchange, "empty"))) for exchange in SIX}
