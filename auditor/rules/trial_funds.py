"""Trial funds are in the account.

Finds: bonuses and trial funds that the exchange lends for use and that are not the user's.
Why it matters: whether they block closing is not documented. The exchange also does not show every bonus
to a key, so check the app as well.
What to do: let them expire or give them up, and look under rewards in the app.
Source: OKX API documentation, Get balance, rewardBal (2026-06, read in a copy); effect on closing: not documented.
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _
from auditor.model.records import Balance
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import amount_text, place_name


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Balance):
        if record.trial:
            text = _(
                "{place}: {figure} of trial funds (not yours). The exchange does not say whether they block closing."
            )
            remedy = _("Check Rewards in the app; let them expire, or ask support to take them back.")
            message = text.format(place=place_name(reading, record), figure=amount_text(record.trial, record.asset))
            figures = (record.asset, record.trial)
            yield view.finding(
                RULE.id, reading, record, message=message, remedy=remedy, severity=Severity.WARNING, figures=figures
            )


RULE = Rule(id="trial-funds", title="Trial funds are present", severity=Severity.WARNING, check=_check)
