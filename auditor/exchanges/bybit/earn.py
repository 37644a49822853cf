"""Bybit: Easy Earn, flexible and on-chain, and fixed terms.

No request shows Launchpool, Shark Fin and other structured products, or on-chain requests under way.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from auditor.exchanges.bybit.earn_rows import TEN, EarnRow, earn_place, earn_rows, over_in
from auditor.exchanges.bybit.sources import PAGES_OF_50, PAGES_OF_100, SHORT, asking, documented, windows
from auditor.exchanges.shared.readers import figures
from auditor.i18n import mark
from auditor.model import amounts
from auditor.model.records import Earning, Part, Record
from auditor.spec.blanks import always_blank, blank_unless
from auditor.spec.endpoint import Query
from auditor.spec.fields import amount, optional_amount, optional_rows, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads

FLEXIBLE, ON_CHAIN, FIXED = mark("Easy Earn flexible"), mark("On-chain Earn"), mark("Fixed-term Earn")


# What other products have frozen of a position, a loan for example; null or missing where nothing is.
FREEZES = replace(optional_rows("freezeDetails", amount("amount")), proved_blank=always_blank)


def _frozen(row: Row) -> dict[str, Decimal]:
    frozen = amounts.total(part.amount("amount") for part in row.rows("freezeDetails"))
    return {Part.FROZEN: frozen} if frozen else {}


@reads(
    text("productId"),
    text("coin"),
    amount("amount"),
    optional_amount("claimableYield"),
    optional_amount("availableAmount"),
    FREEZES,
)
def flexible(row: Row, _context: Context) -> Iterable[Record]:
    """Read a flexible position: those that were redeemed stay in the list, with nothing in them."""
    # What can be redeemed is a part of the amount: shown by itself it proves a position whose amount is odd.
    held = figures(row, {mark("claimable"): "claimableYield", Part.AVAILABLE: "availableAmount"})
    yield Earning(
        subject=f"{row.text('productId')}:{row.text('coin')}",
        row=row.raw,
        product=FLEXIBLE,
        asset=row.text("coin"),
        amount=row.amount("amount"),
        held={**held, **_frozen(row)},
        state=mark("held"),
        redeeming=False,
        ready_at=None,
    )


_ON_CHAIN = earn_rows(
    EarnRow(
        product=ON_CHAIN,
        number="id",
        asset="coin",
        amount="amount",
        end="estimateRedeemTime",
        parts={
            mark("claimable"): optional_amount("claimableYield"),
            Part.AVAILABLE: optional_amount("availableAmount"),
        },
        further=(FREEZES,),
    )
)


def on_chain(row: Row, context: Context) -> Iterable[Record]:
    """Read an on-chain position, with what other products have frozen of it."""
    for record in _ON_CHAIN.read(row, context):
        yield replace(record, held={**record.held, **_frozen(row)}) if isinstance(record, Earning) else record


EASY_EARN = (
    earn_place(
        "flexible-earn",
        "Easy Earn: flexible",
        documented("v5/earn/position", "Earn, Get Staked Position", TEN, asking(category="FlexibleSaving")),
        flexible,
    ),
    earn_place(
        "on-chain-earn",
        "On-chain Earn",
        documented("v5/earn/position", "Earn, Get Staked Position", TEN, asking(category="OnChain")),
        Reader(_ON_CHAIN.fields, on_chain),
    ),
    earn_place(
        "flexible-earn-orders",
        "Easy Earn: orders under way",
        documented(
            "v5/earn/order",
            "Earn, Get Stake/Redeem Order History",
            TEN,
            Query(params={"category": "FlexibleSaving"}, back=SHORT),
            pages=PAGES_OF_100,
            windows=windows(7),
        ),
        earn_rows(
            EarnRow(
                product=FLEXIBLE,
                number="orderId",
                asset="coin",
                amount="orderValue",
                end="estimateRedeemTime",
                moves=True,
            ),
            over_in("Success", "Fail"),
        ),
    ),
)

# Filled once an order is settled: null or missing before, and in one that failed.
YIELDS = replace(rows("yieldInfoList", text("status")), proved_blank=blank_unless("status", "Complete"))
OVER_YIELDS = frozenset({"Distributed", "Fail", "ReinvestSuccess"})


def _fixed_order_is_over(row: Row) -> bool:
    """Return whether an order is over; ``Active`` ones are positions. Interest may still be due of one that is."""
    pending = any(item.text("status") not in OVER_YIELDS for item in row.rows("yieldInfoList"))
    return row.text("status") in {"Active", "Complete", "Failed"} and not (pending and row.text("status") == "Complete")


FIXED_TERM = (
    earn_place(
        "fixed-earn",
        "Fixed-term Earn",
        documented("v5/earn/fixed-term/position", "Earn, Fixed Term, Get Position", TEN),
        earn_rows(
            EarnRow(
                product=FIXED,
                number="positionId",
                asset="coin",
                amount="amount",
                end="settlementTime",
                parts={mark("earning"): optional_amount("effectiveAmount")},
            )
        ),
    ),
    earn_place(
        "fixed-earn-orders",
        "Fixed-term Earn: orders under way",
        documented("v5/earn/fixed-term/order", "Earn, Fixed Term, Get Order List", TEN, pages=PAGES_OF_50),
        earn_rows(
            EarnRow(
                product=FIXED,
                number="orderId",
                asset="coin",
                amount="amount",
                end="settlementTime",
                further=(YIELDS,),
                moves=True,
            ),
            _fixed_order_is_over,
        ),
    ),
)
