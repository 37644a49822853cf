"""KuCoin: earn products, dual investment, and margin lending.

Subscriptions that are not confirmed yet, and structured products other than dual investment, have no request.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from auditor.exchanges.kucoin.errors import NOT_OFFERED
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.sites import V1, V3, earn, spot
from auditor.exchanges.kucoin.sources import documented, queries
from auditor.exchanges.kucoin.words import EARN_PRODUCTS, EARN_STATES
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.exchanges.shared.readers import figures
from auditor.i18n import mark
from auditor.model.amounts import ZERO, parse, total
from auditor.model.records import Area, Earning, Part, Record
from auditor.model.reference_data import Named
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.surface import RequestPlan, Surface
from auditor.spec.words import state_in_words


@reads(
    text("orderId"),
    text("currency"),
    text("productCategory"),
    text("status"),
    amount("holdAmount"),
    amount("redeemingAmount"),
)
def holding(row: Row, _context: Context) -> Iterable[Record]:
    """Read a holding in savings, promotions or staking, with the part that is being redeemed."""
    category, state = row.text("productCategory"), row.text("status")
    held = figures(row, {Part.REDEEMING: "redeemingAmount"})
    yield Earning(
        subject=row.text("orderId"),
        row=row.raw,
        product=EARN_PRODUCTS.get(category, category),
        asset=row.text("currency"),
        amount=row.amount("holdAmount") or _listed(row),
        held=held,
        state=state_in_words(state, EARN_STATES),
        redeeming=any(held.values()),
        ready_at=row.hint_time("lockEndTime"),
    )


def _listed(row: Row) -> Decimal | None:
    """Return zero for a holding of which all was redeemed, None for one that is listed without an amount."""
    redeemed = row.hint_amount("redeemedAmount")
    return ZERO if redeemed else None


HOLDINGS = Surface(
    id="earn",
    area=Area.EARN,
    title="Earn: savings, promotions, staking",
    endpoint=documented(V1, "earn/hold-assets", earn(5), pagination=pages(500), rows=ITEMS),
    reader=holding,
)


@reads(text("orderId"), text("status"), text("investCurrency"), amount("investAmount"))
def dual_investment(row: Row, _context: Context) -> Iterable[Record]:
    """Read a dual investment in any state but finished."""
    state = row.text("status")
    if state != "FINISHED":
        yield Earning(
            subject=row.text("orderId"),
            row=row.raw,
            product=mark("Dual Investment"),
            asset=row.text("investCurrency"),
            amount=row.amount("investAmount") or None,
            held={},
            state=state_in_words(state, EARN_STATES),
            redeeming=False,
            ready_at=row.hint_time("expirationTime"),
        )


DUAL_INVESTMENT = Surface(
    id="dual-investment",
    area=Area.EARN,
    title="Dual Investment",
    endpoint=documented(
        V1,
        "struct-earn/orders",
        earn(5),
        queries=queries("categories", "DUAL_CLASSIC", "DUAL_BOOSTER", "DUAL_EXTRA"),
        pagination=pages(500),
        rows=ITEMS,
    ),
    reader=dual_investment,
    manual_check=NOT_OFFERED,
)


@reads(text("purchaseOrderNo"), text("redeemOrderNo"), text("currency"), text("status"), amount("redeemSize"))
def redemption(row: Row, _context: Context) -> Iterable[Record]:
    """Read a redemption of a margin loan that was lent out: one under way, or what a finished one gave back."""
    number = row.text("redeemOrderNo")
    if row.text("status") == "DONE":
        yield Named(subject=number, row={}, name=row.text("purchaseOrderNo"), part=str(row.amount("redeemSize")))
        return
    yield Earning(
        subject=number,
        row=row.raw,
        product=mark("Margin lending"),
        asset=row.text("currency"),
        amount=row.amount("redeemSize") or None,
        held={},
        state=state_in_words(row.text("status"), EARN_STATES),
        redeeming=True,
        ready_at=None,
    )


REDEMPTIONS = Surface(
    id="lending-redemptions",
    area=Area.EARN,
    title="Margin lending: redemptions",
    endpoint=documented(
        V3, "redeem/orders", spot(10), queries=queries("status", "PENDING", "DONE"), pagination=pages(50), rows=ITEMS
    ),
    reader=redemption,
)


def _with_redemptions(readings: Readings) -> Sequence[Scope]:
    """Plan one request, with what was redeemed of each loan."""
    redeemed: dict[str, list[Decimal]] = {}
    for record in records_in(readings, "lending-redemptions"):
        if isinstance(record, Named):
            redeemed.setdefault(record.name, []).append(parse(record.part) or ZERO)
    return [Scope(known={"redeemed": {number: total(parts) for number, parts in redeemed.items()}})]


@reads(text("purchaseOrderNo"), text("currency"), text("status"), amount("purchaseSize"), amount("matchSize"))
def loan_given(row: Row, context: Context) -> Iterable[Record]:
    """Read a margin loan that was lent out, or waits for a borrower.

    One that is done counts until the finished redemptions show that what was lent came back: no text says that a done
    one has nothing lent out.
    """
    number, state = row.text("purchaseOrderNo"), row.text("status")
    redeemed: Mapping[str, Decimal] = context.scope.known.get("redeemed", {})
    if state == "DONE" and row.is_understood("matchSize") and row.amount("matchSize") <= redeemed.get(number, ZERO):
        return
    yield Earning(
        subject=number,
        row=row.raw,
        product=mark("Margin lending"),
        asset=row.text("currency"),
        amount=(row.amount("matchSize") if state == "DONE" else row.amount("purchaseSize")) or None,
        held=figures(row, {Part.LENT: "matchSize"}),
        state=mark("done, but what was lent is not shown as redeemed")
        if state == "DONE"
        else state_in_words(state, EARN_STATES),
        redeeming=False,
        ready_at=None,
    )


LENDING = Surface(
    id="lending",
    area=Area.EARN,
    title="Margin lending",
    endpoint=documented(
        V3, "purchase/orders", spot(10), queries=queries("status", "PENDING", "DONE"), pagination=pages(50), rows=ITEMS
    ),
    reader=loan_given,
    plan=RequestPlan(after=("lending-redemptions",), scopes=_with_redemptions),
)

EARN = (HOLDINGS, DUAL_INVESTMENT, REDEMPTIONS, LENDING)
