"""Bybit: open orders, conditional ones among them, and strategies: TWAP, iceberg, chase and POV.

Orders of linear contracts are listed by settle coin. A strategy's orders stand in the list of orders only while they
rest in the market, so that the strategy itself is read too.
"""

from collections.abc import Iterable, Sequence

from auditor.exchanges.bybit.errors import NO_SPREADS
from auditor.exchanges.bybit.sources import PAGES_OF_50, asking, documented, public
from auditor.exchanges.bybit.wallets import UNIFIED_ACCOUNTS
from auditor.exchanges.bybit.words import ORDER_KINDS, ORDER_STATES, SIDES, STRATEGY_STATES
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.i18n import Text
from auditor.model.records import Area, Order, Record
from auditor.model.reference_data import Product
from auditor.spec.endpoint import Endpoint, Limit, Query, Token
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.surface import NeverUsed, RequestPlan, Surface
from auditor.spec.words import kind_in_words, side_in_words, state_in_words

FIFTY = Limit(50, 1)
ORDERS_RIGHT = "Unified Trading: Orders, Positions"
# Settle coins of linear contracts that are always asked for.
SETTLE_COINS = ("USDT", "USDC")
ALWAYS_THERE = NeverUsed()
NO_STOP = frozenset({"", "UNKNOWN"})


def _kind(row: Row) -> Text:
    stop = row.hint("stopOrderType")
    return kind_in_words(row.hint("orderType") if stop in NO_STOP else stop, ORDER_KINDS)


@reads(text("orderId"))
def open_order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an order of a list of open ones, whatever its state."""
    yield Order(
        subject=row.text("orderId"),
        row=row.raw,
        market=row.hint("symbol"),
        kind=_kind(row),
        side=side_in_words(row.hint("side"), SIDES),
        amount=row.hint_amount("qty"),
        state=state_in_words(row.hint("orderStatus"), ORDER_STATES),
        price=row.hint_amount("price") or None,
        started_at=row.hint_time("createdTime"),
    )


def _orders(surface: str, title: str, *queries: Query, plan: RequestPlan | None = None) -> Surface:
    return Surface(
        id=surface,
        area=Area.ORDERS,
        title=title,
        endpoint=documented("v5/order/realtime", "Trade, Get Open & Closed Orders", FIFTY, *queries, pages=PAGES_OF_50),
        reader=open_order,
        plan=plan,
        right=ORDERS_RIGHT,
    )


@reads(text("settleCoin"))
def settle_coin(row: Row, _context: Context) -> Iterable[Record]:
    """Read the coin in which a linear contract is settled."""
    coin = row.text("settleCoin")
    yield Product(subject=coin, row={}, name=coin, enabled=True)


LINEAR_CONTRACTS = Surface(
    id="linear-contracts",
    area=Area.ORDERS,
    title="In which coins linear contracts are settled",
    endpoint=public(
        "v5/market/instruments-info",
        "Market, Get Instruments Info",
        asking(category="linear"),
        pages=Token(size=1000),
    ),
    reader=settle_coin,
    value=False,
)


def other_settle_coins(readings: Readings) -> Sequence[Scope] | None:
    """Plan a request for each settle coin that is not asked for anyway; None when they were not read."""
    if is_unread(readings):
        return None
    coins = {one.name: None for one in records_in(readings, "linear-contracts") if isinstance(one, Product)}
    return [Scope(params={"category": "linear", "settleCoin": coin}) for coin in coins if coin not in SETTLE_COINS]


OTHER_COINS = RequestPlan(after=("linear-contracts",), scopes=other_settle_coins)


@reads(text("strategyId"), text("status"))
def strategy(row: Row, _context: Context) -> Iterable[Record]:
    """Read a strategy that is not terminated (3); one in state 4 is, but its orders are not filled."""
    state = row.text("status")
    if state == "3":
        return
    yield Order(
        subject=row.text("strategyId"),
        row=row.raw,
        market=row.hint("symbol"),
        kind=kind_in_words(row.hint("strategyType"), ORDER_KINDS),
        side=side_in_words(row.hint("side"), SIDES),
        amount=row.hint_amount("size"),
        state=state_in_words(state, STRATEGY_STATES),
        started_at=row.hint_time("createdTimeE3"),
    )


STRATEGIES = Surface(
    id="strategies",
    area=Area.ORDERS,
    title="Strategies: TWAP, iceberg, chase, POV",
    endpoint=documented(
        "v5/strategy/list",
        "Strategy, Get Strategy List",
        Limit(200, 1),
        *(asking(status=state) for state in STRATEGY_STATES),
        Query(),
        pages=Token(next="nextCursor", limit="pageSize", size=50),
    ),
    reader=strategy,
    applies_to=UNIFIED_ACCOUNTS,
    right=ORDERS_RIGHT,
)


def _listed(kind: str, number: str, state: str) -> Reader:
    """Return the reader of a list of open orders in which being listed proves that one is open."""

    @reads(text(number))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Order(
            subject=row.text(number),
            row=row.raw,
            market=row.hint("symbol") or row.hint("strategyType"),
            kind=kind_in_words(kind, ORDER_KINDS),
            side=side_in_words(row.hint("side"), SIDES),
            amount=row.hint_amount("qty"),
            state=state_in_words(row.hint(state), ORDER_STATES),
            price=row.hint_amount("price"),
            started_at=row.hint_time("createdTime") or row.hint_time("createdAt"),
        )

    return read


def _place(
    surface: str, title: str, endpoint: Endpoint, reader: Reader, never_used: NeverUsed = ALWAYS_THERE
) -> Surface:
    return Surface(
        id=surface,
        area=Area.ORDERS,
        title=title,
        endpoint=endpoint,
        reader=reader,
        never_used=never_used,
        right=ORDERS_RIGHT,
    )


# Without a trader type only the quotes of who gives them are listed.
BOTH_SIDES = (asking(traderType="request"), asking(traderType="quote"))
ORDERS = (
    _orders("orders-spot", "Open orders: spot, conditional ones among them", asking(category="spot")),
    _orders(
        "orders-usdt",
        "Open orders: USDT contracts, conditional ones among them",
        asking(category="linear", settleCoin="USDT"),
    ),
    _orders(
        "orders-usdc",
        "Open orders: USDC contracts, conditional ones among them",
        asking(category="linear", settleCoin="USDC"),
    ),
    _orders(
        "orders-inverse", "Open orders: inverse contracts, conditional ones among them", asking(category="inverse")
    ),
    _orders("orders-options", "Open orders: options, conditional ones among them", asking(category="option")),
    LINEAR_CONTRACTS,
    _orders(
        "orders-other",
        "Open orders: contracts settled in further coins",
        plan=OTHER_COINS,
    ),
    STRATEGIES,
    _place(
        "spread-orders",
        "Spread orders",
        documented("v5/spread/order/realtime", "Spread Trading, Get Open Orders", FIFTY, pages=PAGES_OF_50),
        _listed("spread", "orderId", "orderStatus"),
        NO_SPREADS,
    ),
    _place(
        "rfqs",
        "Block trading: requests for quote",
        documented("v5/rfq/rfq-realtime", "RFQ, Get RFQs (real-time)", FIFTY, *BOTH_SIDES),
        _listed("rfq", "rfqId", "status"),
    ),
    _place(
        "quotes",
        "Block trading: quotes",
        documented("v5/rfq/quote-realtime", "RFQ, Get Quotes (real-time)", FIFTY, *BOTH_SIDES),
        _listed("quote", "quoteId", "status"),
    ),
)
