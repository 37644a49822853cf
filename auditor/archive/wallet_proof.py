"""What the rows of one ledger come to: its chains, the balances that they lead to, and what does not fit."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from auditor.archive.chain import Break, CoinChain
from auditor.archive.curve import Curve
from auditor.archive.imports.coverage import Coverage
from auditor.archive.pages import OddRow
from auditor.archive.rows import SourcedEntry
from auditor.i18n import mark
from auditor.model import amounts
from auditor.spec.ledger import Ledger, LedgerEntry

MOST_TOLD = 100
"""Breaks and odd rows that are kept one by one; the others are counted."""


class CoinStatus(StrEnum):
    """What is proved of one coin in one wallet."""

    PROVED = mark("proved")
    SUMMED = mark("summed")
    TOGETHER = mark("summed together")
    OPENING = mark("opening balance")
    MOVING = mark("moved meanwhile")
    UNREAD = mark("not read")
    GAP = mark("gap between files")
    ROUNDED = mark("rounded")
    UNEXPLAINED = mark("not explained")
    DIFFERENCE = mark("difference")
    BREAK = mark("break")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoinProof:
    """One coin in one wallet: ``opening`` + ``change`` = ``closing`` must be what is ``shown``.

    ``shown`` None: the balances were not read. ``first_time``: Unix milliseconds of its first row, 0 without a row.
    """

    wallet: str
    asset: str
    opening: Decimal
    change: Decimal
    closing: Decimal
    shown: Decimal | None
    first_time: int
    rows: int
    status: CoinStatus

    @property
    def difference(self) -> Decimal | None:
        """What is shown beyond what the rows come to."""
        return None if self.shown is None else amounts.subtract(self.shown, self.closing)


@dataclass(slots=True)
class WalletProof:
    """What the rows of one ledger come to.

    ``coverage``: the time of which there is every row; ``broken``: number of breaks; ``odd``: of rows that are not
    understood; ``types``: codes of the rows' types; ``gaps``: number of breaks where there is not every row, so that
    they are no wonder, by coin; ``unsure``: of breaks of coins whose printed balances are not documented;
    ``last_rounded``: the time of the newest row whose amounts are rounded; ``highest``: the highest number of a row.
    ``is_blind``:
    the balances of the wallet were not read.
    """

    ledger: Ledger
    coverage: Coverage
    chains: dict[str, CoinChain] = field(default_factory=dict)
    curves: dict[str, Curve] = field(default_factory=dict)
    breaks: list[Break] = field(default_factory=list)
    oddities: list[OddRow] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    types: set[str] = field(default_factory=set)
    gaps: Counter[str] = field(default_factory=Counter)
    unsure: Counter[str] = field(default_factory=Counter)
    odd: int = 0
    rows: int = 0
    first_time: int = 0
    last_time: int = 0
    last_rounded: int = 0
    highest: int = 0
    coins: tuple[CoinProof, ...] = ()
    is_blind: bool = True

    def take(self, rows: Sequence[SourcedEntry | OddRow], kinds: Mapping[str, str]) -> None:
        """Take the next rows."""
        entries = [row.entry for row in rows if isinstance(row, SourcedEntry)]
        if len(entries) < len(rows):
            self._take_odd([row for row in rows if isinstance(row, OddRow)])
        if not entries:
            return
        self.rows += len(entries)
        self.first_time = self.first_time or entries[0].time
        self.last_time = entries[-1].time
        self.highest = max(self.highest, *(entry.number for entry in entries))
        codes = Counter([entry.type for entry in entries])
        self.types.update(codes)
        self.unknown.update({code: count for code, count in codes.items() if code not in kinds})
        for entry in entries:
            self._follow(entry)

    def _take_odd(self, rows: Sequence[OddRow]) -> None:
        self.odd += len(rows)
        self.oddities += rows[: MOST_TOLD - len(self.oddities)]

    def _follow(self, entry: LedgerEntry) -> None:
        asset = entry.asset
        chain = self.chains.get(asset)
        if chain is None:
            chain = self.chains[asset] = CoinChain(asset)
            self.curves[asset] = Curve()
        breaks = chain.add(entry)
        if breaks:
            self._tell(breaks)
        self.curves[asset].add(entry.time, entry.balance)
        if entry.slack:
            self.last_rounded = entry.time

    @property
    def proved_since(self) -> int:
        """The time since which every row is there, digit for digit; 0 without a row."""
        return max(self.first_time, self.last_rounded, self.coverage.start(self.last_time)) if self.rows else 0

    @property
    def skipped(self) -> int:
        """How many numbers of rows are missing where the exchange counts them from 1 on; 0 where it does not."""
        return max(self.highest - self.rows - self.odd, 0) if self.ledger.counted else 0

    def settle(self) -> None:
        """Take the rows as complete."""
        for chain in self.chains.values():
            self._tell(chain.settle())

    def _tell(self, breaks: Iterable[Break]) -> None:
        for one in breaks:
            if one.before is not None and not self.coverage.covers(one.before.time, one.after.time):
                self.gaps[one.asset] += 1
                continue
            if self.ledger.unsure_of(one.asset):
                self.unsure[one.asset] += 1
                continue
            self.broken[one.asset] += 1
            self.breaks += [one] if len(self.breaks) < MOST_TOLD else []
