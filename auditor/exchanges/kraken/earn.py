"""Kraken: Earn, by strategy: what is allocated, bonding, unbonding, or waiting.

The same money stands among the balances under codes with an ending (.B, .F, .M, .S): see
`auditor.exchanges.kraken.asset_codes`. Strategies that earn by themselves (.F) are switched in the app only.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from auditor.exchanges.kraken.asset_codes import usual_name
from auditor.exchanges.kraken.envelope import MISSING
from auditor.exchanges.kraken.no_result import ROW, check_result, where_result
from auditor.exchanges.kraken.rights import FUNDS
from auditor.exchanges.kraken.rows import rows_in_any
from auditor.exchanges.kraken.sources import private
from auditor.exchanges.shared.key_rights import moment
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.i18n import _, mark
from auditor.model.amounts import total
from auditor.model.records import Area, Earning, Part, Record
from auditor.model.snapshot import NotApplicable, Read, Unread
from auditor.spec.fields import MalformedError, Row, amount, flag, optional_inner, text
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface

ITEMS = rows_in_any("items")
PRODUCT = mark("Kraken Earn")
STRATEGY = "strategy_id"
# Parts of an allocation by the name under which they are told; the last two are on their way out.
PARTS: Mapping[str, str] = {
    "bonding": mark("bonding"),
    "pending": Part.PENDING,
    "exit_queue": mark("in the exit queue"),
    "unbonding": Part.REDEEMING,
}
LEAVING = ("exit_queue", "unbonding")


def allocation_rows(data: object) -> list[object]:
    """Return the allocations. Raises MalformedError where there are more than the answer shows.

    ``result`` is null for an account without any; paging is announced, but no parameter for it.
    """
    if data is None:
        return []
    if data is MISSING:
        return [ROW]
    found = ITEMS(data)
    (answer,) = object_row(data)
    if isinstance(answer, dict) and answer.get("next_cursor"):
        raise MalformedError(_("there are more rows than one answer holds")).beside(found)
    return found


@reads(
    where_result(text(STRATEGY)),
    where_result(text("native_asset")),
    optional_inner(
        "amount_allocated",
        optional_inner("total", amount("native")),
        *(optional_inner(part, amount("native")) for part in PARTS),
    ),
)
def allocation(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is in one strategy, and by itself what is on its way out, with the last date of its parts."""
    check_result(row, "spot")
    parts = row.inner_or_none("amount_allocated")
    held = {part: figure for part in PARTS if (figure := _native(parts, part)) is not None}
    whole, leaving = _native(parts, "total"), {part: held[part] for part in LEAVING if held.get(part)}
    if not leaving or whole != total(leaving.values()):
        yield _earning(row, row.text(STRATEGY), whole, {PARTS[part]: figure for part, figure in held.items()})
    for part, figure in leaving.items():
        yield _earning(row, f"{row.text(STRATEGY)}:{part}", figure, {}, ready_at=_last_date(parts, part))
    if whole is None:
        raise MalformedError(_("{name} is missing").format(name="amount_allocated"))


def _earning(
    row: Row, subject: str, figure: Decimal | None, held: Mapping[str, Decimal], ready_at: datetime | None = None
) -> Earning:
    is_leaving = subject != row.text(STRATEGY)
    return Earning(
        subject=subject,
        row=row.raw,
        product=PRODUCT,
        asset=usual_name(row.text("native_asset")),
        amount=figure,
        held=held,
        state=mark("on its way out") if is_leaving else mark("held"),
        redeeming=is_leaving,
        ready_at=ready_at,
    )


def _native(parts: Row | None, name: str) -> Decimal | None:
    """Return the figure of one part in its own asset; None where it is not there or not understood."""
    part = None if parts is None else parts.inner_or_none(name)
    return part.amount("native") if part is not None and part.is_understood("native") else None


def _last_date(parts: Row | None, name: str) -> datetime | None:
    """Return the latest date on which something of a part becomes free."""
    part = None if parts is None else parts.inner_or_none(name)
    rows = [] if part is None else part.raw.get("allocations")
    dates = [moment(one.get("expires")) for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return max((date for date in dates if date is not None), default=None)


ALLOCATIONS = Surface(
    id="earn-allocations",
    area=Area.EARN,
    title="Earn: allocations",
    endpoint=private("Earn/Allocations", "List Earn Allocations", rows=allocation_rows),
    reader=allocation,
    right=FUNDS,
)

ASSET = "asset"


def strategies(record: Record) -> Sequence[Scope]:
    """Return one request for the strategy of an allocation that holds something."""
    if not isinstance(record, Earning) or not record.holds or record.redeeming:
        return ()
    return (Scope(params={STRATEGY: record.subject}, known={ASSET: record.asset}),)


def each_strategy(readings: Readings) -> Sequence[Scope] | None:
    """Plan one request for each strategy that holds something; None where allocations were not read.

    An answer without ``result`` shows none: whether that is so is settled elsewhere.
    """
    if any(_is_lost(reading.result) for group in readings.values() for reading in group):
        return None
    return [scope for record in records_in(readings) for scope in strategies(record)]


def _is_lost(result: Read | Unread | NotApplicable) -> bool:
    return isinstance(result, Unread) and not (result.doubts and all(doubt.settled_by for doubt in result.doubts))


def under_way(state: str, *, redeeming: bool) -> Reader:
    """Return the reader of whether an operation is under way. ``state``: in words."""

    @reads(flag("pending"))
    def read(row: Row, context: Context) -> Iterable[Record]:
        if row.flag("pending"):
            yield Earning(
                subject=context.scope.params[STRATEGY],
                row=row.raw,
                product=PRODUCT,
                asset=context.scope.known[ASSET],
                amount=None,
                held={},
                state=state,
                redeeming=redeeming,
                ready_at=None,
            )

    return read


def _operation(surface: str, title: str, path: str, page: str, reader: Reader) -> Surface:
    return Surface(
        id=surface,
        area=Area.EARN,
        title=title,
        endpoint=private(path, page, rows=object_row),
        reader=reader,
        plan=RequestPlan(
            after=(ALLOCATIONS.id,), scopes=each_strategy, nothing="There is no allocation that holds something."
        ),
        right=FUNDS,
    )


EARN = (
    ALLOCATIONS,
    _operation(
        "earn-allocating",
        "Earn: allocations under way",
        "Earn/AllocateStatus",
        "Get Allocation Status",
        under_way(mark("an allocation is under way"), redeeming=False),
    ),
    _operation(
        "earn-deallocating",
        "Earn: deallocations under way",
        "Earn/DeallocateStatus",
        "Get Deallocation Status",
        under_way(mark("a deallocation is under way"), redeeming=True),
    ),
)
