"""Verdicts in words: of a report, and of one account among several."""

from collections.abc import Iterable, Mapping

from auditor.exchanges.catalogue import catalogue_entry
from auditor.i18n import Message, _, counted, mark
from auditor.model.report import AccountReport, Report, Severity, Status, Verdict
from auditor.model.snapshot import AccountSnapshot, Read, Reading, Trouble, Unread
from auditor.plan.totals import places
from auditor.settings.exchange_facts import exchange_config, known_exchanges

# Why nothing at all was read, by the trouble of the first request.
CAUSES: Mapping[Trouble, str] = {
    Trouble.NETWORK: mark("could not reach {exchange}"),
    Trouble.GATEWAY: mark("something else answered instead of {exchange}"),
    Trouble.CERTIFICATE: mark("no secure connection to {exchange}"),
    Trouble.LIMITED: mark("{exchange} asks you to wait"),
    Trouble.CREDENTIALS: mark("{exchange} did not accept the key"),
    Trouble.PERMISSION: mark("the key lacks the right to read"),
    Trouble.RESTRICTED: mark("{exchange} has restricted the account"),
    Trouble.REGION: mark("{exchange} is not open where you are"),
    Trouble.MAINTENANCE: mark("{exchange} is under maintenance"),
    Trouble.TIME: mark("the time ran out"),
    Trouble.NO_METHOD: mark("{exchange} has no API that shows an account"),
}


def headline(report: Report) -> Message:
    """Return the verdict of a report in one line."""
    if has_nothing_read(report.accounts):
        return _("NOTHING CHECKED: {cause}").format(
            cause=cause(report.accounts[0].snapshot) if report.accounts else "-"
        )
    match report.verdict:
        case Verdict.BLOCKED:
            return _blocked(severity_count(report, Severity.BLOCKER))
        case Verdict.REFUSED:
            return _rejected(report.accounts)
        case Verdict.INCOMPLETE:
            return _incomplete(unchecked_count(report.accounts))
        case Verdict.CLEAN:
            return _ready(manual_count(report))


def account_verdict(report: Report, account: AccountReport) -> Message:
    """Return the verdict of one account among several, in a few words."""
    name = account.snapshot.name
    if has_nothing_read((account,)) and account.verdict is not Verdict.BLOCKED:
        return _("nothing checked")
    match account.verdict:
        case Verdict.BLOCKED:
            blockers = sum(f.severity is Severity.BLOCKER and f.account == name for f in report.findings)
            return counted(blockers, _("{count} thing to clear"), _("{count} things to clear"))
        case Verdict.REFUSED:
            return _("key rejected")
        case Verdict.INCOMPLETE:
            count = unchecked_count((account,))
            return counted(count, _("{count} place not checked"), _("{count} places not checked"))
        case Verdict.CLEAN:
            return _("ready")


def verdict_word(verdict: Verdict) -> Message:
    """Return the name of a verdict."""
    return {
        Verdict.BLOCKED: _("NOT READY"),
        Verdict.REFUSED: _("KEY REJECTED"),
        Verdict.INCOMPLETE: _("INCOMPLETE"),
        Verdict.CLEAN: _("READY"),
    }[verdict]


def has_nothing_read(accounts: Iterable[AccountReport]) -> bool:
    """Return whether nothing was seen of any of the accounts, though no key was rejected."""
    return all(account.snapshot.refused is None and not _has_answer(account.snapshot) for account in accounts)


def cause(account: AccountSnapshot) -> Message:
    """Return in a few words why nothing was read of an account."""
    trouble = first_trouble(account)
    template = CAUSES.get(trouble) if trouble is not None else mark("{exchange} was not asked")
    return _(template or mark("{exchange} refused")).format(exchange=exchange_name(account.exchange))


def first_trouble(account: AccountSnapshot) -> Trouble | None:
    """Return the trouble of the first place that was not read; None if all were."""
    troubles = (reading.result.trouble for reading in account.readings if isinstance(reading.result, Unread))
    return next(troubles, None)


def exchange_name(exchange: str) -> str:
    """Return the usual name of an exchange."""
    has_name = exchange in known_exchanges() or catalogue_entry(exchange) is not None
    return exchange_config(exchange).name if has_name else exchange


def manual_count(report: Report) -> int:
    """Count the requirements that you check yourself in the app."""
    return sum(requirement.status is Status.MANUAL for requirement in report.requirements)


def severity_count(report: Report, severity: Severity) -> int:
    """Count findings of one severity."""
    return sum(finding.severity is severity for finding in report.findings)


def unchecked_count(accounts: Iterable[AccountReport]) -> int:
    """Count the places that could not be checked, without those that no key can read."""
    return places(reading for account in accounts for reading in account.snapshot.readings).unchecked


def _has_answer(account: AccountSnapshot) -> bool:
    return any(map(_shows_something, account.readings))


def _shows_something(reading: Reading) -> bool:
    return isinstance(reading.result, Read) or (isinstance(reading.result, Unread) and bool(reading.result.records))


def _blocked(count: int) -> Message:
    if not count:
        return _("NOT READY TO CLOSE: something is left that this program cannot name")
    one, many = _("NOT READY TO CLOSE: {count} thing to clear"), _("NOT READY TO CLOSE: {count} things to clear")
    return counted(count, one, many)


def _rejected(accounts: Iterable[AccountReport]) -> Message:
    refused = [account.snapshot for account in accounts if account.snapshot.refused is not None]
    if all(map(is_too_wide, refused)):
        return _("KEY REJECTED: it can do more than read, so it was not used")
    return _("KEY REJECTED: it cannot prove that it only reads, so it was not used")


def is_too_wide(account: AccountSnapshot) -> bool:
    """Return whether a key was rejected for its rights, and not because it cannot prove them."""
    if account.refused is not None and isinstance(account.refused.values, Mapping):
        return "rights" in account.refused.values
    return account.key is not None and bool(account.key.rights) and not account.key.readonly


def _incomplete(count: int) -> Message:
    if not count:
        return _("INCOMPLETE: no blocker found so far, but the check could not be finished")
    one = _("INCOMPLETE: no blocker found so far, but {count} place could not be checked")
    many = _("INCOMPLETE: no blocker found so far, but {count} places could not be checked")
    return counted(count, one, many)


def _ready(count: int) -> Message:
    if not count:
        return _("READY as far as the API can see")
    one = _("READY as far as the API can see; {count} thing to check yourself in the app")
    many = _("READY as far as the API can see; {count} things to check yourself in the app")
    return counted(count, one, many)
