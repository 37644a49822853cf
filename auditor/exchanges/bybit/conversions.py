"""Bybit: conversions, leveraged tokens and P2P that are not over."""

from collections.abc import Iterable

from auditor.exchanges.bybit.errors import SOME_ACCOUNTS
from auditor.exchanges.bybit.flows import MAIN_ACCOUNTS, FlowShape, unfinished
from auditor.exchanges.bybit.loan_rows import full_list
from auditor.exchanges.bybit.sources import UNSTATED, asking, documented
from auditor.i18n import mark
from auditor.model.records import Area, Flow, Record
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Limit, Numbered
from auditor.spec.fields import amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import list_rows, rows_in
from auditor.spec.surface import Surface

CONVERSION = mark("conversion")
CONVERTING = {"init": mark("set up"), "processing": mark("being processed")}
BY_INDEX = Numbered(number="index", limit="limit", size=100, total=None)
CONVERT_RIGHT, P2P_RIGHT = "Exchange History (Convert)", "Fiat P2P"
CONVERSIONS = Surface(
    id="conversions",
    area=Area.FLOWS,
    title="Conversions under way",
    endpoint=documented(
        "v5/asset/exchange/query-convert-history", "Asset, Convert, Get Convert History", Limit(50, 1), pages=BY_INDEX
    ),
    reader=unfinished(
        FlowShape(
            direction=CONVERSION,
            asset="fromCoin",
            amount="fromAmount",
            state="exchangeStatus",
            number=("exchangeTxId",),
            started="createdAt",
            over=frozenset({"success", "failure"}),
            states=CONVERTING,
        )
    ),
    right=CONVERT_RIGHT,
)

FINISHED, IN_PART = frozenset({"success", "failure"}), "partial_fulfillment"


@reads(
    text("exchangeTxId"),
    text("status"),
    rows("subRecords", text("fromCoin"), text("status"), amount("fromAmount")),
)
def small_conversion(row: Row, _context: Context) -> Iterable[Record]:
    """Read a conversion of small balances: one that came about in part is over once each of its coins is."""
    state, coins = row.text("status"), row.rows("subRecords")
    is_over = state in FINISHED or (state == IN_PART and bool(coins))
    left = [coin for coin in coins if coin.text("status") not in FINISHED]
    for coin in left or (() if is_over else coins):
        yield _small(row, coin, f"{row.text('exchangeTxId')}:{coin.text('fromCoin')}")
    if not coins and not is_over:
        yield _small(row, None, row.text("exchangeTxId"))


def _small(row: Row, coin: Row | None, subject: str) -> Flow:
    state = row.text("status") if coin is None else coin.text("status")
    return Flow(
        subject=subject,
        row=row.raw,
        direction=CONVERSION,
        asset=row.hint("toCoin") if coin is None else coin.text("fromCoin"),
        amount=None if coin is None else coin.amount("fromAmount"),
        state=state,
        reason=CONVERTING.get(state, mark("not over")),
        stuck=False,
        known=state in {*CONVERTING, *FINISHED, IN_PART},
        started_at=row.hint_time("createdAt"),
        ready_at=None,
    )


SMALL_CONVERSIONS = Surface(
    id="small-conversions",
    area=Area.FLOWS,
    title="Conversions of small balances under way",
    endpoint=documented(
        "v5/asset/covert/small-balance-history",
        "Asset, Convert Small Balance, Get Exchange History",
        UNSTATED,
        rows=rows_in("records"),
        pages=Numbered(number="cursor", limit="size", size=100, total="totalCount"),
    ),
    reader=small_conversion,
    right=CONVERT_RIGHT,
)
FIAT_CONVERSIONS = Surface(
    id="fiat-conversions",
    area=Area.FLOWS,
    title="Fiat conversions of brokers under way",
    endpoint=documented(
        "v5/fiat/query-trade-history",
        "Asset, Fiat Convert, Get Trade History",
        UNSTATED,
        rows=list_rows,
        pages=BY_INDEX,
    ),
    reader=unfinished(
        FlowShape(
            direction=CONVERSION,
            asset="fromCoin",
            amount="fromAmount",
            number=("tradeNo",),
            started="createdAt",
            over=frozenset({"success", "failed"}),
            states=CONVERTING,
        )
    ),
    manual_check=SOME_ACCOUNTS,
    right="Fiat Convert Broker",
)
LEVERAGED_TOKENS = Surface(
    id="leveraged-tokens",
    area=Area.FLOWS,
    title="Leveraged tokens: orders under way",
    endpoint=documented(
        "v5/spot-lever-token/order-record",
        "Spot Leverage Token, Get Purchase/Redemption Records; the product is being closed",
        UNSTATED,
        asking(limit="500"),
        rows=full_list("list", 500),
    ),
    reader=unfinished(
        FlowShape(
            direction=mark("leveraged token order"),
            asset="ltCoin",
            amount="amount",
            state="ltOrderStatus",
            number=("orderId",),
            started="orderTime",
            over=frozenset({"1", "3"}),
            states={"2": mark("being processed")},
        )
    ),
    standing=Standing.UNDOCUMENTED,
)
P2P_ORDERS = Surface(
    id="p2p-orders",
    area=Area.FLOWS,
    title="P2P orders",
    endpoint=documented(
        "v5/p2p/order/pending/simplifyList",
        "P2P, Order, Get Pending Orders",
        Limit(10, 1),
        method="POST",
        rows=rows_in("items"),
        pages=Numbered(number="page", limit="size", size=30, total="count"),
        numbers=frozenset({"page", "size"}),
    ),
    reader=unfinished(
        FlowShape(
            direction=mark("P2P order"),
            asset="tokenId",
            amount="notifyTokenQuantity",
            number=("id",),
            started="createDate",
            over=frozenset(),
            states={
                "5": mark("waiting for its chain"),
                "10": mark("waiting for the buyer's payment"),
                "20": mark("waiting for the seller to release the coins"),
                "30": mark("in dispute"),
                "90": mark("waiting for the buyer's choice of a coin"),
                "100": mark("in dispute"),
                "110": mark("waiting for an objection"),
            },
            stuck=frozenset({"30", "100"}),
        )
    ),
    applies_to=MAIN_ACCOUNTS,
    manual_check=SOME_ACCOUNTS,
    right=P2P_RIGHT,
)
P2P_ADS = Surface(
    id="p2p-ads",
    area=Area.FLOWS,
    title="P2P advertisements",
    endpoint=documented(
        "v5/p2p/item/personal/list",
        "P2P, Ads, Get My Ads",
        Limit(10, 1),
        method="POST",
        rows=rows_in("items"),
        # Its count is one of pages, not of rows.
        pages=Numbered(number="page", limit="size", size=50, total=None),
    ),
    reader=unfinished(
        FlowShape(
            direction=mark("P2P advertisement"),
            frozen="frozenQuantity",
            asset="tokenId",
            amount="lastQuantity",
            number=("id",),
            started="createDate",
            over=frozenset({"30"}),
            states={"10": mark("online"), "20": mark("offline, but not ended")},
        )
    ),
    applies_to=MAIN_ACCOUNTS,
    manual_check=SOME_ACCOUNTS,
    right=P2P_RIGHT,
)

EXCHANGED = (CONVERSIONS, SMALL_CONVERSIONS, FIAT_CONVERSIONS, LEVERAGED_TOKENS, P2P_ORDERS, P2P_ADS)
