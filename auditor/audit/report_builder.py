"""Report of a snapshot: findings, dust, verdicts and requirements. No network access."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import auditor
from auditor.assessment import verdict
from auditor.assessment.account_view import AccountView
from auditor.assessment.overlap import counted_elsewhere
from auditor.model.report import AccountReport, DustLine, Report, Tool, Verdict
from auditor.model.snapshot import Snapshot
from auditor.rules import _engine as judge
from auditor.settings.exchange_facts import config_sha256, exchange_config

_LOGGER = logging.getLogger(__name__)


def build_report(snapshot: Snapshot, *, now: datetime, tool: Tool | None = None) -> Report:
    """Return the report of one pass. ``tool`` defaults to this program."""
    findings = judge.findings(snapshot)
    configs = {account.exchange: exchange_config(account.exchange) for account in snapshot.accounts}
    accounts = tuple(
        AccountReport(snapshot=account, verdict=verdict.judge_account(account, findings))
        for account in snapshot.accounts
    )
    return Report(
        generated_at=now,
        confirmed_at=_confirmed_at(accounts),
        tool=tool or this_tool(),
        verdict=verdict.overall_verdict(account.verdict for account in accounts),
        accounts=accounts,
        requirements=verdict.requirements(snapshot, findings, configs),
        findings=findings,
        dust=tuple(_dust(snapshot)),
        window=snapshot.window,
    )


def _confirmed_at(accounts: Iterable[AccountReport]) -> datetime | None:
    """Return the earliest confirmation time of the clean accounts.

    None if no account is clean, or if a clean one was not confirmed.
    """
    times = [account.snapshot.confirmed_at for account in accounts if account.verdict is Verdict.CLEAN]
    confirmed_times = [time for time in times if time is not None]
    return min(confirmed_times) if confirmed_times and len(confirmed_times) == len(times) else None


@cache
def this_tool() -> Tool:
    """Return the versions of this program, of ccxt, and of the facts in ``config/``, which a process reads once."""
    return Tool(version=auditor.__version__, ccxt=_ccxt_version(), config_sha256=config_sha256())


def _ccxt_version() -> str:
    try:
        return version("ccxt")
    except PackageNotFoundError:  # pragma: no cover - ccxt is required, but its metadata may be missing in a checkout
        return "unknown"


def _dust(snapshot: Snapshot) -> Iterator[DustLine]:
    from auditor.assessment.dust import dust_lines  # noqa: PLC0415 - market arithmetic that few reports need

    elsewhere = counted_elsewhere(snapshot)
    for account in snapshot.accounts:
        try:
            yield from dust_lines(AccountView(snapshot, account), elsewhere)
        except Exception as error:
            _LOGGER.debug("the dust of an account could not be listed", exc_info=error)
