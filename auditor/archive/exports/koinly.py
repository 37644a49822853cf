"""Koinly's universal template: one row an event, amounts without a sign, times in UTC.

Profit of contracts is a deposit or a withdrawal with a label; the trade of a contract is not entered. A fee that the
exchange took out of what was received is inside the amount already, and not entered again. Movements between own
wallets, and into and out of Earn, are left out: what is in them is still the user's.

Source: Koinly's help, articles 9489976 (custom CSV), 9489979 (futures), 9490023 (tags), read November 2026.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from auditor.archive.exports.description import opening_words, warning
from auditor.archive.exports.event import NO_LEG, Event, Leg, Nature, leg
from auditor.archive.exports.export_format import ExportFormat
from auditor.archive.exports.heading import Coin, Heading
from auditor.archive.tables import LineWriter
from auditor.archive.times import iso

COLUMNS = (
    *("Date", "Sent Amount", "Sent Currency", "Received Amount", "Received Currency", "Fee Amount", "Fee Currency"),
    *("Net Worth Amount", "Net Worth Currency", "Label", "Description", "TxHash"),
)
LEFT_OUT = frozenset({Nature.OWN, Nature.INSIDE})
RESULT = "realized gain"
IN = {"reward": "reward", "airdrop": "airdrop", "rebate": "cashback", "interest": "lending interest"}
OUT = {"interest": "margin fee", "fee": "cost"}


@dataclass(slots=True)
class KoinlyWriter:
    """Writes one file. ``warning``: what its first row says first."""

    writer: LineWriter
    warning: str

    def open_with(self, coin: Coin, moment: int) -> None:
        """Write a balance that was there before."""
        side, is_out = leg(coin.opening, coin.asset), coin.opening.startswith("-")
        self._row(iso(moment), (side, None, None) if is_out else (None, side, None), "", opening_words(coin))

    def skip(self, older: Event | Coin) -> None:
        """Take what is too old."""

    def write(self, event: Event, words: str) -> None:
        """Write an event."""
        if event.nature not in LEFT_OUT:
            sides = (event.sent, event.received, event.fee)
            self._row(event.first.time, sides, _label(event), words, event.txid)

    def close(self) -> None:
        """Write nothing more."""

    def _row(self, time: str, sides: Sequence[Leg | None], label: str, description: str, txid: str = "") -> None:
        """Write a row. ``sides``: sent, received, fee."""
        date = f"{time[:10]} {time[11:19]} UTC"
        sent, received, fee = [side or NO_LEG for side in sides]
        self.writer.writerow((date, *sent, *received, *fee, "", "", label, f"{self.warning}{description}", txid))
        self.warning = ""


def _label(event: Event) -> str:
    if event.nature is Nature.RESULT:
        return RESULT
    return (IN if event.is_in else OUT).get(event.kind, "") if event.nature is Nature.FLOW else ""


def _open(files: Sequence[TextIO], heading: Heading) -> KoinlyWriter:
    writer = LineWriter(files[0])
    writer.writerow(COLUMNS)
    return KoinlyWriter(writer, warning(heading))


FORMAT = ExportFormat("koinly", ("koinly.csv",), _open)
