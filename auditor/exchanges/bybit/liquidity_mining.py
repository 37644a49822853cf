"""Bybit: liquidity mining."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.bybit.earn_rows import RESTING, TEN, EarnRow, earn_place, earn_rows, over_in
from auditor.exchanges.bybit.sources import PAGES_OF_50, asking, documented
from auditor.exchanges.bybit.words import EARN_STATES
from auditor.exchanges.shared.readers import figures
from auditor.i18n import mark
from auditor.model.records import Earning, Part, Record
from auditor.spec.endpoint import Query
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in
from auditor.spec.words import state_in_words

POOL = mark("Liquidity mining")
PRINCIPAL = {
    "base": optional_amount("principalBaseAmount"),
    "quote": optional_amount("principalQuoteAmount"),
}


@reads(
    text("positionId"),
    text("baseCoin"),
    text("quoteCoin"),
    text("status"),
    amount("baseAmount"),
    amount("quoteAmount"),
    amount("loan"),
    amount("margin"),
    amount("claimableYield"),
    *PRINCIPAL.values(),
)
def pool_share(row: Row, _context: Context) -> Iterable[Record]:
    """Read both sides of a share in a liquidity pool; its loan, margin and yield are reported with the quote coin.

    What was put in is reported where the share no longer shows anything of that side.

    One that does not rest, in liquidation for example, is reported whatever its amounts are.
    """
    rests = row.text("status") == RESTING
    further = figures(row, {mark("loan"): "loan", Part.MARGIN: "margin", mark("claimable"): "claimableYield"})
    for side, more in (("base", {}), ("quote", further)):
        principal = row.amount_or_none(PRINCIPAL[side].name)
        held = more if row.amount(f"{side}Amount") or not principal else {**more, mark("put in"): principal}
        yield Earning(
            subject=f"{row.text('positionId')}:{side}",
            row=row.raw,
            product=POOL,
            asset=row.text(f"{side}Coin"),
            amount=row.amount(f"{side}Amount") or (Decimal(0) if rests else None),
            held=held,
            state=state_in_words(row.text("status"), EARN_STATES),
            redeeming=False,
            ready_at=None,
        )


LIQUIDITY_MINING = (
    earn_place(
        "liquidity-mining",
        "Liquidity mining",
        documented(
            "v5/earn/liquidity-mining/position", "Earn, Liquidity Mining, Get Position", TEN, rows=rows_in("positions")
        ),
        pool_share,
    ),
    earn_place(
        "liquidity-mining-orders",
        "Liquidity mining: orders under way",
        # Without a status the list leaves out those under way.
        documented(
            "v5/earn/liquidity-mining/order",
            "Earn, Liquidity Mining, Get Order",
            TEN,
            asking(status="Processing"),
            Query(),
            rows=rows_in("orders"),
            pages=PAGES_OF_50,
        ),
        earn_rows(
            EarnRow(
                product=POOL,
                number="orderId",
                asset="quoteCoin",
                amount="quoteAmount",
                parts={"base": "baseAmount"},
                moves=True,
            ),
            over_in("Success", "Fail"),
        ),
    ),
)
