"""A sub-account still has API keys.

Finds: API keys that remain in sub-accounts.
Why it matters: programs that hold such a key can go on trading there. Whether keys must be deleted before closing is
not documented.
What to do: stop the programs that use them, and delete the keys last, after the final check.
Source: OKX API documentation, Get the API key of a sub-account (2026-06, read in a copy); effect on closing: not
documented.
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _
from auditor.model.records import ApiKey
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import comma_list, function_name


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(ApiKey):
        text = _("Sub-account {owner} has an API key named {label} (rights: {rights}).")
        yield view.finding(
            RULE.id,
            reading,
            record,
            message=text.format(
                owner=record.owner,
                label=record.label,
                rights=comma_list(map(function_name, filter(None, record.rights))) or _("not stated"),
            ),
            remedy=_("Delete it when everything else is done."),
            severity=Severity.WARNING,
        )


RULE = Rule(
    id="sub-account-keys",
    title="A sub-account has API keys",
    severity=Severity.WARNING,
    check=_check,
)
