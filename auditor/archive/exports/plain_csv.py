"""A plain table for a spreadsheet: one row an event, nothing left out, with what kind of thing it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from auditor.archive.exports.description import opening_words, warning
from auditor.archive.exports.event import Event, Leg, leg
from auditor.archive.exports.export_format import ExportFormat
from auditor.archive.exports.heading import Coin, Heading
from auditor.archive.tables import LineWriter
from auditor.archive.times import iso

COLUMNS = (
    *("time", "nature", "kind", "wallet", "sent_amount", "sent_asset", "received_amount", "received_asset"),
    *("fee_amount", "fee_asset", "instrument", "partner", "txid", "description", "ledger_ids"),
)


@dataclass(slots=True)
class PlainWriter:
    """Writes one file. ``warning``: what its first row says first."""

    writer: LineWriter
    warning: str

    def open_with(self, coin: Coin, moment: int) -> None:
        """Write a balance that was there before."""
        side, is_out = leg(coin.opening, coin.asset), coin.opening.startswith("-")
        sides = _cells(side, None, None) if is_out else _cells(None, side, None)
        self._row((iso(moment), "opening", "opening", coin.wallet, *sides, "", "", ""), opening_words(coin), "")

    def skip(self, older: Event | Coin) -> None:
        """Take what is too old."""

    def write(self, event: Event, words: str) -> None:
        """Write an event."""
        row, sides = event.first, _cells(event.sent, event.received, event.fee)
        cells = (row.time, event.nature.value, event.kind, row.wallet, *sides, row.instrument, event.partner)
        self._row((*cells, event.txid), words, " ".join(one.id for one in event.rows))

    def close(self) -> None:
        """Write nothing more."""

    def _row(self, cells: Sequence[str], words: str, ids: str) -> None:
        self.writer.writerow((*cells, f"{self.warning}{words}", ids))
        self.warning = ""


def _cells(*legs: Leg | None) -> tuple[str, ...]:
    return tuple(cell for one in legs for cell in ((one.amount, one.asset) if one else ("", "")))


def _open(files: Sequence[TextIO], heading: Heading) -> PlainWriter:
    writer = LineWriter(files[0])
    writer.writerow(COLUMNS)
    return PlainWriter(writer, warning(heading))


# Spreadsheets take the bytes in front for what they are: text in UTF-8.
FORMAT = ExportFormat("csv", ("{exchange}-events.csv",), _open, encoding="utf-8-sig")
