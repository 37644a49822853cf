"""The last check of an account: kept after each audit, and found again by the commands that work on it."""

# ruff: noqa: PLC0415 - the database and what judges a check are loaded only when one is kept or looked for

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from auditor.cli.runtime.reader import Runtime
from auditor.cli.runtime.related_accounts import has_related_accounts
from auditor.i18n import Message, _, counted, sentences
from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.model.report import AccountReport, Report, Verdict
from auditor.model.snapshot import AccountSnapshot, Read
from auditor.security.redaction import SECRETS

if TYPE_CHECKING:
    from auditor.history.database_url import Location
    from auditor.history.models import AccountState, ConfiguredAccount
    from auditor.history.serialization import Pass
    from auditor.history.store import History

PATIENCE = 5.0
"""Seconds to wait for another process that is writing: the report is on the screen already."""
CLOCK_TOLERANCE = timedelta(minutes=5)
"""A check dated further ahead was dated by a wrong clock: it would look new for as long."""
MINUTES_SHOWN, HOURS_SHOWN = 120, 48
"""A larger age is shown in the next larger unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStorage:
    """Where checks are kept. ``history``: a file or URL, None for the default; ``wanted``: whether they are at all."""

    history: str | None = None
    wanted: bool = True


class NoStoredCheckError(UserError):
    """There is no stored check to work on; the message says why, and that the exchange is asked."""


def check_storage(storage: CheckStorage) -> None:
    """Raise UserError for a history that the user named and that cannot be one, before any request is made."""
    from auditor.history.database_url import parse_location

    if storage.wanted and storage.history is not None:
        parse_location(storage.history)


def store_check(
    report: Report, started_at: datetime, accounts: Sequence[Account], storage: CheckStorage, runtime: Runtime
) -> None:
    """Keep the check of ``accounts``; say it if that fails.

    One in which nothing could be read is not kept, so that it takes the place of no other.
    """
    from auditor.history.serialization import Pass

    if not storage.wanted or not any(map(_is_read, report.accounts)):
        return
    started = min(started_at, report.generated_at)
    done = Pass(started_at=started, finished_at=report.generated_at, report=report, window=report.window)
    try:
        _keep(done, accounts, storage, runtime)
    except UserError as problem:
        runtime.say(sentences(_("This check was not kept."), problem.message))


def find_check(accounts: Sequence[Account] | None, storage: CheckStorage) -> Report:
    """Return the report of the last check of ``accounts``, None for those that were checked last.

    Raises NoStoredCheckError.
    """
    if not storage.wanted:
        raise NoStoredCheckError(_("--no-history uses no earlier check, so the exchange is asked now."))
    problem: UserError | None = None
    try:
        places = list(_existing(storage))
    except UserError as found:
        if storage.history is not None:
            raise
        places, problem = [], found
    for place in places:
        try:
            return SECRETS.data(_check_in(place, accounts))
        except UserError as found:
            problem = problem or found
    if problem is None:
        problem = _missing()
    if isinstance(problem, NoStoredCheckError):
        raise problem
    raise NoStoredCheckError(sentences(problem.message, _("The exchange is asked now.")))


def age_note(report: Report, *, named: bool) -> Message:
    """Return the sentence about the age of a stored check; ``named``: name its accounts too."""
    age = _age(datetime.now(UTC) - report.generated_at)
    if not named:
        return _("From the check {age}. --fresh asks again.").format(age=age)
    names = ", ".join(account.snapshot.name for account in report.accounts)
    return _("From the check of {names} {age}. --fresh asks again.").format(names=names, age=age)


def _age(age: timedelta) -> Message:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < MINUTES_SHOWN:
        return counted(minutes, _("{count} minute ago"), _("{count} minutes ago"))
    hours = minutes // 60
    if hours < HOURS_SHOWN:
        return counted(hours, _("{count} hour ago"), _("{count} hours ago"))
    return counted(hours // 24, _("{count} day ago"), _("{count} days ago"))


def _keep(done: "Pass", accounts: Sequence[Account], storage: CheckStorage, runtime: Runtime) -> None:
    """Store a pass, in the history beside it where one is damaged. Raises UserError."""
    from auditor.history.database import DamagedHistoryError
    from auditor.history.database_url import beside, parse_location
    from auditor.history.store import History
    from auditor.watch.audit_pass import to_configured_account

    reported = {account.snapshot.name: _reported(account.snapshot) for account in done.report.accounts}
    configured = reported | {account.name: to_configured_account(account) for account in accounts}
    location = parse_location(storage.history)
    *others, last = (location, *beside(location))
    for place in others:
        try:
            with History(place, patience=PATIENCE) as history:
                history.keep(done, configured)
        except DamagedHistoryError as problem:
            runtime.say(problem.message)
        else:
            return
    with History(last, patience=PATIENCE) as history:
        history.keep(done, configured)


def _reported(account: AccountSnapshot) -> "ConfiguredAccount":
    """Return the identity of an account that was found on the way to those that are configured."""
    from auditor.history.models import ConfiguredAccount

    return ConfiguredAccount(
        name=account.name, exchange=account.exchange, environment=account.environment, uid=account.uid
    )


def _existing(storage: CheckStorage) -> "Iterator[Location]":
    from auditor.history.database_url import beside, parse_location

    location = parse_location(storage.history)
    for place in (location, *beside(location)):
        if place.file is None or place.file.exists():
            yield place


def _check_in(place: "Location", accounts: Sequence[Account] | None) -> Report:
    """Return the report of the last check in one history. Raises UserError."""
    from auditor.history.store import History

    with History(place, patience=PATIENCE) as history:
        return _last_report(history) if accounts is None else _report_on(history, accounts)


def _last_report(history: "History") -> Report:
    number = history.newest_id()
    if not number:
        raise _missing()
    report = history.load(number).report
    _check_usable(report)
    return report


def _report_on(history: "History", accounts: Sequence[Account]) -> Report:
    """Return the report of the last check, which must have been of all of these accounts together."""
    states = list(_states(history, accounts))
    if len({state.pass_id for state in states}) > 1:
        raise NoStoredCheckError(_("Your accounts were not checked together, so the exchange is asked now."))
    whole, names = history.load(states[0].pass_id).report, {state.name for state in states}
    if has_related_accounts(whole, names):
        raise NoStoredCheckError(_("Related accounts were checked as well, so the exchange is asked now."))
    report = restrict_to(whole, names)
    _check_usable(report)
    by_name = {account.snapshot.name: account.snapshot.host for account in report.accounts}
    for account, state in zip(accounts, states, strict=True):
        is_elsewhere = account.base_url is not None and urlsplit(account.base_url).netloc != by_name[state.name]
        # A stored check does not say where each service was asked.
        if is_elsewhere or account.service_urls:
            raise _missing()
    return report


def _states(history: "History", accounts: Sequence[Account]) -> "Iterator[AccountState]":
    from auditor.watch.audit_pass import to_configured_account

    for account in accounts:
        state = history.newest_state(to_configured_account(account))
        if state is None:
            raise _missing()
        yield state


def restrict_to(report: Report, names: Collection[str]) -> Report:
    """Return ``report`` as if only these accounts had been checked."""
    from auditor.assessment.verdict import overall_verdict

    accounts = tuple(account for account in report.accounts if account.snapshot.name in names)
    exchanges = {account.snapshot.exchange for account in accounts}
    clean = [account.snapshot.confirmed_at for account in accounts if account.verdict is Verdict.CLEAN]
    return replace(
        report,
        accounts=accounts,
        findings=tuple(finding for finding in report.findings if finding.account in names),
        dust=tuple(line for line in report.dust if line.account.partition("/")[0] in names),
        requirements=tuple(line for line in report.requirements if line.exchange in exchanges),
        verdict=overall_verdict(account.verdict for account in accounts),
        confirmed_at=min((at for at in clean if at is not None), default=None),
    )


def _check_usable(report: Report) -> None:
    """Raise NoStoredCheckError for a check whose age is not known, or that could not read one of the accounts."""
    if report.generated_at > datetime.now(UTC) + CLOCK_TOLERANCE:
        text = _("This computer's clock was set back since the last check, so the exchange is asked now.")
        raise NoStoredCheckError(text)
    for account in report.accounts:
        if not _is_read(account):
            text = _("The last check could not read {name}, so the exchange is asked now.")
            raise NoStoredCheckError(text.format(name=account.snapshot.name))


def _is_read(account: AccountReport) -> bool:
    """Return whether anything of an account was read; a key that is refused is used to read nothing."""
    readings = account.snapshot.readings
    return account.snapshot.refused is None and any(isinstance(reading.result, Read) for reading in readings)


def _missing() -> NoStoredCheckError:
    return NoStoredCheckError(_("No earlier check is kept, so the exchange is asked now."))
