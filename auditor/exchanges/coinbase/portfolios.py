"""Coinbase: the user's portfolios. A key sees one of them; each of the others needs a key of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.exchanges.coinbase.identity import KEY
from auditor.exchanges.coinbase.sources import DOC, PRIVATE, V3
from auditor.exchanges.coinbase.wallets import listed
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.i18n import _
from auditor.model.records import Area, Record, SubAccount
from auditor.model.reference_data import Product
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import MalformedError, flag, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.spelling import respelled
from auditor.spec.surface import RequestPlan, Surface, Total

OWN, INTX = "own", "INTX"


def key_row(data: object) -> list[object]:
    """Return the answer about the key as the one row, in whatever spelling it names the portfolio."""
    return object_row(respelled(data, ("portfolio_uuid",)))


@reads(text("portfolio_uuid"))
def own_portfolio(row: Row, _context: Context) -> Iterable[Record]:
    """Read which portfolio the key belongs to."""
    yield Product(subject=row.text("portfolio_uuid"), row={}, name=OWN, enabled=True)


OWN_PORTFOLIO = Surface(
    id="own-portfolio",
    area=Area.STATUS,
    title="The portfolio that the key belongs to",
    endpoint=replace(KEY, rows=key_row),
    reader=own_portfolio,
    value=False,
    right="View",
)


def own_uuid(readings: Readings) -> str | None:
    """Return the key's portfolio; None where it was not read."""
    found = (record for record in records_in(readings, "own-portfolio") if isinstance(record, Product))
    return next((record.subject for record in found), None)


def _knowing_the_own_one(readings: Readings) -> Sequence[Scope] | None:
    uuid = own_uuid(readings)
    return None if uuid is None else [Scope(known={OWN: uuid})]


@reads(text("uuid"), text("type"), flag("deleted"))
def portfolio(row: Row, context: Context) -> Iterable[Record]:
    """Read a portfolio of the user: any that is not deleted and not the key's own holds what this key cannot see."""
    uuid, kind = row.text("uuid"), row.text("type")
    if not row.flag("deleted") and uuid != context.scope.known.get(OWN):
        name = row.hint("name") or uuid
        yield SubAccount(subject=uuid, row=row.raw, name=name, uid=uuid, frozen=False, frozen_functions=())
    if kind == INTX:
        yield Product(subject=f"{INTX}:{uuid}", row={}, name=INTX, enabled=not row.flag("deleted"))


def own_is_listed(row: Row, context: Context) -> Iterable[Record]:
    """Yield nothing. Raises MalformedError for a list without the key's own portfolio: it is not the whole list."""
    listed = row.raw.get("portfolios")
    uuids = [one.get("uuid") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if context.scope.known.get(OWN) not in uuids:
        raise MalformedError(_("the portfolio of the key is missing"))
    return ()


PORTFOLIOS = Surface(
    id="portfolios",
    area=Area.SUBACCOUNTS,
    title="Portfolios",
    endpoint=Endpoint(
        path="brokerage/portfolios",
        site=V3,
        limit=PRIVATE,
        rows=listed("portfolios"),
        source=f"{DOC}, List Portfolios",
    ),
    reader=portfolio,
    total=Total(rows=object_row, reader=Reader((), own_is_listed)),
    plan=RequestPlan(after=("own-portfolio",), scopes=_knowing_the_own_one),
    right="View",
)
