"""What a format says of the archive that it writes: whose it is, what it lacks, its first and last balances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from auditor.archive.exports.ledger_table import rows_of
from auditor.archive.raw import DamagedError
from auditor.archive.times import milliseconds_of
from auditor.archive.wallet_proof import CoinStatus
from auditor.i18n import _
from auditor.model.amounts import parse

SECOND = 1000
"""Milliseconds."""
_BALANCES = ("wallet", "asset", "opening", "closing", "shown", "first_row", "status")


@dataclass(frozen=True, slots=True)
class Coin:
    """One coin in one wallet.

    ``opening``: before its first row; ``closing``: what the exchange showed, or where that says nothing, what its rows
    come to; ``first``: Unix milliseconds of its first row, 0 without one.
    """

    wallet: str
    asset: str
    opening: str
    closing: str
    first: int


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """From which moment to before which one (Unix ms) events are written; None: no bound."""

    since: int | None = None
    until: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether there is no bound."""
        return self.since is None and self.until is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Of which archive an export is.

    ``kind``: the weakest kind of its proof; ``finished``: Unix milliseconds; ``gaps``: what it lacks, in English.
    """

    exchange: str
    name: str
    uid: str
    status: str
    gaps: Sequence[str]
    finished: int
    coins: Sequence[Coin]
    span: TimeSpan
    kind: str = "proved"

    @property
    def is_complete(self) -> bool:
        """Whether the archive is called complete."""
        return self.status == "complete"

    @property
    def begins(self) -> int:
        """Unix milliseconds before everything that is in it."""
        return min((coin.first for coin in self.coins if coin.first), default=self.finished) - SECOND

    def openings(self) -> list[tuple[int, Coin]]:
        """Return the balances that were there before the first row of their wallet, a second before it, in Unix ms."""
        firsts: dict[str, int] = {}
        for coin in self.coins:
            firsts[coin.wallet] = min(firsts.get(coin.wallet, self.finished), coin.first or self.finished)
        found = [(firsts[coin.wallet] - SECOND, coin) for coin in self.coins if parse(coin.opening)]
        return sorted(found, key=lambda one: one[0])


def heading_of(tables: Path, document: Mapping[str, Any], span: TimeSpan) -> Heading:
    """Return the heading of an archive. Raises DamagedError."""
    try:
        run = document["run"]
        return Heading(
            exchange=run["exchange"],
            name=run["name"],
            uid=run["uid"],
            status=document["status"],
            # Archives of older versions have running balances, all of them.
            kind=document.get("proof", "proved"),
            gaps=tuple(document["gaps"]),
            finished=milliseconds_of(datetime.fromisoformat(run["finished_at"])),
            coins=tuple(map(_coin, rows_of(tables / "balances.csv", _BALANCES))),
            span=span,
        )
    except (KeyError, TypeError, ValueError):
        raise DamagedError(_("{path} is not the document of an archive.").format(path="archive.json")) from None


def _coin(cells: Sequence[str]) -> Coin:
    wallet, asset, opening, closing, shown, first, status = cells
    is_shown = shown and status not in {CoinStatus.MOVING.value, CoinStatus.TOGETHER.value}
    moment = milliseconds_of(datetime.fromisoformat(first)) if first else 0
    return Coin(wallet, asset, opening, shown if is_shown else closing, moment)
