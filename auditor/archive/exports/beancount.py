"""A Beancount file: each change as a posting, and the exchange's own balances as assertions that `bean-check` proves.

Trades have no price: each coin is balanced by itself against Equity, digit for digit, so that nothing is rounded.
Written without Beancount's code, from its documentation (Beancount Language Syntax, read November 2026).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TextIO

from auditor.archive.exports.beancount_accounts import (
    counter_account,
    every_account,
    fee_account,
    named,
    wallet_account,
)
from auditor.archive.exports.commodities import commodities
from auditor.archive.exports.description import opening_words
from auditor.archive.exports.event import Event, Nature, is_zero
from auditor.archive.exports.export_format import ExportFormat
from auditor.archive.exports.heading import Coin, Heading
from auditor.archive.exports.ledger_table import LedgerRow
from auditor.archive.exports.running_balances import RunningBalance, RunningBalances
from auditor.archive.tables import NO_FEE
from auditor.archive.times import from_milliseconds, iso
from auditor.model import amounts
from auditor.model.amounts import ZERO, parse

DAY = timedelta(days=1)
END = "end"
"""What comes after the last month."""


@dataclass(slots=True)
class BeancountWriter:
    """Writes one file. ``root``: the exchange in names of accounts; ``month``: of the latest event, ``2026-11``."""

    file: TextIO
    heading: Heading
    root: str
    names: dict[str, str]
    balances: RunningBalances = field(default_factory=RunningBalances)
    month: str = ""

    def begin(self) -> None:
        """Write what an archive lacks, the names of coins, and the accounts."""
        day = _day(self.heading.begins)
        self.file.writelines(f"{line}\n" for line in _head(self.heading))
        for asset, name in self.names.items():
            self.file.write(f"{day} commodity {name}\n  code: {_quoted(asset)}\n")
        wallets = sorted({coin.wallet for coin in self.heading.coins})
        self.file.writelines(f"{day} open {account}\n" for account in every_account(self.root, wallets))

    def open_with(self, coin: Coin, moment: int) -> None:
        """Write a balance that was there before."""
        self._turn_to(iso(moment)[:7])
        self.balances.at(coin.wallet, coin.asset).amount = Decimal(coin.opening)
        self._opening(coin.wallet, coin.asset, coin.opening, moment, opening_words(coin))

    def skip(self, older: Event | Coin) -> None:
        """Take what is older than what is to be written: only balances count."""
        if isinstance(older, Coin):
            self.balances.at(older.wallet, older.asset).amount = Decimal(older.opening)
        else:
            self.balances.add_up(older)

    def write(self, event: Event, words: str) -> None:
        """Write an event, and before the first of a month the balances as the exchange printed them."""
        time = event.first.time
        self._turn_to(time[:7])
        self.balances.take(event)
        rows = " ".join([f"{row.wallet}:{row.id}" for row in event.rows])
        txid = f"  txid: {_quoted(event.txid)}\n" if event.txid else ""
        postings = "".join([_postings(self.root, event, row, self.names[row.asset]) for row in event.rows])
        self.file.write(
            f'\n{time[:10]} * {_quoted(words)}\n  time: "{time}"\n  rows: {_quoted(rows)}\n{txid}{postings}'
        )

    def close(self) -> None:
        """Write the balances that the exchange shows at the end, and that nothing is under way between own wallets."""
        until = self.heading.span.until
        day = _day(self.heading.finished, DAY) if until is None else _day(until)
        self._turn_to(END, day)
        if until is None:
            self._close_whole(day)

    def _close_whole(self, day: str) -> None:
        self.file.write(f"\n; What {self.heading.name} shows.\n")
        for coin in self.heading.coins:
            account = wallet_account(self.root, coin.wallet)
            if not coin.is_explained:
                shown = f"{_plain(coin.closing)} {self.names[coin.asset]}"
                self.file.write(f"; {account}: {shown}. The rows here come to something else: not all are here.\n")
                continue
            self._assert(day, account, coin.closing, coin.asset, self.balances.at(coin.wallet, coin.asset))
        for asset in sorted({coin.asset for coin in self.heading.coins}) if self.heading.span.is_whole else ():
            self._assert(day, named(self.root, Nature.OWN), "0", asset, RunningBalance())

    def _turn_to(self, month: str, day: str = "") -> None:
        """Assert what changed before a month or a day, or carry over what was there before everything written."""
        if month == self.month:
            return
        if self.month:
            self._assert_printed(day or f"{month}-01")
        elif self.heading.span.since is not None:
            self._carry_over(self.heading.span.since)
        self.balances.changed.clear()
        self.month = month

    def _assert_printed(self, day: str) -> None:
        for wallet, asset in sorted(self.balances.changed):
            balance = self.balances.at(wallet, asset)
            if balance.shown:
                self._assert(day, wallet_account(self.root, wallet), balance.shown, asset, balance)

    def _carry_over(self, since: int) -> None:
        """Write the balances at the moment from which on events are written."""
        for (wallet, asset), balance in sorted(self.balances.by_place.items()):
            if balance.amount:
                words = "Balance before the first day of this file"
                self._opening(wallet, asset, amounts.plain(balance.amount), since, words)

    def _opening(self, wallet: str, asset: str, amount: str, moment: int, words: str) -> None:
        self.file.write(f"\n{_day(moment)} * {_quoted(words)}\n  time: {_quoted(iso(moment))}\n")
        other = f"Equity:{self.root}:Opening-Balances"
        self.file.write(_posting(wallet_account(self.root, wallet), amount, self.names[asset]))
        self.file.write(_posting(other, _negative(amount), self.names[asset]))

    def _assert(self, day: str, account: str, amount: str, asset: str, balance: RunningBalance) -> None:
        self.file.write(f"{day} balance {account}  {_plain(amount)} ~ {balance.tolerance} {self.names[asset]}\n")


def _postings(root: str, event: Event, row: LedgerRow, coin: str) -> str:
    """Return both sides of a change; a fee that is inside it is named. ``coin``: its name here."""
    change = _plain(row.change)
    wallet, charged = _posting(wallet_account(root, row.wallet), change, coin), ""
    fee = _inner_fee(event, row)
    if fee:
        charged = _posting(fee_account(root), amounts.plain(fee), coin)
        change = amounts.plain(amounts.add(Decimal(change), fee))
        if is_zero(change):
            return wallet + charged
    return wallet + charged + _posting(counter_account(root, event, row), _negative(change), coin)


def _posting(account: str, amount: str, coin: str) -> str:
    return f"  {account}  {amount} {coin}\n"


def _inner_fee(event: Event, row: LedgerRow) -> Decimal:
    """Return the fee inside a change, above zero where it was charged; 0 without one."""
    if event.kind == "trade" and row.kind == "trade":
        return ZERO if row.fee in NO_FEE or is_zero(row.fee) else -(parse(row.fee) or ZERO)
    return (parse(event.fee.amount) or ZERO) if event.fee and event.nature is Nature.FLOW else ZERO


def _head(heading: Heading) -> Iterator[str]:
    yield f"; Account {heading.uid} at {heading.name}, from an archive that is {heading.status}."
    yield from (f"; Not in it: {' '.join(gap.split())}" for gap in heading.gaps)
    yield f'option "title" {_quoted(f"{heading.name} {heading.uid}")}'
    yield ""


def _day(moment: int, later: timedelta = timedelta(0)) -> str:
    return (from_milliseconds(moment) + later).date().isoformat()


def _plain(text: str) -> str:
    return amounts.plain(Decimal(text)) if "e" in text.lower() else text


def _negative(text: str) -> str:
    return text[1:] if text.startswith("-") else f"-{text}"


def _quoted(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + " ".join(text.replace("\\", "\\\\").replace('"', '\\"').split()) + '"'


def _open(files: Sequence[TextIO], heading: Heading) -> BeancountWriter:
    names = commodities(coin.asset for coin in heading.coins)
    writer = BeancountWriter(files[0], heading, heading.exchange.upper(), names)
    writer.begin()
    return writer


FORMAT = ExportFormat("beancount", ("{exchange}.beancount",), _open)
