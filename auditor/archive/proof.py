"""The proof of an archive, made from its raw answers alone, with the tables that it goes through.

It is made when an archive is sealed, and made anew by whoever verifies it: both must come to the same.
"""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from auditor.archive.chain import Break, CoinChain
from auditor.archive.curve import Curve
from auditor.archive.facts import RunFacts
from auditor.archive.folder import ANCHOR, raw_file
from auditor.archive.raw import answers, places
from auditor.archive.rows import OddRow, SourcedEntry, ledger_rows
from auditor.archive.session import history_of
from auditor.archive.tables import BALANCE_COLUMNS, LEDGER_COLUMNS, ledger_cells, table
from auditor.archive.times import iso
from auditor.formats.escape import cell
from auditor.i18n import mark
from auditor.model import amounts
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.history import Ledger, ShownBalances
from auditor.transport.ccxt.exact import decoded_body

MOST_TOLD = 100
"""Breaks and odd rows that are kept one by one; the others are counted."""


class CoinStatus(StrEnum):
    """What is proved of one coin in one wallet."""

    PROVED = mark("proved")
    OPENING = mark("opening balance")
    MOVING = mark("moved meanwhile")
    UNREAD = mark("not read")
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

    ``broken``: number of breaks; ``odd``: of rows that are not understood.
    ``is_blind``: the balances of the wallet were not read.
    """

    ledger: Ledger
    chains: dict[str, CoinChain] = field(default_factory=dict)
    curves: dict[str, Curve] = field(default_factory=dict)
    breaks: list[Break] = field(default_factory=list)
    oddities: list[OddRow] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    odd: int = 0
    rows: int = 0
    first_time: int = 0
    last_time: int = 0
    coins: tuple[CoinProof, ...] = ()
    is_blind: bool = True

    def take(self, row: SourcedEntry | OddRow, kinds: Mapping[str, str]) -> None:
        """Take the next row."""
        if isinstance(row, OddRow):
            self.odd += 1
            self.oddities += [row] if len(self.oddities) < MOST_TOLD else []
            return
        entry = row.entry
        self.rows += 1
        self.first_time = self.first_time or entry.time
        self.last_time = entry.time
        if entry.type not in kinds:
            self.unknown[entry.type] += 1
        chain = self.chains.setdefault(entry.asset, CoinChain(entry.asset))
        self._tell(chain.add(entry))
        self.curves.setdefault(entry.asset, Curve()).add(entry.time, entry.balance)

    def settle(self) -> None:
        """Take the rows as complete."""
        for chain in self.chains.values():
            self._tell(chain.settle())

    def _tell(self, breaks: Iterator[Break]) -> None:
        for one in breaks:
            self.broken[one.asset] += 1
            self.breaks += [one] if len(self.breaks) < MOST_TOLD else []


@dataclass(frozen=True, slots=True)
class Proof:
    """What the raw answers of an archive come to, by wallet."""

    wallets: tuple[WalletProof, ...]


def prove(folder: Path, exchange: Exchange, tables: Path, facts: RunFacts) -> Proof:
    """Return the proof of the raw answers in ``folder``, and write the tables that it goes through.

    ``tables``: their folder. Raises DamagedError.
    """
    history = history_of(exchange)
    wallets = tuple(WalletProof(ledger) for ledger in history.ledgers)
    account = cell(facts.account)
    with table(tables / "ledger.csv", LEDGER_COLUMNS) as writer:
        for wallet, row in _rows(folder, exchange, wallets):
            wallet.take(row, history.kinds.get(wallet.ledger.wallet, {}))
            if isinstance(row, SourcedEntry):
                writer.writerow(ledger_cells(account, wallet.ledger.wallet, row))
    for wallet in wallets:
        shown = shown_balances(folder, exchange, wallet.ledger.shown)
        wallet.coins, wallet.is_blind = tuple(_coins(wallet, shown, rested=facts.rested)), shown is None
    with table(tables / "balances.csv", BALANCE_COLUMNS) as writer:
        for coin in (coin for wallet in wallets for coin in wallet.coins):
            writer.writerow(_balance_cells(coin, facts))
    return Proof(wallets)


def _rows(
    folder: Path, exchange: Exchange, wallets: Sequence[WalletProof]
) -> Iterator[tuple[WalletProof, SourcedEntry | OddRow]]:
    """Yield every row with its wallet in the order of time, each ledger's in its own order."""
    rows = [_timed(number, ledger_rows(folder, one.ledger, exchange)) for number, one in enumerate(wallets)]
    for _time, number, row in heapq.merge(*rows, key=lambda timed: timed[:2]):
        yield wallets[number], row
    for wallet in wallets:
        wallet.settle()


