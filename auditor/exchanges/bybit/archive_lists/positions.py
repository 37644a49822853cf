"""Bybit: closed positions, deliveries and settlements of contracts."""

from datetime import timedelta

from auditor.exchanges.bybit.archive_lists.explaining import DAYS_730, HALF_A_YEAR, TWO_YEARS, explaining
from auditor.exchanges.bybit.sources import PAGES_OF_50, PAGES_OF_100, asking, documented, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table

FIFTY = Limit(50, 1)


def _closed(category: str) -> SecondList:
    return explaining(
        id=f"closed-pnl-{category}",
        title=mark("Closed positions"),
        endpoint=documented(
            "v5/position/closed-pnl",
            "Position, Get Closed PnL (2 years)",
            FIFTY,
            asking(DAYS_730, category=category),
            pages=PAGES_OF_100,
            windows=windows(7),
        ),
        reach=TWO_YEARS,
        **in_table(
            "positions",
            category,
            number="orderId createdTime",
            time="createdTime",
            columns=(
                "instrument:symbol side amount:closedSize open_price:avgEntryPrice close_price:avgExitPrice "
                "pnl:closedPnl type:execType parent_id:orderId"
            ),
        ),
    )


CLOSED_OPTIONS = explaining(
    id="closed-options",
    title=mark("Closed options"),
    endpoint=documented(
        "v5/position/get-closed-positions",
        "Position, Get Closed Options Positions (6 months)",
        FIFTY,
        asking(timedelta(days=180), category="option"),
        pages=PAGES_OF_100,
        windows=windows(7),
    ),
    reach=HALF_A_YEAR,
    **in_table(
        "positions",
        "option",
        number="symbol closeTime",
        time="closeTime",
        columns=(
            "instrument:symbol side amount:qty open_price:avgEntryPrice close_price:avgExitPrice pnl:totalPnl "
            "fee:totalCloseFee opened:openTime"
        ),
    ),
)


def _deliveries(category: str) -> SecondList:
    return explaining(
        id=f"deliveries-{category}",
        title=mark("Deliveries"),
        endpoint=documented(
            "v5/asset/delivery-record",
            "Asset, Get Delivery Record (2 years)",
            FIFTY,
            asking(DAYS_730, category=category),
            pages=PAGES_OF_50,
            windows=windows(30),
        ),
        reach=TWO_YEARS,
        **in_table(
            "positions",
            "delivery",
            number="symbol side deliveryTime",
            time="deliveryTime",
            columns=(
                "instrument:symbol side amount:position open_price:entryPrice close_price:deliveryPrice "
                "pnl:deliveryRpl fee"
            ),
        ),
    )


SETTLEMENTS = explaining(
    id="session-settlements",
    title=mark("Settlements of USDC contracts"),
    endpoint=documented(
        "v5/asset/settlement-record",
        "Asset, Get USDC Session Settlement (2 years)",
        FIFTY,
        asking(DAYS_730, category="linear"),
        pages=PAGES_OF_50,
        windows=windows(30),
    ),
    reach=TWO_YEARS,
    **in_table(
        "positions",
        "session settlement",
        number="symbol side createdTime",
        time="createdTime",
        columns="instrument:symbol side amount:size open_price:sessionAvgPrice close_price:markPrice pnl:realisedPnl",
    ),
)

POSITION_LISTS = (
    *map(_closed, ("linear", "inverse")),
    CLOSED_OPTIONS,
    *map(_deliveries, ("linear", "inverse", "option")),
    SETTLEMENTS,
)
