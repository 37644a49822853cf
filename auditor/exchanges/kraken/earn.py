"""Kraken: Earn, by strategy: what is allocated, bonding, unbonding, or waiting.

The same money stands among the balances under codes with an ending (.B, .F, .M, .S): see
`auditor.exchanges.kraken.asset_codes`. Strategies that earn by themselves (.F) are switched in the app only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from auditor.exchanges.kraken.asset_codes import usual_name
from auditor.exchanges.kraken.earn_parts import last_date, native, shows_more
from auditor.exchanges.kraken.envelope import MISSING
from auditor.exchanges.kraken.no_result import KEY, ROW, check_result, has_no_result
from auditor.exchanges.kraken.rights import FUNDS
from auditor.exchanges.kraken.rows import rows_in_any
from auditor.exchanges.kraken.sources import private
from auditor.exchanges.shared.key_rights import moment
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.i18n import _, mark
from auditor.model.amounts import ZERO, parse, subtract, total
from auditor.model.records import Area, Earning, Part, Record
from auditor.model.reference_data import Valuation
from auditor.model.snapshot import NotApplicable, Read, Unread
from auditor.spec.blanks import Raw
from auditor.spec.fields import Field, Kind, MalformedError, amount, flag, inner, optional_inner, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface

ITEMS = rows_in_any("items")
PRODUCT = mark("Kraken Earn")
REWARD = mark("Kraken Earn (reward of this period)")
STRATEGY = "strategy_id"
# The total of all allocations, and its currency.
WORTH, UNIT = "total_allocated", "converted_asset"
# Parts of an allocation by the name under which they are reported; the last two are on their way out.
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
    (answer,) = object_row(data)
    found = _with_total(ITEMS(data), answer if isinstance(answer, dict) else {})
    if isinstance(answer, dict) and answer.get("next_cursor"):
        raise MalformedError(_("there are more rows than one answer holds")).beside(found)
    return found


def _with_total(items: list[object], answer: Mapping[str, object]) -> list[object]:
    """Return the allocations, and a row for their total where it is not zero and none of them holds anything."""
    worth = answer.get(WORTH)
    if worth is None or parse(worth) == ZERO or any(map(_may_hold, items)):
        return items
    return [*items, {KEY: WORTH, WORTH: worth, UNIT: answer.get(UNIT)}]


def _may_hold(item: object) -> bool:
    parts = item.get("amount_allocated") if isinstance(item, dict) else None
    if not isinstance(parts, dict):
        return True
    return any(not isinstance(part, dict) or parse(part.get("native")) != ZERO for part in parts.values())


def _in_items(field: Field) -> Field:
    """Return a strict field of an allocation, which the row of the total has not."""
    return replace(field, proved_blank=lambda row, setup: _is_total(row) or has_no_result(row, setup))


def _is_total(row: Raw) -> bool:
    return row.get(KEY) == WORTH


@reads(
    _in_items(text(STRATEGY)),
    _in_items(text("native_asset")),
    optional_inner(
        "amount_allocated",
        optional_inner("total", amount("native")),
        *(optional_inner(part, amount("native")) for part in PARTS),
    ),
    optional_inner("payout", inner("accumulated_reward", amount("native"))),
)
def allocation(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is in one strategy, and by itself what is on its way out, with the last date of its parts."""
    check_result(row, "spot")
    if _is_total(row.raw):
        yield _total(row)
        return
    parts = row.inner_or_none("amount_allocated")
    held = {part: figure for part in PARTS if (figure := native(parts, part)) is not None}
    whole, leaving = native(parts, "total"), {part: held[part] for part in LEAVING if held.get(part)}
    if whole == ZERO and not any(held.values()) and shows_more(parts):
        whole, held = None, {}
    if not leaving or whole != total(leaving.values()):
        shown = {PARTS[part]: figure for part, figure in held.items() if part not in leaving}
        yield _earning(row, row.text(STRATEGY), _staying(whole, leaving), shown)
    for part, figure in leaving.items():
        yield _earning(row, f"{row.text(STRATEGY)}:{part}", figure, {}, ready_at=last_date(parts, part))
    yield from _reward(row)
    if parts is None or native(parts, "total") is None:
        raise MalformedError(_("{name} is missing").format(name="amount_allocated"))


def _staying(whole: Decimal | None, leaving: Mapping[str, Decimal]) -> Decimal | None:
    """Return a total without the parts on their way out, which are reported separately."""
    out = total(leaving.values())
    return subtract(whole, out) if whole is not None and whole > out > ZERO else whole


def _reward(row: Row) -> Iterable[Record]:
    """Yield the reward of the present period, which is paid at its end, also to who has left the strategy."""
    payout = row.inner_or_none("payout")
    figure = native(payout, "accumulated_reward")
    if payout is not None and figure:
        date = moment(payout.raw.get("period_end"))
        yield replace(_earning(row, f"{row.text(STRATEGY)}:reward", figure, {}, ready_at=date), product=REWARD)


def _total(row: Row) -> Valuation:
    """Return the total of all allocations: it counts where no allocation is shown."""
    worth, unit = row.hint_amount(WORTH), usual_name(row.hint(UNIT) or "USD")
    if worth is None:
        raise MalformedError(_("{name} is not {kind}").format(name=WORTH, kind=_(Kind.AMOUNT.value)))
    return Valuation(subject=f"total:{WORTH}", row=row.raw, wallet="earn", amount=worth, unit=unit, rough=True)


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
