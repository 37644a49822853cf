"""What a person must know of an export: how its archive stands, what was left out, and what to look at."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.archive.exports.event import Event, Nature
from auditor.archive.exports.heading import Coin
from auditor.archive.exports.ledger_table import LedgerRow
from auditor.i18n import Message, _
from auditor.model import amounts
from auditor.model.amounts import ZERO


@dataclass(slots=True)
class Notes:
    """Counts of events by nature.

    ``is_whole``: from the first to the last; ``inside``: by coin, what came out of Earn and bots beyond what went in.
    """

    is_whole: bool = True
    natures: Counter[Nature] = field(default_factory=Counter)
    unknown: int = 0
    openings: int = 0
    inside: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    _before: LedgerRow | None = None

    def take(self, event: Event | Coin) -> None:
        """Count an event, or a balance that was there before."""
        if isinstance(event, Coin):
            self.openings += 1
            return
        self.natures[event.nature] += 1
        self.unknown += event.kind == "other"
        if event.nature is Nature.INSIDE:
            for row in event.rows:
                self._take_inside(row)

    def _take_inside(self, row: LedgerRow) -> None:
        """Add up a row; of one whose other half is here under another code, such as Kraken's DOT and DOT.S, neither."""
        change, before = Decimal(row.change), self._before
        self._before = row
        is_half = before is not None and before.time == row.time and before.asset != row.asset
        if before is not None and is_half and Decimal(before.change) == -change:
            self.inside[before.asset] = amounts.add(self.inside[before.asset], change)
            self._before = None
            return
        self.inside[row.asset] = amounts.add(self.inside[row.asset], change)

    def messages(self) -> Iterator[Message]:
        """Yield each as a sentence."""
        counted = {
            _("Transfers between the account's own wallets, left out for Koinly and rotki: {count} rows."): Nature.OWN,
            _(
                "Movements into and out of Earn, bots and collateral, left out for Koinly and rotki: {count}."
            ): Nature.INSIDE,
            _("Transfers to and from sub-accounts, written as deposits and withdrawals: {count}."): Nature.SUB_ACCOUNT,
            _(
                "Transfers whose other half is not here, written as deposits and withdrawals: {count}."
            ): Nature.LONE_TRANSFER,
            _("Trades of which only one side is here: {count}. Look at their descriptions."): Nature.LONE_TRADE,
        }
        for text, nature in counted.items():
            if self.natures[nature]:
                yield text.format(count=self.natures[nature])
        if self.unknown:
            text = _("Rows of a type that this program does not know: {count}. Look at their descriptions.")
            yield text.format(count=self.unknown)
        if self.openings:
            text = _(
                "Balances that were there before the first row, written as deposits: {count}. Enter what they cost."
            )
            yield text.format(count=self.openings)
        yield from self._earned()

    def _earned(self) -> Iterator[Message]:
        known = self.is_whole and not self.openings
        for asset, amount in sorted(self.inside.items()) if known else ():
            if amount > ZERO:
                text = _(
                    "{amount} {asset} more came out of Earn, bots and collateral than went in: no row says what it was."
                )
                yield text.format(amount=amounts.plain(amount), asset=asset)
