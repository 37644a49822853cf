"""Labels that several parts of the report share."""

from auditor.formats.terminal.canvas import Mark
from auditor.formats.terminal.verdicts import exchange_name, manual_count, severity_count, verdict_word
from auditor.i18n import EMPTY, Message, _, joined, labelled, moment
from auditor.model.records import Area
from auditor.model.report import Finding, Severity, Verdict
from auditor.model.snapshot import AccountSnapshot, Environment

__all__ = [
    "SEVERITY_MARKS",
    "VERDICT_MARKS",
    "WORKING_ORDER",
    "account_line",
    "area_title",
    "environment_word",
    "exchange_name",
    "manual_count",
    "moment",
    "severity_count",
    "severity_words",
    "short_account_line",
    "value",
    "verdict_word",
]

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
# Characters of a uid that tell accounts apart.
UID_END = 6
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


def environment_word(account: AccountSnapshot) -> Message:
    """Return the environment of an account, with its host unless it is the exchange itself."""
    if account.environment is Environment.LIVE:
        return _("live")
    word = {Environment.DEMO: _("DEMO"), Environment.CUSTOM: _("CUSTOM HOST")}[account.environment]
    return _("{word} at {host}").format(word=word, host=account.host)


def account_line(account: AccountSnapshot) -> Message:
    """Return a line that identifies an account: exchange, environment, uid and kind."""
    uid = _("uid {uid}").format(uid=account.uid) if account.uid else _("uid unknown")
    kind = {"main": _("main account"), "sub": _("sub-account")}.get(account.kind or "")
    parts = [exchange_name(account.exchange), environment_word(account), uid, *([kind] if kind else [])]
    return labelled(account.name, _(", ").join(parts))


def short_account_line(account: AccountSnapshot) -> Message:
    """Return a short line that identifies an account: its name, exchange and kind, and the end of its uid."""
    kind = {"main": _("{exchange} main account"), "sub": _("{exchange} sub-account")}.get(account.kind or "")
    line = (kind or _("{exchange} account")).format(exchange=exchange_name(account.exchange))
    uid = account.uid or ""
    end = uid if len(uid) <= UID_END else f"...{uid[-UID_END:]}"
    line = joined(" ", filter(None, (line, end)))
    return line if account.name == account.exchange else labelled(account.name, line)


def value(finding: Finding) -> Message:
    """Return the approximate value of a holding; empty if unknown."""
    if finding.value_usd is None:
        return EMPTY
    if not finding.value_usd:
        return _("<0.01 USD")
    return _("~{value} USD").format(value=f"{finding.value_usd:f}")
