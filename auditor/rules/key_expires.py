"""The key stops working at a known time.

Finds: an API key that expires.
Why it matters: an audit after that time reads nothing, and a watch ends.
What to do: close the account before, or create another read-only key in time.
Source: Kraken REST API, Get API Key Info, validUntil; Bybit V5 API, Get API Key Information, expiredAt (2026).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _
from auditor.model.records import Area
from auditor.model.report import Finding, Severity
from auditor.rules import Rule


def _check(view: AccountView) -> Iterator[Finding]:
    key = view.account.key
    if key is not None and key.expires_at is not None:
        day = key.expires_at.strftime("%Y-%m-%d %H:%M UTC")
        yield view.remark(
            RULE.id,
            Area.STATUS,
            "key",
            severity=Severity.INFO,
            message=_("Your API key stops working on {moment}.").format(moment=key.expires_at),
            remedy=_("Finish before then, or create another read-only key."),
            evidence={"expires_at": day},
        )


RULE = Rule(id="key-expires", title="The key expires", severity=Severity.INFO, check=_check)