def _timed(number: int, rows: Iterator[SourcedEntry | OddRow]) -> Iterator[tuple[int, int, SourcedEntry | OddRow]]:
    """Yield rows with a time by which they can be merged: it never falls, whatever a row says."""
    latest = 0
    for row in rows:
        latest = max(latest, row.entry.time) if isinstance(row, SourcedEntry) else latest
        yield latest, number, row


def shown_balances(folder: Path, exchange: Exchange, shown: ShownBalances) -> dict[str, Decimal] | None:
    """Return the balances of a wallet as the exchange showed them last, None where it did not."""
    path = raw_file(folder, ANCHOR)
    wanted = shown.endpoint.full_path(exchange.api.prefix)
    if not path.exists():
        return None
    body = next((one.body for _line, one in answers(path, places(path)) if one.path == wanted), None)
    return None if body is None else balances_in(exchange.api.unwrap(decoded_body(body)), shown)


def balances_in(data: object, shown: ShownBalances) -> dict[str, Decimal] | None:
    """Return the balances in an answer, None where one of them cannot be read."""
    found: dict[str, Decimal] = {}
    try:
        rows = shown.endpoint.rows(data)
    except MalformedError:
        return None
    for row in rows:
        asset, text = (row.get(shown.asset), row.get(shown.amount)) if isinstance(row, dict) else (None, None)
        amount = amounts.parse(text)
        if not isinstance(asset, str) or not asset or amount is None or asset in found:
            return None
        found[asset] = amount
    return found


def _coins(wallet: WalletProof, shown: Mapping[str, Decimal] | None, *, rested: bool) -> Iterator[CoinProof]:
    for asset in sorted({*wallet.chains, *(asset for asset, amount in (shown or {}).items() if amount)}):
        chain = wallet.chains.get(asset, CoinChain(asset))
        now = None if shown is None else shown.get(asset, amounts.ZERO)
        # A coin without a row is what it was when the ledger begins.
        closing = chain.closing if chain.closing is not None else now or amounts.ZERO
        opening = chain.opening if chain.opening is not None else closing
        yield CoinProof(
            wallet=wallet.ledger.wallet,
            asset=asset,
            opening=opening,
            change=chain.change,
            closing=closing,
            shown=now,
            first_time=chain.first_time,
            rows=chain.rows,
            status=_status(wallet.broken[asset] > 0, opening, closing, now, rested=rested),
        )


def _status(broken: bool, opening: Decimal, closing: Decimal, shown: Decimal | None, *, rested: bool) -> CoinStatus:
    if broken:
        return CoinStatus.BREAK
    if shown is None:
        return CoinStatus.UNREAD
    if shown != closing:
        return CoinStatus.DIFFERENCE if rested else CoinStatus.MOVING
    return CoinStatus.OPENING if opening else CoinStatus.PROVED


def _balance_cells(coin: CoinProof, facts: RunFacts) -> list[str]:
    figures = (coin.shown, coin.opening, coin.change, coin.closing, coin.difference)
    return [
        facts.finished_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        cell(facts.account),
        coin.wallet,
        cell(coin.asset),
        *("" if figure is None else amounts.plain(figure) for figure in figures),
        iso(coin.first_time) if coin.first_time else "",
        str(coin.rows),
        coin.status.value,
    ]
