"""View of one account of a snapshot, with the queries that rules need."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from auditor.assessment.asset_codes import AccountCodes, is_no_asset
from auditor.assessment.prices import Prices
from auditor.i18n import Message, _, sentences
from auditor.model.records import Area, Balance, Held, Part, Record
from auditor.model.reference_data import Price, Valuation
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import AccountSnapshot, Reading, Snapshot, Unread, records
from auditor.settings.exchange_facts import config_if_written
from auditor.spec.asset_codes import Use

R = TypeVar("R", bound=Record)
Figures = tuple[str | None, Decimal | None]


@dataclass(frozen=True)
class AccountView:
    """One account, with the snapshot of the whole pass that it belongs to."""

    snapshot: Snapshot
    account: AccountSnapshot

    def records_of(self, kind: type[R]) -> Iterator[tuple[Reading, R]]:
        """Yield each record of the class ``kind``, with the reading that contains it; without what is no asset."""
        for reading, record in self._records:
            if isinstance(record, kind) and not is_no_asset(self.account.exchange, record):
                yield reading, record

    def no_assets(self) -> Iterator[tuple[Reading, Balance]]:
        """Yield each balance of what is no asset, with the reading that contains it."""
        for reading, record in self._records:
            if isinstance(record, Balance) and is_no_asset(self.account.exchange, record):
                yield reading, record

    def unread(self) -> Iterator[tuple[Reading, Unread]]:
        """Yield each reading whose surface was not read, with its result."""
        for reading in self.account.readings:
            if isinstance(reading.result, Unread):
                yield reading, reading.result

    @cached_property
    def _records(self) -> tuple[tuple[Reading, Record], ...]:
        """Each record with its reading: rules ask for them a hundred times, and most readings have none."""
        return tuple(records(self.account))

    @cached_property
    def worked_out(self) -> dict[Hashable, Any]:
        """What several rules ask for and takes long, by whoever works it out."""
        return {}

    @cached_property
    def codes(self) -> AccountCodes:
        """The meanings of this account's asset codes."""
        return AccountCodes.of(self.account)

    @cached_property
    def prices(self) -> Prices:
        """Prices that were read in this pass, by the usual names of coins; empty if none were."""
        return Prices((price for _, price in self.records_of(Price)), self.codes.table.name)

    def value_usd(self, asset: str, amount: Decimal | None) -> Decimal | None:
        """Return an approximate value in US dollars, rounded to cents; None without a price, and of nothing.

        A code of which one unit equals one coin has the price of that coin.
        """
        price = self.prices.usd(self.codes.coin(asset))
        if price is None or not amount:
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
        with_path: bool = True,
        path: str = "",
    ) -> Finding:
        """Return a finding about ``record``, with its identity, evidence and figures.

        ``figures``: an asset and an amount that replace those of the record. ``with_path``: whether to say where in the
        app; ``path``: the kind of step whose place it is, else that of the rule.
        """
        asset, amount = _figures(record) if figures is None else figures
        priced = amount if figures is not None else _priced_figure(record, amount)
        message, remedy = self._with_meaning(record, message, remedy)
        side = getattr(record, "side", None)
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
            value_usd=None if asset is None else self.value_usd(asset, priced),
            ready_at=getattr(record, "ready_at", None),
            market=getattr(record, "market", None) or None,
            side=None if side is None else str(side),
            since=getattr(record, "started_at", None),
            message=message,
            remedy=self._with_app_path(rule, remedy, step=path) if with_path else remedy,
            evidence={"surface": reading.surface, "endpoint": reading.endpoint, "row": dict(record.row)},
        )

    def _with_meaning(self, record: Record, message: Message, remedy: Message) -> tuple[Message, Message]:
        """Return message and remedy, with the meaning of the balance's asset code if it has one."""
        meaning = self.codes.meaning(record.asset) if isinstance(record, Balance) else None
        if meaning is None or meaning.code.use is Use.NO_ASSET:
            return message, remedy
        return sentences(message, meaning.sentence), sentences(meaning.remedy, remedy)

    def _with_app_path(self, rule: str, remedy: Message, step: str = "") -> Message:
        """Return ``remedy`` with the place in the exchange's app, if the configuration names it."""
        facts = config_if_written(self.account.exchange)
        places = facts.app if facts else None
        path = places and (places.where.get(step) or places.remedies.get(rule))
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
        """Return a finding about no single record: the key, or surfaces that were not read.

        Its surface is the id of the rule.
        """
        return Finding(
            rule=rule,
            severity=severity,
            account=self.account.name,
            area=area,
            surface=rule,
            subject=subject,
            owner=owner,
            message=message,
            remedy=self._with_app_path(rule, remedy),
            evidence=evidence,
        )


def _priced_figure(record: Record, amount: Decimal | None) -> Decimal | None:
    """Return the amount; where that is zero, the figure that shows the holding: its equity, or else the largest."""
    held: Held = getattr(record, "held", {})
    if amount is None or amount or not held:
        return amount
    return held.get(Part.EQUITY) or max(held.values(), key=abs)


def _figures(record: Record) -> Figures:
    """Return the asset and the amount in it; (None, None) for amounts in a market's unit."""
    asset = getattr(record, "asset", None)
    if isinstance(record, Valuation):
        asset = record.unit
    return asset, None if asset is None else getattr(record, "amount", None)
