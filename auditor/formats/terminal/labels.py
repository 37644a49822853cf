"""Labels that several parts of the report share."""

from datetime import UTC, datetime

from auditor.exchanges.catalogue import catalogue_entry
from auditor.formats.terminal.canvas import Mark
from auditor.i18n import EMPTY, Message, _, labelled
from auditor.model.records import Area
from auditor.model.report import Finding, Report, Severity, Status, Verdict
from auditor.model.snapshot import AccountSnapshot, Environment
from auditor.settings.exchange_facts import exchange_config, known_exchanges

# The order for clearing: first what acts by itself, last what holds money.
WORKING_ORDER = (
    Area.STATUS,
    Area.BOTS,
    Area.ORDERS,
    Area.POSITIONS,
    Area.DEBTS,
    Area.EARN,
    Area.FLOWS,
    Area.SUBACCOUNTS,
    Area.BALANCES,
)
VERDICT_MARKS: dict[Verdict, Mark] = {
    Verdict.BLOCKED: "bad",
    Verdict.REFUSED: "bad",
    Verdict.INCOMPLETE: "doubt",
    Verdict.CLEAN: "good",
}
SEVERITY_MARKS: dict[Severity, Mark] = {Severity.BLOCKER: "bad", Severity.WARNING: "warn", Severity.INFO: "note"}


def area_title(area: Area) -> Message:
    """Return the title of an area."""
    return {
        Area.BALANCES: _("Balances"),
        Area.ORDERS: _("Open orders"),
        Area.POSITIONS: _("Positions"),
        Area.EARN: _("Earn"),
        Area.DEBTS: _("Loans and debts"),
        Area.FLOWS: _("Deposits and withdrawals under way"),
        Area.BOTS: _("Bots and copy trading"),
        Area.SUBACCOUNTS: _("Sub-accounts"),
        Area.STATUS: _("Account status and key"),
    }[area]


def severity_words() -> dict[Severity, Message]:
    """Return the name of every severity, the most severe first."""
    return {Severity.BLOCKER: _("blocker"), Severity.WARNING: _("warning"), Severity.INFO: _("note")}


def verdict_word(verdict: Verdict) -> Message:
    """Return the name of a verdict."""
    return {
        Verdict.BLOCKED: _("BLOCKED"),
        Verdict.REFUSED: _("REFUSED"),
        Verdict.INCOMPLETE: _("INCOMPLETE"),
        Verdict.CLEAN: _("CLEAN"),
    }[verdict]


def environment_word(account: AccountSnapshot) -> Message:
    """Return the environment of an account, with its host unless it is the exchange itself."""
    if account.environment is Environment.LIVE:
        return _("live")
    word = {Environment.DEMO: _("DEMO"), Environment.CUSTOM: _("CUSTOM HOST")}[account.environment]
    return _("{word} at {host}").format(word=word, host=account.host)


def exchange_name(exchange: str) -> str:
    """Return the usual name of an exchange."""
    has_name = exchange in known_exchanges() or catalogue_entry(exchange) is not None
    return exchange_config(exchange).name if has_name else exchange


def account_line(account: AccountSnapshot) -> Message:
    """Return a line that identifies an account: exchange, environment, uid and kind."""
    uid = _("uid {uid}").format(uid=account.uid) if account.uid else _("uid unknown")
    kind = {"main": _("main account"), "sub": _("sub-account")}.get(account.kind or "")
    parts = [exchange_name(account.exchange), environment_word(account), uid, *([kind] if kind else [])]
    return labelled(account.name, _(", ").join(parts))


def manual_count(report: Report) -> int:
    """Count the requirements to confirm by eye."""
    return sum(requirement.status is Status.MANUAL for requirement in report.requirements)


def severity_count(report: Report, severity: Severity) -> int:
    """Count findings of one severity."""
    return sum(finding.severity is severity for finding in report.findings)


def value(finding: Finding) -> Message:
    """Return the approximate value of a holding; empty if unknown."""
    if finding.value_usd is None:
        return EMPTY
    if not finding.value_usd:
        return _("<0.01 USD")
    return _("~{value} USD").format(value=f"{finding.value_usd:f}")


def moment(when: datetime) -> Message:
    """Return a time for a reader, in UTC, to the minute."""
    return _("{time} UTC").format(time=when.astimezone(UTC).strftime("%Y-%m-%d %H:%M"))
