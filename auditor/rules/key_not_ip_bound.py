"""The key works from any address.

Finds: an API key that is not bound to IP addresses.
Why it matters: a stolen key can then be used from anywhere, if only to read.
What to do: bind the key to this computer's address, or delete it as soon as the account is closed.
Source: OKX API documentation, Get account configuration, ip (2026-06, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _
from auditor.model.records import Area
from auditor.model.report import Finding, Severity
from auditor.rules import Rule


def _check(view: AccountView) -> Iterator[Finding]:
    key = view.account.key
    if key is not None and key.ip_bound is False:
        yield view.remark(
            RULE.id,
            Area.STATUS,
            "key",
            severity=Severity.WARNING,
            message=_("Your API key works from any IP address."),
            remedy=_("Restrict it, or delete it when done."),
            evidence={"ip_bound": False},
        )


RULE = Rule(id="key-not-ip-bound", title="The key works from any address", severity=Severity.WARNING, check=_check)
