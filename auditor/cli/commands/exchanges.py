"""The matrix of exchanges: what is read of each area, and whether a key can prove itself."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from auditor.cli.commands.listings import check_form, print_json
from auditor.cli.commands.listings import width as list_width
from auditor.cli.runtime.reader import Runtime
from auditor.exchanges.catalogue import catalogue_entry
from auditor.exchanges.registry import all_ids, load, table_ids
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.exchange import REFERENCE, has_identification
from auditor.i18n import Text, Translator, _, mark
from auditor.i18n.columns import padded, wrapped
from auditor.model.records import Area
from auditor.spec.exchange import Exchange

# At most four cells each, so that a row fits a narrow window.
AREA_LABELS = {
    Area.BALANCES: mark("bal"),
    Area.ORDERS: mark("ord"),
    Area.POSITIONS: mark("pos"),
    Area.EARN: mark("earn"),
    Area.DEBTS: mark("debt"),
    Area.FLOWS: mark("flow"),
    Area.BOTS: mark("bots"),
    Area.SUBACCOUNTS: mark("subs"),
    Area.STATUS: mark("stat"),
}
CELL_WIDTH = 4
LEGEND = (
    mark(
        "bal balances, ord open orders, pos positions, earn, debt, flow deposits and withdrawals under way, bots, "
        "subs sub-accounts, stat restrictions."
    ),
    mark(
        "full: every place that the exchange documents. part: some places; the report lists the others for you to "
        "check in the app. -: nothing; check it in the app."
    ),
    mark(
        "API key: can the exchange prove that the key only reads? yes: it is asked. no: only with "
        "--accept-unproven-key. -: nothing is asked. wallet: the API takes a wallet's private key, which you must "
        "never give away; nothing is asked."
    ),
)


class Extent(StrEnum):
    """How much of an area is read."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class KeyProof(StrEnum):
    """Whether the exchange can tell that a key only reads."""

    YES = "yes"
    NO = "no"
    UNASKED = "unasked"
    WALLET = "wallet"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of the matrix: one exchange."""

    id: str
    name: str
    areas: dict[Area, Extent]
    proof: KeyProof


def show(form: str, runtime: Runtime, *, every: bool = False) -> int:
    """Print the matrix as text or JSON and return the exit code.

    ``every``: as text, also those of which nothing can be read. Raises UserError for any other format.
    """
    check_form(form, "exchanges")
    rows = [matrix_row(exchange) for exchange in all_ids() if exchange in table_ids() or catalogue_entry(exchange)]
    if form == "json":
        return print_json("exchanges", map(_fields, rows))
    sys.stdout.write("".join(f"{line}\n" for line in _as_text(rows, runtime.console, every=every)))
    return 0


def matrix_row(exchange: str) -> MatrixRow:
    """Return the row of one exchange."""
    table = load(exchange)
    return MatrixRow(exchange, table.name, {area: extent(table, area) for area in Area}, proof(exchange))


def extent(exchange: Exchange, area: Area) -> Extent:
    """Return how much of ``area`` the table reads; full only for a complete table.

    An area in which the exchange documents no place, as the table states, is read in full as well.
    """
    surfaces = [surface for surface in exchange.surfaces if surface.area is area and surface.id not in REFERENCE]
    is_read = [surface.endpoint is not None or bool(surface.stated_in) for surface in surfaces]
    is_read += [exchange.status.endpoint is not None] if exchange.status.area is area else []
    unread = is_read.count(False)
    if unread == len(is_read):
        return Extent.NONE
    return Extent.PARTIAL if unread or not exchange.complete else Extent.FULL


def proof(exchange: str) -> KeyProof:
    """Return whether the exchange can tell what a key may do."""
    if exchange in table_ids():
        return KeyProof.YES
    spec, entry = facts.load_spec(exchange), catalogue_entry(exchange)
    if spec is None:
        return KeyProof.WALLET if entry is not None and entry.needs_wallet_key else KeyProof.UNASKED
    return KeyProof.YES if has_identification(exchange) else KeyProof.NO


def _as_text(rows: list[MatrixRow], translate: Translator, *, every: bool) -> Iterator[str]:
    """Yield the exchanges with a table, those that are read in part, and the others or how many they are."""
    shown = sorted(rows, key=_order)
    rest = [row for row in shown if _is_empty(row)]
    width = max(len(row.id) for row in rows)
    head: list[Text] = [*map(_, AREA_LABELS.values()), _("API key")]
    yield _aligned(padded(translate(_("exchange")), width), map(translate, head))
    yield from (_line(row, width, translate) for row in shown if every or row not in rest)
    yield ""
    if rest and not every:
        text = _("Of {count} more exchanges nothing can be read; `audit list exchanges --all` names them.")
        yield from wrapped(translate(text.format(count=len(rest))), list_width())
        yield ""
    for note in LEGEND:
        yield from wrapped(translate(_(note)), list_width())


def _order(row: MatrixRow) -> tuple[bool, int, str]:
    """Sort exchanges with a table first, then those of which most is read."""
    unread = sum(extent is Extent.NONE for extent in row.areas.values())
    return (Extent.FULL not in row.areas.values(), unread, row.id)


def _is_empty(row: MatrixRow) -> bool:
    return set(row.areas.values()) == {Extent.NONE}


def _line(row: MatrixRow, width: int, translate: Translator) -> str:
    extents: dict[Extent, Text] = {Extent.FULL: _("full"), Extent.PARTIAL: _("part"), Extent.NONE: "-"}
    proofs: dict[KeyProof, Text] = {
        KeyProof.YES: _("yes"),
        KeyProof.NO: _("no"),
        KeyProof.UNASKED: "-",
        KeyProof.WALLET: _("wallet"),
    }
    cells = [*(extents[row.areas[area]] for area in AREA_LABELS), proofs[row.proof]]
    return _aligned(row.id.ljust(width), map(translate, cells))


def _aligned(name: str, cells: Iterable[str]) -> str:
    return " ".join((name, *(padded(cell, CELL_WIDTH) for cell in cells))).rstrip()


def _fields(row: MatrixRow) -> dict[str, object]:
    areas = {area.value: extent.value for area, extent in row.areas.items()}
    return {"id": row.id, "name": row.name, "areas": areas, "key_proof": row.proof.value}
