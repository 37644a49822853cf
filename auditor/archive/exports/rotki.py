"""Rotki's generic files: one of trades, one of all other events, with times in exact milliseconds.

What is left out, and fees inside amounts, are as in Koinly's file.

Source: rotki/rotki, docs/files/rotki_generic_events.csv and rotki_generic_trades.csv, and the importers of both, read
November 2026. Of an event only Deposit, Withdrawal, Income, Loss and Staking are known there; Spend is another name
for Loss.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from auditor.archive.exports.description import opening_words, warning
from auditor.archive.exports.event import NO_LEG, Event, Leg, Nature, leg
from auditor.archive.exports.export_format import ExportFormat
from auditor.archive.exports.heading import Coin, Heading
from auditor.archive.exports.koinly import LEFT_OUT
from auditor.archive.tables import LineWriter

EVENT_COLUMNS = ("Type", "Location", "Currency", "Amount", "Fee", "Fee Currency", "Description", "Timestamp")
TRADE_COLUMNS = (
    *("Location", "Spend Currency", "Receive Currency", "Receive Amount", "Spend Amount", "Fee", "Fee Currency"),
    *("Description", "Timestamp"),
)
GAINS = frozenset({"reward", "airdrop", "rebate", "interest", "fee"})


@dataclass(slots=True)
class RotkiWriter:
    """Writes both files. ``warning``: what the first row of each says first."""

    events: LineWriter
    trades: LineWriter
    location: str
    warning: str
    event_warning: str

    def open_with(self, coin: Coin, moment: int) -> None:
        """Write a balance that was there before."""
        kind = "Withdrawal" if coin.opening.startswith("-") else "Deposit"
        self._event(kind, leg(coin.opening, coin.asset), None, opening_words(coin), str(moment))

    def skip(self, older: Event | Coin) -> None:
        """Take what is too old."""

    def write(self, event: Event, words: str) -> None:
        """Write an event."""
        if event.nature in LEFT_OUT:
            return
        side = event.received or event.sent
        if event.sent is not None and event.received is not None:
            self._trade(event, event.sent, event.received, words)
        elif side is not None:
            self._event(_type(event), side, event.fee, words, event.first.exchange_time)

    def close(self) -> None:
        """Write nothing more."""

    def _trade(self, event: Event, sent: Leg, received: Leg, words: str) -> None:
        coins = (sent.asset, received.asset, received.amount, sent.amount)
        notes = f"{self.warning}{words}"
        self.trades.writerow((self.location, *coins, *(event.fee or NO_LEG), notes, event.first.exchange_time))
        self.warning = ""

    def _event(self, kind: str, side: Leg, fee: Leg | None, words: str, time: str) -> None:
        cells = (kind, self.location, side.asset, side.amount, *(fee or NO_LEG), f"{self.event_warning}{words}", time)
        self.events.writerow(cells)
        self.event_warning = ""


def _type(event: Event) -> str:
    is_gain = event.nature is Nature.RESULT or (event.nature is Nature.FLOW and event.kind in GAINS)
    if event.is_in:
        return "Income" if is_gain else "Deposit"
    return "Loss" if is_gain else "Withdrawal"


def _open(files: Sequence[TextIO], heading: Heading) -> RotkiWriter:
    events, trades = map(LineWriter, files)
    events.writerow(EVENT_COLUMNS)
    trades.writerow(TRADE_COLUMNS)
    return RotkiWriter(events, trades, heading.exchange, warning(heading), warning(heading))


FORMAT = ExportFormat("rotki", ("rotki_events.csv", "rotki_trades.csv"), _open)
