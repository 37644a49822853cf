"""Keys under which a browser remembers what its reader ticked, the same in every report of an account."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.model.report import Finding, Report, Requirement
from auditor.model.snapshot import AccountSnapshot
from auditor.plan import Item, Step
from auditor.plan.tasks import requirement_key

DIGITS = 12
"""Hexadecimal digits of a key: enough to tell apart all that an account holds."""


@dataclass(frozen=True)
class TickKeys:
    """The keys of the items and requirements of one report.

    A key is a digest of the account's uid and of what a finding or requirement is about. It holds no number of a step
    or item, since those change from report to report, and shows nothing of the account.
    """

    report: Report
    _accounts: dict[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the accounts by name."""
        snapshots = [account.snapshot for account in self.report.accounts]
        object.__setattr__(self, "_accounts", {snapshot.name: _identity(snapshot) for snapshot in snapshots})

    def of_item(self, step: Step, item: Item) -> str:
        """Return the keys of all that an item groups, separated by spaces."""
        if item.findings:
            return " ".join(dict.fromkeys(self._of_finding(finding) for finding in item.findings))
        return " ".join(_digest(*self._owner(step.exchange, item.account), key) for key in item.keys)

    def of_requirement(self, line: Requirement) -> str:
        """Return the key of a requirement, which concerns all accounts of the report at its exchange."""
        return _digest(*self._owner(line.exchange, None), requirement_key(line))

    def _of_finding(self, finding: Finding) -> str:
        account = self._accounts.get(finding.account, (finding.account,))
        return _digest("finding", *account, finding.rule, finding.surface, finding.owner or "", finding.subject)

    def _owner(self, exchange: str, account: str | None) -> Iterable[str]:
        if account is not None:
            return self._accounts.get(account, (account,))
        snapshots = (account.snapshot for account in self.report.accounts if account.snapshot.exchange == exchange)
        mains = {snapshot.main_uid or snapshot.uid or snapshot.name for snapshot in snapshots}
        return (exchange, *sorted(mains))


def _identity(account: AccountSnapshot) -> tuple[str, ...]:
    return (account.exchange, account.environment.value, account.uid or account.name)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:DIGITS]
