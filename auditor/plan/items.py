"""Items of a step: findings that are alike, or a task that no finding reports."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from auditor.i18n import EMPTY, Message
from auditor.model.amounts import total
from auditor.model.report import Finding
from auditor.plan.grouping import Titles, group_text, groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do that no finding reports.

    ``key``: names it across checks, whatever its number; ``account``: the account's name, None where it concerns all
    of an exchange; ``done``: the owner has said so.
    """

    text: Message
    key: str
    account: str | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a step: "4.2" is item 2 of step 4.

    ``text``: what it is about; ``account``: the account's name, None where it concerns all of an exchange;
    ``findings``: all findings that it groups, none for a task; ``how``: what to do; ``done``: the owner has said so,
    on ``done_on``; ``keys``: names of what it is about, the same in every check.
    """

    number: int
    text: Message
    account: str | None = None
    findings: tuple[Finding, ...] = ()
    done: bool = False
    done_on: date | None = None
    how: Message = EMPTY
    keys: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """The number of things to clear in it."""
        return len(self.findings) or 1

    @property
    def value_usd(self) -> Decimal | None:
        """The sum of the approximate values that are known; None if none is."""
        return known_value(self.findings)

    @property
    def unpriced(self) -> int:
        """The number of findings of an asset that have no price."""
        return unpriced(self.findings)


def known_value(findings: Iterable[Finding]) -> Decimal | None:
    """Return the sum of the approximate values that are known, a debt as a positive one; None if none is."""
    known = [abs(finding.value_usd) for finding in findings if finding.value_usd is not None]
    return total(known) if known else None


def unpriced(findings: Iterable[Finding]) -> int:
    """Return the number of findings that are of an asset and have no price."""
    return sum(finding.asset is not None and finding.value_usd is None for finding in findings)


def finding_key(finding: Finding) -> str:
    """Return the name of the holding of a finding, the same in every check."""
    return "/".join(("holding", *(part or "" for part in finding.holding)))


def items(
    findings: Sequence[Finding], tasks: Iterable[Task], titles: Titles, how: Callable[[Finding], Message]
) -> tuple[Item, ...]:
    """Return the numbered items of a step: findings that are alike share one.

    ``titles``: by account and surface; ``how``: what to do about a finding.
    """
    found = [_item(group, findings, titles, how) for group in groups(findings)]
    tasked = [Item(number=0, text=task.text, account=task.account, done=task.done, keys=(task.key,)) for task in tasks]
    return tuple(replace(item, number=number) for number, item in enumerate([*found, *tasked], 1))


def mark_done(item: Item, days: Mapping[str, date]) -> Item:
    """Return the item, marked where the owner has said of all of it that it is done; ``days``: by key."""
    done_on = [days[key] for key in item.keys if key in days]
    if not item.keys or len(done_on) < len(item.keys):
        return item
    return replace(item, done=True, done_on=max(done_on))


def _item(group: Sequence[Finding], step: Sequence[Finding], titles: Titles, how: Callable[[Finding], Message]) -> Item:
    first = group[0]
    return Item(
        number=0,
        text=first.message if len(group) == 1 else group_text(group, step, titles),
        account=first.account,
        findings=tuple(group),
        how=how(first),
        keys=tuple(map(finding_key, group)),
    )
