"""Binance: open orders."""

from collections.abc import Iterable, Sequence

from auditor.exchanges.binance.errors import REFUSED_TO_READERS, SOME_ACCOUNTS
from auditor.exchanges.binance.limits import API, DAPI, EAPI, FAPI, PAPI, SAPI, api, dapi, eapi, fapi, papi, sapi, uid
from auditor.exchanges.binance.products import WITH_FUTURES, WITH_MARGIN, WITH_OPTIONS, WITH_PORTFOLIO_MARGIN
from auditor.exchanges.binance.rows import counted_rows_in
from auditor.exchanges.binance.sources import DOC, SEEN, documented
from auditor.exchanges.binance.words import ORDER_KINDS, ORDER_STATES, SIDES
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.i18n import mark
from auditor.model.records import Area, Balance, Debt, Order, Record
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import ManualCheck, RequestPlan, Surface
from auditor.spec.words import kind_in_words, side_in_words, state_in_words

SIZES = ("origQty", "quantity", "totalQty", "qty")
KINDS = ("type", "orderType", "strategyType", "algoType", "contingencyType")
STATES = ("status", "algoStatus", "strategyStatus", "orderStatus", "listOrderStatus")
TIMES = ("time", "bookTime", "createTime", "createdTime", "transactionTime")


def order(number: str) -> Reader:
    """Read an open order: being listed proves that it is open, whatever its state.

    ``number``: the field of its id.
    """

    @reads(text(number))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Order(
            subject=row.text(number),
            row=row.raw,
            market=row.hint("symbol"),
            kind=kind_in_words(_first_hint(row, *KINDS) or "order", ORDER_KINDS),
            side=side_in_words(row.hint("side"), SIDES),
            amount=next(filter(None, map(row.hint_amount, SIZES)), None),
            state=state_in_words(_first_hint(row, *STATES), ORDER_STATES),
            price=row.hint_amount("price") or None,
            started_at=next(filter(None, map(row.hint_time, TIMES)), None),
        )

    return read


def _first_hint(row: Row, *names: str) -> str:
    return next(filter(None, map(row.hint, names)), "")


def _orders(
    name: str,
    title: str,
    endpoint: Endpoint,
    *,
    number: str = "orderId",
    plan: RequestPlan | None = None,
    manual_check: ManualCheck | None = None,
) -> Surface:
    return Surface(
        id=name,
        area=Area.ORDERS,
        title=title,
        endpoint=endpoint,
        reader=order(number),
        plan=plan,
        manual_check=manual_check or ManualCheck(),
        value=False,
    )


def _isolated_pairs(readings: Readings) -> Sequence[Scope] | None:
    """Plan a request for the cross margin account and each isolated pair.

    None when pairs were not read.
    """
    cross = WITH_MARGIN.scopes(readings)
    if not cross:
        return cross
    if is_unread({"isolated-margin": readings["isolated-margin"]}):
        return None
    records = (r for r in records_in(readings, "isolated-margin") if isinstance(r, Balance | Debt))
    pairs = dict.fromkeys(record.subject.partition(":")[0] for record in records)
    return [*cross, *(Scope(params={"symbol": pair, "isIsolated": "TRUE"}) for pair in pairs)]


IN_MARGIN_PAIRS = RequestPlan(
    after=("products", "isolated-margin"), scopes=_isolated_pairs, nothing=WITH_MARGIN.nothing
)


def _algo_orders(path: str) -> Endpoint:
    return Endpoint(
        path=path,
        site=SAPI,
        limit=sapi(1),
        rows=counted_rows_in("orders"),
        source=f"{DOC}, Algo trading; refused to keys that can only read: {SEEN}",
    )


@reads(text("orderId"))
def convert_order(row: Row, _context: Context) -> Iterable[Record]:
    """Read a limit order in Binance Convert, which has no market."""
    yield Order(
        subject=row.text("orderId"),
        row=row.raw,
        market=f"{row.hint('fromAsset')}/{row.hint('toAsset')}",
        kind=mark("convert limit"),
        side=None,
        amount=row.hint_amount("fromAmount"),
        state=state_in_words(row.hint("orderStatus"), ORDER_STATES),
        started_at=row.hint_time("createTime"),
    )


