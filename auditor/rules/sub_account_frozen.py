"""A sub-account is frozen.

Finds: sub-accounts that are frozen, as a whole or in some functions (trading, transfers, withdrawals, ...).
Why it blocks: what is in it cannot be moved to the main account. Whether an empty frozen sub-account blocks closing is
not documented.
What to do: unfreeze it from the main account if you froze it; else ask the exchange's support.
Source: OKX API documentation, Get sub-account list, enable and frozenFunc (2026-06, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _
from auditor.model.records import SubAccount
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import comma_list, function_name


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(SubAccount):
        if record.holds:
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=_message(record),
                remedy=_("Unfreeze it (or ask support), then check that it is empty."),
            )


def _message(record: SubAccount) -> Message:
    # That all of it is frozen is what frozen says.
    more = [function for function in record.frozen_functions if function != "all" or not record.frozen]
    functions = comma_list(map(function_name, more))
    if record.frozen and more:
        return _("Sub-account {name} is frozen (also: {functions}).").format(name=record.name, functions=functions)
    if record.frozen:
        return _("Sub-account {name} is frozen.").format(name=record.name)
    return _("In sub-account {name} these are frozen: {functions}.").format(name=record.name, functions=functions)


RULE = Rule(id="sub-account-frozen", title="A sub-account is frozen", severity=Severity.BLOCKER, check=_check)
