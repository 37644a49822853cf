"""One finding for one cause: what a further place shows again stands below the finding that it repeats."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.assessment.account_view import AccountView
from auditor.assessment.product_overlap import HoldingKey
from auditor.assessment.repeated_holdings import Holding, repetitions
from auditor.i18n import Message, _, joined
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Snapshot
from auditor.rules._wording import amount_text, detail_text, place_name

_LOGGER = logging.getLogger(__name__)


def one_finding_for_each_cause(snapshot: Snapshot, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without the blockers that repeat another one, which then names their places.

    Each repeated blocker gives way to one that is kept, so that no account gets cleaner by it.
    """
    blockers = {finding.holding: finding for finding in findings if finding.severity is Severity.BLOCKER}
    again = [pair for account in snapshot.accounts for pair in _repeated(AccountView(snapshot, account), blockers)]
    gone, kept = {holding.key: key for holding, key in again}, dict(blockers)
    for holding, key in again:
        last = _last(key, gone)
        kept[last] = _with_place(kept[last], holding, blockers[holding.key])
    # Of two findings about one holding only the one that was compared gives way or names further places.
    return [
        kept[finding.holding] if finding is blockers.get(finding.holding) else finding
        for finding in findings
        if finding is not blockers.get(finding.holding) or finding.holding not in gone
    ]


def _last(key: HoldingKey, gone: Mapping[HoldingKey, HoldingKey]) -> HoldingKey:
    """Return the holding that is kept where one repeats another that repeats a third."""
    while key in gone:
        key = gone[key]
    return key


def _repeated(view: AccountView, blockers: dict[HoldingKey, Finding]) -> Iterator[tuple[Holding, HoldingKey]]:
    """Return the repeated holdings of an account; none where their figures make the program fail."""
    try:
        return iter(tuple(repetitions(view, blockers)))
    except Exception as error:
        _LOGGER.debug("repeated holdings could not be compared", exc_info=error)
        return iter(())


def _with_place(finding: Finding, holding: Holding, repeated: Finding) -> Finding:
    """Return a finding that names a further place, with what was reported of that place in its evidence."""
    row = {
        "rule": repeated.rule,
        "area": repeated.area.value,
        "surface": repeated.surface,
        "subject": repeated.subject,
        "wallet": repeated.wallet,
        "asset": repeated.asset,
        "amount": repeated.amount,
        "endpoint": holding.reading.endpoint,
        "row": dict(holding.record.row),
    }
    earlier = finding.evidence.get("also_seen_in", [])
    rows = [*(earlier if isinstance(earlier, list) else []), row]
    return replace(
        finding,
        also_seen_in=(*finding.also_seen_in, _place(holding)),
        evidence={**finding.evidence, "also_seen_in": rows},
    )


def _place(holding: Holding) -> Message:
    """Return a place and what it shows: ``Borrowing and interest: 2.5 SOL``."""
    reading, record = holding.reading, holding.record
    details = detail_text({} if not hasattr(record, "held") else record.held)
    figure = joined("", (amount_text(record.amount, record.asset), details))
    return _("{place}: {figure}").format(place=place_name(reading, record), figure=figure)