CONVERT_ORDERS = Surface(
    id="convert-orders",
    area=Area.ORDERS,
    title="Convert limit orders",
    endpoint=documented(SAPI, "convert/limit/queryOpenOrders", uid(3000), rows=rows_in("list")),
    reader=convert_order,
    value=False,
)

ORDERS = (
    _orders("orders", "Spot orders", documented(API, "openOrders", api(80))),
    _orders(
        "order-lists",
        "Spot order lists (OCO, OTO)",
        documented(API, "openOrderList", api(6)),
        number="orderListId",
    ),
    _orders(
        "margin-orders",
        "Margin orders",
        documented(SAPI, "margin/openOrders", sapi(10)),
        plan=IN_MARGIN_PAIRS,
    ),
    _orders(
        "margin-order-lists",
        "Margin OCO orders",
        documented(SAPI, "margin/openOrderList", sapi(10)),
        number="orderListId",
        plan=IN_MARGIN_PAIRS,
    ),
    _orders(
        "usd-m-orders",
        "USD-M futures orders",
        documented(FAPI, "openOrders", fapi(40)),
        plan=WITH_FUTURES,
    ),
    _orders(
        "usd-m-conditional",
        "USD-M futures conditional orders",
        documented(FAPI, "openAlgoOrders", fapi(40)),
        number="algoId",
        plan=WITH_FUTURES,
    ),
    _orders(
        "coin-m-orders",
        "COIN-M futures orders",
        documented(DAPI, "openOrders", dapi(40)),
        plan=WITH_FUTURES,
    ),
    _orders(
        "options-orders",
        "Options orders",
        documented(EAPI, "openOrders", eapi(40)),
        plan=WITH_OPTIONS,
    ),
    _orders(
        "portfolio-usd-m-orders",
        "Portfolio margin: USD-M orders",
        documented(PAPI, "um/openOrders", papi(40)),
        plan=WITH_PORTFOLIO_MARGIN,
    ),
    _orders(
        "portfolio-coin-m-orders",
        "Portfolio margin: COIN-M orders",
        documented(PAPI, "cm/openOrders", papi(40)),
        plan=WITH_PORTFOLIO_MARGIN,
    ),
    _orders(
        "portfolio-usd-m-algo",
        "Portfolio margin: USD-M algo orders",
        documented(PAPI, "um/algo/openAlgoOrders", papi(1)),
        number="algoId",
        plan=WITH_PORTFOLIO_MARGIN,
    ),
    _orders(
        "portfolio-usd-m-conditional",
        "Portfolio margin: USD-M conditional orders",
        documented(PAPI, "um/conditional/openOrders", papi(40)),
        number="strategyId",
        plan=WITH_PORTFOLIO_MARGIN,
    ),
    _orders(
        "portfolio-coin-m-conditional",
        "Portfolio margin: COIN-M conditional orders",
        documented(PAPI, "cm/conditional/openOrders", papi(40)),
        number="strategyId",
        plan=WITH_PORTFOLIO_MARGIN,
    ),
    _orders(
        "portfolio-order-lists",
        "Portfolio margin: margin OCO orders",
        documented(PAPI, "margin/openOrderList", papi(5)),
        number="orderListId",
        plan=WITH_PORTFOLIO_MARGIN,
    ),
    _orders(
        "spot-algo",
        "Spot algo orders (TWAP, VP)",
        _algo_orders("algo/spot/openOrders"),
        number="algoId",
        manual_check=REFUSED_TO_READERS,
    ),
    _orders(
        "futures-algo",
        "Futures algo orders (TWAP, VP)",
        _algo_orders("algo/futures/openOrders"),
        number="algoId",
        manual_check=REFUSED_TO_READERS,
    ),
    CONVERT_ORDERS,
    _orders(
        "stock-orders",
        "Stock orders",
        documented(SAPI, "equity/order/open-orders", sapi(1)),
        manual_check=SOME_ACCOUNTS,
    ),
)
