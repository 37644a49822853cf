"""From a snapshot to a report: rules, dust, verdict and requirements put together. Touches no network."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import auditor
from auditor.assessment import verdict
from auditor.assessment.account_view import View
from auditor.assessment.overlap import told_elsewhere
from auditor.model.report import AccountReport, DustLine, Report, Tool, Verdict
from auditor.model.snapshot import Snapshot
from auditor.rules import _engine as judge
from auditor.settings.exchange_facts import config_sha256, exchange_config


def build_report(snapshot: Snapshot, *, now: datetime, tool: Tool | None = None) -> Report:
    """Judge one pass. ``tool`` defaults to this program."""
    findings = judge.findings(snapshot)
    configs = {account.exchange: exchange_config(account.exchange) for account in snapshot.accounts}
    accounts = tuple(
        AccountReport(snapshot=account, verdict=verdict.judge_account(account, findings))
        for account in snapshot.accounts
    )
    return Report(
        generated_at=now,
        confirmed_at=_confirmed(accounts),
        tool=tool or this_tool(),
        verdict=verdict.overall(account.verdict for account in accounts),
        accounts=accounts,
        requirements=verdict.requirements(snapshot, findings, configs),
        findings=findings,
        dust=tuple(_dust(snapshot)),
        window=snapshot.window,
    )


def _confirmed(accounts: Iterable[AccountReport]) -> datetime | None:
    """Until when every clean account is known to have been so: None for no account, or one that nobody confirmed."""
    times = [account.snapshot.confirmed_at for account in accounts if account.verdict is Verdict.CLEAN]
    known = [time for time in times if time is not None]
    return min(known) if known and len(known) == len(times) else None


def this_tool() -> Tool:
    """Name the versions of this program, of ccxt, and of the facts in ``config/``."""
    return Tool(version=auditor.__version__, ccxt=_ccxt_version(), config_sha256=config_sha256())


@cache
def _ccxt_version() -> str:
    try:
        return version("ccxt")
    except PackageNotFoundError:  # pragma: no cover - ccxt is required; a bare checkout may lack its metadata
        return "unknown"


def _dust(snapshot: Snapshot) -> Iterator[DustLine]:
    from auditor.assessment.dust import dust_lines  # noqa: PLC0415 - it pulls in the market arithmetic, which few reports need

    elsewhere = told_elsewhere(snapshot)
    for account in snapshot.accounts:
        yield from dust_lines(View(snapshot, account), elsewhere)
