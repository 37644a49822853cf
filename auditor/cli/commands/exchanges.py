"""The matrix of exchanges: what is read of each area, and whether a key can prove itself."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from auditor.cli.runtime.reader import Runtime
from auditor.exchanges.catalogue import catalogue_entry
from auditor.exchanges.registry import all_ids, load, table_ids
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.exchange import REFERENCE, has_identification
from auditor.i18n import Text, Translator, _, mark
from auditor.i18n.columns import padded
from auditor.model.errors import UserError
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
LEGEND = mark(
    "bal balances, ord open orders, pos positions, earn, debt, flow deposits and\n"
    "withdrawals under way, bots, subs sub-accounts, stat restrictions.\n"
    "full: every place that the exchange documents. part: some places; the report\n"
    "lists the others to look at by hand. -: nothing, look by hand.\n"
    "API key: proof that it can only read. yes: the exchange is asked. no: only with\n"
    "--accept-unproven-key. -: nothing is asked. wallet: the API takes a wallet's\n"
    "private key, which must never be given away; nothing is asked."
)


class Extent(StrEnum):
    """How much of an area is read."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Proof(StrEnum):
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
    proof: Proof


def show(form: str, runtime: Runtime) -> int:
    """Print the matrix as text or JSON and return the exit code.

    Raises UserError for any other format.
    """
    if form not in {"terminal", "json"}:
        raise UserError(_("`audit exchanges` knows --format terminal and --format json."))
    rows = [matrix_row(exchange) for exchange in all_ids() if exchange in table_ids() or catalogue_entry(exchange)]
    printed = _as_json(rows) if form == "json" else "\n".join(_as_text(rows, runtime.console))
    sys.stdout.write(printed + "\n")
    return 0


def matrix_row(exchange: str) -> MatrixRow:
    """Return the row of one exchange."""
    table = load(exchange)
    return MatrixRow(exchange, table.name, {area: extent(table, area) for area in Area}, proof(exchange))


def extent(exchange: Exchange, area: Area) -> Extent:
    """Return how much of ``area`` the table reads; full only for a complete table."""
    endpoints = [
        surface.endpoint for surface in exchange.surfaces if surface.area is area and surface.id not in REFERENCE
    ]
    endpoints += [exchange.status.endpoint] if exchange.status.area is area else []
    unread = [endpoint for endpoint in endpoints if endpoint is None]
    if len(unread) == len(endpoints):
        return Extent.NONE
    return Extent.PARTIAL if unread or not exchange.complete else Extent.FULL


def proof(exchange: str) -> Proof:
    """Return whether the exchange can tell what a key may do."""
    if exchange in table_ids():
        return Proof.YES
    spec, entry = facts.load_spec(exchange), catalogue_entry(exchange)
    if spec is None:
        return Proof.WALLET if entry is not None and entry.needs_wallet_key else Proof.UNASKED
    return Proof.YES if has_identification(exchange) else Proof.NO


def _as_text(rows: list[MatrixRow], translate: Translator) -> Iterator[str]:
    extents: dict[Extent, Text] = {Extent.FULL: _("full"), Extent.PARTIAL: _("part"), Extent.NONE: "-"}
    proofs: dict[Proof, Text] = {
        Proof.YES: _("yes"),
        Proof.NO: _("no"),
        Proof.UNASKED: "-",
        Proof.WALLET: _("wallet"),
    }
    width = max(len(row.id) for row in rows)
    head: list[Text] = [*map(_, AREA_LABELS.values()), _("API key")]
    yield _aligned(padded(translate(_("exchange")), width), map(translate, head))
    for row in rows:
        cells = [*(extents[row.areas[area]] for area in AREA_LABELS), proofs[row.proof]]
        yield _aligned(row.id.ljust(width), map(translate, cells))
    yield ""
    yield from translate(_(LEGEND)).splitlines()


def _aligned(name: str, cells: Iterable[str]) -> str:
    return " ".join((name, *(padded(cell, CELL_WIDTH) for cell in cells))).rstrip()


def _as_json(rows: list[MatrixRow]) -> str:
    return json.dumps({"exchanges": [_fields(row) for row in rows]}, indent=2)


def _fields(row: MatrixRow) -> dict[str, object]:
    areas = {area.value: extent.value for area, extent in row.areas.items()}
    return {"id": row.id, "name": row.name, "areas": areas, "key_proof": row.proof.value}
