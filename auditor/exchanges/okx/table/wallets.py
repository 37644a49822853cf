"""OKX: its wallets, and their totals as a cross-check."""

from auditor.exchanges.okx.readers import wallets
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.table.shared import TRADING
from auditor.model.records import Area
from auditor.spec.fields import amount, retired, rows, text
from auditor.spec.surface import Limit, Surface, within

BALANCES = (
    Surface(
        id="funding",
        area=Area.BALANCES,
        title="Funding wallet",
        path="asset/balances",
        limit=Limit(6, 1),
        proves=(text("ccy"), amount("bal"), amount("availBal"), amount("frozenBal")),
        read=wallets.funding,
        source=f"{DOC}, Funding account, Get balance",
    ),
    Surface(
        id="trading",
        area=Area.BALANCES,
        title="Trading wallet",
        path="account/balance",
        limit=Limit(10, 2),
        rows=within("details"),
        proves=wallets.TRADING_FIELDS,
        read=wallets.trading,
        services=TRADING,
        source=f"{DOC}, Trading account, Get balance",
    ),
    Surface(
        id="non-tradable",
        area=Area.BALANCES,
        title="Non-tradable assets",
        path="asset/non-tradable-assets",
        limit=Limit(6, 1),
        proves=(text("ccy"), amount("bal")),
        read=wallets.non_tradable,
        source=f"{DOC}, Funding account, Get non-tradable assets",
    ),
    Surface(
        id="valuation",
        area=Area.BALANCES,
        title="Asset valuation (cross-check)",
        path="asset/asset-valuation",
        limit=Limit(1, 1),
        rows=wallets.valuation_rows,
        proves=(
            amount("totalBal"),
            rows("details", amount("funding"), amount("trading"), amount("earn"), retired("classic")),
        ),
        read=wallets.valuation,
        source=f"{DOC}, Funding account, Get account asset valuation",
    ),
)
