"""What a rule looks at: one account of a snapshot, with the questions that rules ask of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from auditor.assessment.prices import Prices
from auditor.i18n import Message, _, sentences
from auditor.model.records import Area, Record
from auditor.model.reference_data import Price, Valuation
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import AccountSnapshot, Reading, Snapshot, Unread, records
from auditor.settings.exchange_facts import written_config

R = TypeVar("R", bound=Record)
Figures = tuple[str | None, Decimal | None]


@dataclass(frozen=True)
class View:
    """One account beside the whole pass that it belongs to."""

    snapshot: Snapshot
    account: AccountSnapshot

    def each(self, kind: type[R]) -> Iterator[tuple[Reading, R]]:
        """Every record of that kind, beside its reading."""
        for reading, record in records(self.account):
            if isinstance(record, kind):
                yield reading, record

    def unread(self) -> Iterator[tuple[Reading, Unread]]:
        """Every reading that was not read."""
        for reading in self.account.readings:
            if isinstance(reading.result, Unread):
                yield reading, reading.result

    @cached_property
    def prices(self) -> Prices:
        """Prices that the exchange gave in this pass; none when they were not read."""
        return Prices(price for _, price in self.each(Price))

    def value_usd(self, asset: str, amount: Decimal | None) -> Decimal | None:
        """Give a rough value in US dollars (cents), or None where there is no price."""
        price = self.prices.usd(asset)
        if price is None or amount is None:
            return None
        cents = round(Fraction(amount) * price * 100)
        return Decimal(cents).scaleb(-2)

    def finding(
        self,
        rule: str,
        reading: Reading,
        record: Record,
        *,
        message: Message,
        remedy: Message,
        severity: Severity = Severity.BLOCKER,
        figures: Figures | None = None,
    ) -> Finding:
        """Make a finding about ``record``, with its identity, evidence and figures (or ``figures``) filled in."""
        asset, amount = _figures(record) if figures is None else figures
        return Finding(
            rule=rule,
            severity=severity,
            account=self.account.name,
            area=record.AREA,
            surface=reading.surface,
            subject=record.subject,
            owner=record.owner,
            wallet=getattr(record, "wallet", None),
            asset=asset,
            amount=amount,
            value_usd=None if asset is None else self.value_usd(asset, amount),
            ready_at=getattr(record, "ready_at", None),
            message=message,
            remedy=self._in_the_app(rule, remedy),
            evidence={"surface": reading.surface, "endpoint": reading.endpoint, "row": dict(record.row)},
        )

    def _in_the_app(self, rule: str, remedy: Message) -> Message:
        """What to do, and where in the exchange's own app, as far as that is written down."""
        facts = written_config(self.account.exchange)
        path = facts.app.remedies.get(rule) if facts and facts.app else None
        return sentences(remedy, _("In the app: {path}.").format(path=_(path))) if path else remedy

    def remark(
        self,
        rule: str,
        area: Area,
        subject: str,
        *,
        message: Message,
        remedy: Message,
        severity: Severity,
        owner: str | None = None,
        evidence: Mapping[str, object],
    ) -> Finding:
        """Make a finding about no single record (the key, what could not be read); the rule stands as its surface."""
        return Finding(
            rule=rule,
            severity=severity,
            account=self.account.name,
            area=area,
            surface=rule,
            subject=subject,
            owner=owner,
            message=message,
            remedy=self._in_the_app(rule, remedy),
            evidence=evidence,
        )


def _figures(record: Record) -> Figures:
    """Give the asset and the amount in it; neither for amounts in a market's own unit."""
    asset = getattr(record, "asset", None)
    if isinstance(record, Valuation):
        asset = record.unit
    return asset, None if asset is None else getattr(record, "amount", None)
