"""Items of a step: findings that are alike, or a task that no finding reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from auditor.i18n import Message
from auditor.model.amounts import total
from auditor.model.report import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a step: "4.2" is item 2 of step 4.

    ``text``: what it is about; ``account``: the account's name, None where it concerns all of an exchange;
    ``findings``: all findings that it groups, none for a task; ``done``: the owner has said so.
    """

    number: int
    text: Message
    account: str | None = None
    findings: tuple[Finding, ...] = ()
    done: bool = False

    @property
    def count(self) -> int:
        """The number of things to clear in it."""
        return len(self.findings) or 1

    @property
    def value_usd(self) -> Decimal | None:
        """The sum of the findings' approximate values; None where one has no price or there is none."""
        values = [finding.value_usd for finding in self.findings]
        known = [value for value in values if value is not None]
        return total(known) if known and len(known) == len(values) else None


def items(findings: Iterable[Finding], todo: Iterable[tuple[str | None, Message]]) -> tuple[Item, ...]:
    """Return the numbered items of a step."""
    of_findings = [(finding.account, finding.message, (finding,)) for finding in findings]
    tasks = [(account, text, ()) for account, text in todo]
    return tuple(
        Item(number=number, account=account, text=text, findings=group)
        for number, (account, text, group) in enumerate([*of_findings, *tasks], 1)
    )
