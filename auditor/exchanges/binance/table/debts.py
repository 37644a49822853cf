"""Binance: loans, what is pledged for them, and debts that a liquidation left."""

from auditor.exchanges.binance.readers import debts
from auditor.exchanges.binance.readers.rows import some
from auditor.exchanges.binance.sources import CCXT, SAPI, SAPI_2, sapi, uid
from auditor.exchanges.binance.table.shared import (
    MARGIN,
    NO_PORTFOLIO_MARGIN,
    READERS_REFUSED,
    ROWS,
    UNDOCUMENTED,
    surface,
)
from auditor.model.records import Area
from auditor.spec.fields import amount, text
from auditor.spec.surface import Numbered

NO_BANKRUPTCY = {**NO_PORTFOLIO_MARGIN, "-21004": "Binance says that there is no such loan."}
LOANS = Numbered(limit="limit")
DEBTS = (
    surface(
        "flexible-loan",
        "Flexible loans and their collateral",
        SAPI_2,
        "loan/flexible/ongoing/orders",
        sapi(300),
        *(text("loanCoin"), amount("totalDebt"), text("collateralCoin"), amount("collateralAmount")),
        area=Area.DEBTS,
        paging=LOANS,
        rows=ROWS,
        read=debts.flexible,
    ),
    surface(
        "vip-loan",
        "VIP loans and their collateral",
        SAPI,
        "loan/vip/ongoing/orders",
        sapi(400),
        *(text("orderId"), text("loanCoin"), amount("totalDebt"), amount("lockedCollateralValue")),
        area=Area.DEBTS,
        paging=LOANS,
        rows=ROWS,
        read=debts.vip,
    ),
    surface(
        "vip-loan-requests",
        "VIP loans: applications",
        SAPI,
        "loan/vip/request/data",
        uid(400),
        *(text("requestId"), text("loanCoin"), amount("loanAmount"), text("status")),
        area=Area.DEBTS,
        paging=LOANS,
        rows=ROWS,
        read=debts.vip_request,
    ),
    surface(
        "stable-loan",
        "Loans at a stable rate",
        SAPI,
        "loan/ongoing/orders",
        sapi(300),
        area=Area.DEBTS,
        paging=LOANS,
        rows=ROWS,
        read=debts.stable,
        standing=UNDOCUMENTED,
        source=CCXT,
    ),
    surface(
        "liquidation-loan",
        "Debt left from a liquidation",
        SAPI,
        "margin/liquidation-loan",
        uid(100),
        *(text("asset"), amount("remainingAmount")),
        area=Area.DEBTS,
        rows=some,
        read=debts.liquidation,
        **MARGIN,
    ),
    surface(
        "bankruptcy-loan",
        "Debt left from a bankruptcy in portfolio margin",
        SAPI,
        "portfolio/pmLoan",
        uid(500),
        *(text("asset"), amount("amount")),
        area=Area.DEBTS,
        rows=some,
        read=debts.bankruptcy,
        absent=NO_BANKRUPTCY,
        by_eye=READERS_REFUSED,
    ),
)
