"""What more, or what fails, does to a verdict, whatever the exchange: never towards clean."""

from auditor.demo import Account, Fault
from auditor.model.report import Verdict
from tests.exchanges.okx.bench import Bench

RANK = {Verdict.CLEAN: 0, Verdict.INCOMPLETE: 1, Verdict.BLOCKED: 2}


def assert_no_cleaner(at: Bench, less: Account, more: Account) -> None:
    """``more`` holds whatever ``less`` does."""
    before, after = (at.audit(account).report.verdict for account in (less, more))
    assert RANK[before] <= RANK[after]


def assert_not_made_clean(at: Bench, account: Account, failing: str, fault: Fault, *, holds: bool) -> None:
    """``fault`` strikes surface ``failing``; ``holds``: whether there is something in another."""
    before, after = at.audit(account).report.verdict, at.audit(account, fault=fault).report
    unread = any(r.surface == failing for audited in after.accounts for r in audited.unread)
    assert (after.verdict is Verdict.CLEAN) <= (before is Verdict.CLEAN and not unread)
    if holds:
        assert RANK[Verdict.INCOMPLETE] <= RANK[after.verdict]
