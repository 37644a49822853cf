"""Binance: markets, networks and what is converted, asked for when something is left."""

from auditor.exchanges.binance.readers import markets
from auditor.exchanges.binance.readers.rows import one_or_many
from auditor.exchanges.binance.sources import PUBLIC, SAPI, api, sapi
from auditor.exchanges.binance.table.bots import BOTS
from auditor.exchanges.binance.table.earn import EARN
from auditor.exchanges.binance.table.shared import surface
from auditor.exchanges.binance.table.subaccounts import SUBACCOUNTS
from auditor.exchanges.binance.table.wallets import BALANCES
from auditor.model.records import Area
from auditor.spec.fields import flag, rows, text
from auditor.spec.surface import Query, listed

HOLDINGS = tuple(s.id for s in (*BALANCES, *EARN, *BOTS, *SUBACCOUNTS) if s.value)
LEFT = {"after": HOLDINGS, "plan": markets.when_something_is_left, "area": Area.BALANCES}
MARKETS = (
    surface(
        "markets",
        "Spot markets",
        PUBLIC,
        "exchangeInfo",
        api(20),
        *(text("symbol"), text("status"), text("baseAsset"), text("quoteAsset"), flag("isSpotTradingAllowed")),
        queries=(Query(params={"showPermissionSets": "false"}),),
        rows=listed("symbols"),
        read=markets.market,
        **LEFT,
    ),
    surface(
        "prices",
        "Prices",
        PUBLIC,
        "ticker/price",
        api(4),
        text("symbol"),
        rows=one_or_many,
        read=markets.price,
        area=Area.BALANCES,
        after=("markets",),
        plan=markets.with_markets,
    ),
    surface(
        "networks",
        "Withdrawal minimums and fees",
        SAPI,
        "capital/config/getall",
        sapi(10),
        *(text("coin"), rows("networkList", text("network"))),
        read=markets.networks,
        **LEFT,
    ),
    *(
        surface(
            f"convertible-{wallet}{suffix}",
            f"Small balances that Binance converts into {coin}, {wallet} wallet",
            SAPI,
            path,
            sapi(1),
            text("asset"),
            method="POST",
            queries=(Query(params={"accountType": kind, **more}),),
            rows=listed("details"),
            read=markets.convertible(wallet),
            area=Area.BALANCES,
            after=(wallet,),
            plan=markets.when_left_in(wallet),
        )
        for wallet, kind in (("spot", "SPOT"), ("cross-margin", "MARGIN"))
        for suffix, coin, path, more in (
            ("", "BNB", "asset/dust-btc", {}),
            ("-usdt", "USDT", "asset/dust-convert/query-convertible-assets", {"targetAsset": "USDT"}),
        )
    ),
)
