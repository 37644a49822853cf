"""Bybit: closed positions, deliveries and settlements of contracts."""

from datetime import timedelta

from auditor.exchanges.bybit.archive_lists.explaining import HALF_A_YEAR, TWO_YEARS, Listing, Shape, explaining
from auditor.exchanges.bybit.sources import PAGES_OF_50, PAGES_OF_100, documented, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Limit, Query
from auditor.spec.history import SecondList

FIFTY = Limit(50, 1)


def _closed(category: str) -> SecondList:
    query = Query(params={"category": category}, back=timedelta(days=730))
    return explaining(
        Listing(
            id=f"closed-pnl-{category}",
            title=mark("Closed positions"),
            endpoint=documented(
                "v5/position/closed-pnl",
                "Position, Get Closed PnL (2 years)",
                FIFTY,
                query,
                pages=PAGES_OF_100,
                windows=windows(7),
            ),
            reach=TWO_YEARS,
        ),
        Shape(
            number=("orderId", "createdTime"),
            time="createdTime",
            table="positions",
            kind=category,
            columns={
                "instrument": "symbol",
                "side": "side",
                "amount": "closedSize",
                "open_price": "avgEntryPrice",
                "close_price": "avgExitPrice",
                "pnl": "closedPnl",
                "type": "execType",
                "parent_id": "orderId",
            },
        ),
    )


CLOSED_OPTIONS = explaining(
    Listing(
        id="closed-options",
        title=mark("Closed options"),
        endpoint=documented(
            "v5/position/get-closed-positions",
            "Position, Get Closed Options Positions (6 months)",
            FIFTY,
            Query(params={"category": "option"}, back=timedelta(days=180)),
            pages=PAGES_OF_100,
            windows=windows(7),
        ),
        reach=HALF_A_YEAR,
    ),
    Shape(
        number=("symbol", "closeTime"),
        time="closeTime",
        table="positions",
        kind="option",
        columns={
            "instrument": "symbol",
            "side": "side",
            "amount": "qty",
            "open_price": "avgEntryPrice",
            "close_price": "avgExitPrice",
            "pnl": "totalPnl",
            "fee": "totalCloseFee",
            "opened": "openTime",
        },
    ),
)


def _deliveries(category: str) -> SecondList:
    query = Query(params={"category": category}, back=timedelta(days=730))
    return explaining(
        Listing(
            id=f"deliveries-{category}",
            title=mark("Deliveries"),
            endpoint=documented(
                "v5/asset/delivery-record",
                "Asset, Get Delivery Record (2 years)",
                FIFTY,
                query,
                pages=PAGES_OF_50,
                windows=windows(30),
            ),
            reach=TWO_YEARS,
        ),
        Shape(
            number=("symbol", "side", "deliveryTime"),
            time="deliveryTime",
            table="positions",
            kind="delivery",
            columns={
                "instrument": "symbol",
                "side": "side",
                "amount": "position",
                "open_price": "entryPrice",
                "close_price": "deliveryPrice",
                "pnl": "deliveryRpl",
                "fee": "fee",
            },
        ),
    )


SETTLEMENTS = explaining(
    Listing(
        id="session-settlements",
        title=mark("Settlements of USDC contracts"),
        endpoint=documented(
            "v5/asset/settlement-record",
            "Asset, Get USDC Session Settlement (2 years)",
            FIFTY,
            Query(params={"category": "linear"}, back=timedelta(days=730)),
            pages=PAGES_OF_50,
            windows=windows(30),
        ),
        reach=TWO_YEARS,
    ),
    Shape(
        number=("symbol", "side", "createdTime"),
        time="createdTime",
        table="positions",
        kind="session settlement",
        columns={
            "instrument": "symbol",
            "side": "side",
            "amount": "size",
            "open_price": "sessionAvgPrice",
            "close_price": "markPrice",
            "pnl": "realisedPnl",
        },
    ),
)

POSITION_LISTS = (
    *map(_closed, ("linear", "inverse")),
    CLOSED_OPTIONS,
    *map(_deliveries, ("linear", "inverse", "option")),
    SETTLEMENTS,
)
