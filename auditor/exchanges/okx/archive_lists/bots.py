"""OKX: trading bots that were stopped, and the orders of each.

Nothing is live in a stopped bot, so that only filled orders are asked for, and cancelled ones where they may be filled
in part.
"""

from auditor.exchanges.okx.archive_lists.explaining import QUARTER, TRADING, asked, explaining, in_table
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.second_list import SecondList

OFTEN = Limit(20, 2)
BOT_TRANSFERS = {TRADING: frozenset({"12"})}
ORDER_COLUMNS = (
    "instrument:instId side type:ordType price:px amount:sz filled:accFillSz average_price:avgPx fee "
    "fee_asset:feeCcy state client_id:clOrdId updated:uTime"
)


def _bots(list_id: str, title: str, path: str, page: str, *, kind: str = "", amount: str) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        **asked(path, page, OFTEN, by="algoId", params={"algoOrdType": kind} if kind else {}),
        **in_table(
            "positions",
            f"{kind or 'recurring'} bot",
            number="algoId",
            time="cTime",
            columns=(
                f"instrument:instId side:direction amount:{amount} pnl:totalPnl fee funding_fee:fundingFee "
                "asset:investmentCcy type:state opened:cTime"
            ),
        ),
        used_by=BOT_TRANSFERS,
    )


def _orders(parent: SecondList, path: str, page: str, *, columns: str, **params: str) -> SecondList:
    """Return the list of the orders of each bot in a list."""
    state = f"-{params['state']}" if "state" in params else ""
    return explaining(
        id=f"{parent.id}-orders{state}",
        title=mark("Orders of a bot"),
        **asked(path, page, OFTEN, by="ordId", params={**parent.endpoint.queries[-1].params, **params}),
        **in_table("orders", "bot order", number="ordId", time="cTime", columns=columns),
        parent=parent.id,
        by="algoId",
    )


_GRID, _DCA = "tradingBot/grid/orders-algo-history", "tradingBot/dca/history-list"
_GRID_PAGE, _DCA_PAGE = "Grid trading, Get grid algo order history", "DCA trading, Get DCA algo order history"
GRID = _bots("grid-bots", mark("Spot grid bots"), _GRID, _GRID_PAGE, kind="grid", amount="investment")
CONTRACT_GRID = _bots(
    "contract-grid-bots", mark("Futures grid bots"), _GRID, _GRID_PAGE, kind="contract_grid", amount="investment"
)
SPOT_DCA = _bots("spot-dca-bots", mark("Spot DCA bots"), _DCA, _DCA_PAGE, kind="spot_dca", amount="investmentAmt")
CONTRACT_DCA = _bots(
    "contract-dca-bots", mark("Futures DCA bots"), _DCA, _DCA_PAGE, kind="contract_dca", amount="investmentAmt"
)
RECURRING = _bots(
    "recurring-buys",
    mark("Recurring buys"),
    "tradingBot/recurring/orders-algo-history",
    "Recurring buy, Get recurring buy order history",
    amount="investmentAmt",
)
SIGNAL = _bots(
    "signal-bots",
    mark("Signal bots"),
    "tradingBot/signal/orders-algo-history",
    "Signal bot trading, Get signal bot history",
    kind="contract",
    amount="investAmt",
)

_GRID_ORDERS, _DCA_ORDERS = "Grid trading, Get grid algo sub orders", "DCA trading, Get DCA sub orders"
_SIGNAL_ORDERS = "Signal bot trading, Get signal bot sub orders"
DCA_COLUMNS = f"{ORDER_COLUMNS} filled:filledSz average_price:avgFillPx"
SIGNAL_POSITIONS = explaining(
    id="signal-bots-positions",
    title=mark("Positions of a signal bot"),
    **asked(
        "tradingBot/signal/positions-history", "Signal bot trading, Get position history", Limit(1, 10), by="uTime"
    ),
    reach=QUARTER,
    **in_table(
        "positions",
        "signal bot position",
        number="instId uTime direction cTime pnl",
        time="uTime",
        columns="instrument:instId side:direction open_price:openAvgPx close_price:closeAvgPx pnl opened:cTime",
    ),
    ties=True,
    parent=SIGNAL.id,
    by="algoId",
)

BOT_LISTS = (
    GRID,
    CONTRACT_GRID,
    SPOT_DCA,
    CONTRACT_DCA,
    RECURRING,
    SIGNAL,
    _orders(GRID, "tradingBot/grid/sub-orders", _GRID_ORDERS, columns=ORDER_COLUMNS, type="filled"),
    _orders(CONTRACT_GRID, "tradingBot/grid/sub-orders", _GRID_ORDERS, columns=ORDER_COLUMNS, type="filled"),
    _orders(SPOT_DCA, "tradingBot/dca/orders", _DCA_ORDERS, columns=DCA_COLUMNS),
    _orders(CONTRACT_DCA, "tradingBot/dca/orders", _DCA_ORDERS, columns=DCA_COLUMNS),
    _orders(
        RECURRING,
        "tradingBot/recurring/sub-orders",
        "Recurring buy, Get recurring buy sub orders",
        columns=ORDER_COLUMNS,
    ),
    _orders(SIGNAL, "tradingBot/signal/sub-orders", _SIGNAL_ORDERS, columns=ORDER_COLUMNS, state="filled"),
    _orders(SIGNAL, "tradingBot/signal/sub-orders", _SIGNAL_ORDERS, columns=ORDER_COLUMNS, state="cancelled"),
    SIGNAL_POSITIONS,
)
