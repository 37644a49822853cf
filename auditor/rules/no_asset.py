"""Something that a wallet lists is no asset.

Finds: balances under codes that the exchange documents as no asset, such as Kraken's fee credits (KFEE).
Why it matters: it does not block; it has no value and cannot be withdrawn, and is listed so that nobody looks for it.
What to do: nothing.
Source: each exchange's API documentation; the table of asset codes in the exchange's folder names page and date.
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import sentences
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.no_assets():
        meaning = view.codes.meaning(record.asset)
        if record.holds and meaning is not None:
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=sentences(balance_sentence(reading, record), meaning.sentence),
                remedy=meaning.remedy,
                severity=Severity.INFO,
            )


RULE = Rule(id="no-asset", title="A wallet lists what is no asset", severity=Severity.INFO, check=_check)
