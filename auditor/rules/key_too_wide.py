"""The key may do more than read.

Finds: an API key that can trade or withdraw, in an audit that was told to go on with one.
Why it matters: whoever gets hold of such a key can move money. An audit needs the right to read and nothing else.
What to do: create a key with the right to read only, use that, and delete this one.
Source: OKX API documentation, Get account configuration, perm (2026-06, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _
from auditor.model.records import Area
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import comma_list, function_name


def _check(view: AccountView) -> Iterator[Finding]:
    key = view.account.key
    if key is not None and not key.readonly and view.account.refused is None:
        text = _("Your API key can do more than read: {rights}.")
        yield view.remark(
            RULE.id,
            Area.STATUS,
            "key",
            severity=Severity.WARNING,
            message=text.format(
                rights=comma_list(map(function_name, key.rights)) or _("the exchange does not say what")
            ),
            remedy=_("Create a read-only key, use that, and delete this one."),
            evidence={"rights": list(key.rights)},
        )


RULE = Rule(id="key-too-wide", title="The key may do more than read", severity=Severity.WARNING, check=_check)
