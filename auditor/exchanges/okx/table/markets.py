"""OKX: markets, networks and what is converted, asked for when something is left."""

from auditor.exchanges.okx.readers import markets
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.table.earn import EARN
from auditor.exchanges.okx.table.shared import TRADING
from auditor.exchanges.okx.table.subaccounts import SUBACCOUNTS
from auditor.exchanges.okx.table.wallets import BALANCES
from auditor.model.records import Area
from auditor.spec.fields import rows, text
from auditor.spec.surface import Limit, Query, Surface

HOLDINGS = tuple(surface.id for surface in (*BALANCES, *EARN, *SUBACCOUNTS) if surface.id != "subaccounts")
MARKETS = (
    Surface(
        id="markets",
        area=Area.BALANCES,
        title="Markets that this account may trade",
        path="account/instruments",
        limit=Limit(20, 2),
        limit_by="instType",
        queries=(Query(params={"instType": "SPOT"}),),
        proves=(text("instId"), text("baseCcy"), text("quoteCcy"), text("state")),
        read=markets.market,
        after=HOLDINGS,
        plan=markets.when_something_is_left,
        source=f"{DOC}, Trading account, Get instruments",
    ),
    Surface(
        id="networks",
        area=Area.BALANCES,
        title="Withdrawal minimums and fees",
        path="asset/currencies",
        limit=Limit(6, 1),
        proves=(text("ccy"),),
        read=markets.network,
        after=HOLDINGS,
        plan=markets.when_something_is_left,
        source=f"{DOC}, Funding account, Get currencies",
    ),
    Surface(
        id="prices",
        area=Area.BALANCES,
        title="Prices",
        path="market/tickers",
        section="public",
        limit=Limit(20, 2),
        queries=(Query(params={"instType": "SPOT"}),),
        proves=(text("instId"),),
        read=markets.price,
        after=HOLDINGS,
        plan=markets.when_something_is_left,
        source=f"{DOC}, Market data, Get tickers",
    ),
    *(
        Surface(
            id=f"convertible-{wallet}",
            area=Area.BALANCES,
            title=f"Easy convert from the {wallet} wallet",
            path="trade/easy-convert-currency-list",
            limit=Limit(1, 2),
            queries=(Query(params={"source": source}),),
            proves=(rows("fromData", text("fromCcy")),),
            read=markets.convertible(wallet),
            after=(wallet,),
            plan=markets.when_left_in(wallet),
            services=TRADING,
            source=f"{DOC}, Trade, Get easy convert currency list",
        )
        for wallet, source in (("trading", "1"), ("funding", "2"))
    ),
)
