"""Binance: the table of every place that can hold something back, and who its keys belong to.

Every row is a documented read (DOC) but for those that only ccxt knows (CCXT). SEEN: what keys that can only read were
refused on real accounts. A position, order or plan in a trading bot has no request at all: the wallets tell of it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from auditor.exchanges._binance import (
    API,
    CCXT,
    DAPI,
    DOC,
    EAPI,
    FAPI,
    FAPI_3,
    PAPI,
    PUBLIC,
    SAPI,
    SAPI_2,
    SAPI_3,
    SAPI_4,
    SEEN,
    account,
    api,
    dapi,
    debts,
    eapi,
    earn,
    fapi,
    flows,
    markets,
    papi,
    sapi,
    subaccounts,
    trades,
    uid,
    wallets,
)
from auditor.exchanges._binance.account import when_on
from auditor.exchanges._binance.errors import ERRORS
from auditor.exchanges._binance.rows import all_at_once, one_or_many, some
from auditor.i18n import mark
from auditor.snapshot import Area, Standing
from auditor.wire.fields import Field, amount, flag, inner, rows, text
from auditor.wire.surface import (
    Exchange,
    Limit,
    Numbered,
    Offset,
    Query,
    Reader,
    Site,
    Surface,
    Windows,
    listed,
    whole,
)

UNDOCUMENTED = Standing.UNDOCUMENTED
MAIN = frozenset({"main"})
OPENED = datetime(2017, 7, 1, tzinfo=UTC)
QUARTER, MONTH, WEEK = timedelta(days=89), timedelta(days=30), timedelta(days=7)
# What an order of that kind can stay open for, with room to spare; a withdrawal's coins show in their wallet as well.
BACK, FIAT_BACK, P2P_BACK = timedelta(days=400), timedelta(days=60), timedelta(days=180)

NO_SUBACCOUNTS = dict.fromkeys(("-8012", "-9000"), "Sub-accounts are not switched on for this account.")
NO_PORTFOLIO_MARGIN = {"-21001": "Binance says that this is no portfolio margin account."}
READERS_REFUSED = frozenset({"-1002", "-2015"})

ROWS, PAGES = listed("rows"), Numbered()
LOANS = Numbered(limit="limit")


def _surface(name: str, title: str, site: Site, path: str, limit: Limit, *proves: Field, **more: Any) -> Surface:
    documented = f"{DOC}, {more.get('method', 'GET')} {site.prefix}{path}"
    return Surface(
        id=name,
        title=title,
        site=site,
        path=path,
        limit=limit,
        proves=proves,
        source=more.pop("source", documented),
        **more,
    )


def _only_with(product: str, name: str) -> dict[str, Any]:
    """Ask only where Binance does not say that the account lacks the product."""
    nothing = f"Binance says that {name} was never switched on for this account (account/info)."
    return {"after": ("products",), "plan": when_on(product), "nothing": nothing}


MARGIN = _only_with("isMarginEnabled", "margin trading")
FUTURES = _only_with("isFutureEnabled", "futures trading")
OPTIONS = _only_with("isOptionsEnabled", "options trading")
PORTFOLIO = _only_with("isPortfolioMarginRetailEnabled", "portfolio margin")
IN_PAIRS = {**MARGIN, "after": ("products", "isolated-margin"), "plan": trades.each_isolated_pair}


def _wallet(name: str, title: str, site: Site, path: str, limit: Limit, *proves: Field, **more: Any) -> Surface:
    return _surface(name, title, site, path, limit, *proves, area=Area.BALANCES, **more)


BALANCES = (
    _wallet(
        "spot",
        "Spot wallet",
        SAPI_3,
        "asset/getUserAsset",
        sapi(5),
        *wallets.ASSET,
        method="POST",
        read=wallets.wallet("spot"),
    ),
    _wallet(
        "funding",
        "Funding wallet",
        SAPI,
        "asset/get-funding-asset",
        sapi(1),
        *wallets.ASSET,
        method="POST",
        read=wallets.wallet("funding"),
    ),
    _wallet(
        "cross-margin",
        "Cross margin wallet",
        SAPI,
        "margin/account",
        sapi(10),
        *wallets.MARGIN,
        rows=listed("userAssets"),
        read=wallets.cross,
        **MARGIN,
    ),
    _wallet(
        "isolated-margin",
        "Isolated margin wallets",
        SAPI,
        "margin/isolated/account",
        sapi(10),
        *wallets.ISOLATED,
        rows=listed("assets"),
        read=wallets.isolated,
        **MARGIN,
    ),
    *(
        _wallet(
            name,
            f"{title} futures wallet",
            site,
            "account",
            limit,
            *wallets.FUTURES,
            rows=listed("assets"),
            read=wallets.futures(name),
            **FUTURES,
        )
        for name, title, site, limit in (("usd-m", "USD-M", FAPI_3, fapi(5)), ("coin-m", "COIN-M", DAPI, dapi(5)))
    ),
    _wallet(
        "options",
        "Options wallet",
        EAPI,
        "marginAccount",
        eapi(3),
        *wallets.OPTIONS,
        rows=listed("asset"),
        read=wallets.options,
        **OPTIONS,
    ),
    _wallet(
        "portfolio-margin",
        "Portfolio margin account",
        PAPI,
        "balance",
        papi(20),
        *wallets.PORTFOLIO,
        read=wallets.portfolio("portfolio-margin"),
        **PORTFOLIO,
    ),
    _wallet(
        "portfolio-margin-pro",
        "Portfolio Margin Pro",
        SAPI,
        "portfolio/balance",
        sapi(20),
        *wallets.PORTFOLIO,
        read=wallets.portfolio("portfolio-margin-pro"),
        absent=NO_PORTFOLIO_MARGIN,
        by_eye=READERS_REFUSED,
    ),
    _wallet(
        "valuation",
        "Wallet totals (cross-check)",
        SAPI,
        "asset/wallet/balance",
        sapi(60),
        *wallets.TOTALS,
        queries=(Query(params={"quoteAsset": "BTC"}),),
        read=wallets.valuation,
    ),
)

DUE = Windows(span=QUARTER, first=OPENED)


def _request(name: str, product: str, path: str, limit: Limit, number: str, *, redeeming: bool = True) -> Surface:
    """Redemptions or subscriptions of an earn product over the last 89 days: none takes longer."""
    what = "redemption" if redeeming else "subscription"
    return _surface(
        f"{name}-{what}s",
        f"{product}: {what}s under way",
        SAPI,
        path,
        limit,
        *(text("asset"), amount("amount"), text("status")),
        area=Area.EARN,
        queries=(Query(back=QUARTER),),
        windows=DUE,
        paging=PAGES,
        rows=ROWS,
        read=earn.request(product, number, what, redeeming=redeeming),
    )


LOCKED = (text("positionId"), text("asset"), amount("amount"), amount("redeemingAmt"), text("status"))
SIMPLE, LOCKED_EARN, YIELDS = "simple-earn/flexible", "simple-earn/locked", "onchain-yields/locked"
EARN = (
    _surface(
        "simple-earn-flexible",
        "Simple Earn flexible",
        SAPI,
        f"{SIMPLE}/position",
        sapi(150),
        *(text("productId"), text("asset"), amount("totalAmount"), amount("collateralAmount")),
        area=Area.EARN,
        paging=PAGES,
        rows=ROWS,
        read=earn.flexible,
    ),
    _surface(
        "simple-earn-locked",
        "Simple Earn locked",
        SAPI,
        f"{LOCKED_EARN}/position",
        sapi(150),
        *LOCKED,
        area=Area.EARN,
        paging=PAGES,
        rows=ROWS,
        read=earn.locked("Simple Earn locked"),
    ),
    _surface(
        "on-chain-yields",
        "On-chain Yields",
        SAPI,
        f"{YIELDS}/position",
        sapi(50),
        *LOCKED,
        area=Area.EARN,
        paging=PAGES,
        rows=ROWS,
        read=earn.locked("On-chain Yields"),
    ),
    *(
        _surface(
            coin.lower(),
            coin,
            SAPI,
            f"{coin.lower()}/account",
            sapi(150),
            amount(f"{coin.lower()}Amount"),
            area=Area.EARN,
            rows=whole,
            read=earn.coin(coin, coin, f"{coin.lower()}Amount"),
        )
        for coin in ("BFUSD", "RWUSD")
    ),
    _surface(
        "eth-staking",
        "ETH staking",
        SAPI_2,
        "eth-staking/account",
        sapi(150),
        inner("holdings", amount("wbethAmount"), amount("bethAmount")),
        area=Area.EARN,
        rows=whole,
        read=earn.eth,
    ),
    _surface(
        "sol-staking",
        "SOL staking",
        SAPI,
        "sol-staking/account",
        sapi(150),
        amount("bnsolAmount"),
        area=Area.EARN,
        rows=whole,
        read=earn.coin("SOL staking", "BNSOL", "bnsolAmount"),
    ),
    _surface(
        "sol-staking-rewards",
        "SOL staking: unclaimed rewards",
        SAPI,
        "sol-staking/sol/history/unclaimedRewards",
        sapi(150),
        *(text("rewardsAsset"), amount("amount")),
        area=Area.EARN,
        read=earn.unclaimed,
    ),
    _surface(
        "dual-investment",
        "Dual Investment",
        SAPI,
        "dci/product/positions",
        sapi(1),
        *(text("id"), text("investCoin"), amount("subscriptionAmount"), text("purchaseStatus")),
        area=Area.EARN,
        paging=Numbered(number="pageIndex", limit="pageSize"),
        rows=listed("list"),
        read=earn.dual,
    ),
    _request(
        "simple-earn-flexible", "Simple Earn flexible", f"{SIMPLE}/history/redemptionRecord", sapi(150), "redeemId"
    ),
    _request(
        "simple-earn-locked", "Simple Earn locked", f"{LOCKED_EARN}/history/redemptionRecord", sapi(150), "redeemId"
    ),
    _request("on-chain-yields", "On-chain Yields", f"{YIELDS}/history/redemptionRecord", sapi(50), "redeemId"),
    *(
        _request(name, product, path, sapi(weight), "purchaseId", redeeming=False)
        for name, product, path, weight in (
            ("simple-earn-flexible", "Simple Earn flexible", f"{SIMPLE}/history/subscriptionRecord", 150),
            ("simple-earn-locked", "Simple Earn locked", f"{LOCKED_EARN}/history/subscriptionRecord", 150),
            ("on-chain-yields", "On-chain Yields", f"{YIELDS}/history/subscriptionRecord", 50),
            ("eth-staking", "ETH staking", "eth-staking/eth/history/stakingHistory", 150),
            ("sol-staking", "SOL staking", "sol-staking/sol/history/stakingHistory", 150),
        )
    ),
    _request("eth-staking", "ETH staking", "eth-staking/eth/history/redemptionHistory", sapi(150), "time"),
    _request("sol-staking", "SOL staking", "sol-staking/sol/history/redemptionHistory", sapi(150), "time"),
    _request("bfusd", "BFUSD", "bfusd/history/redemptionHistory", sapi(150), "time"),
    _request("rwusd", "RWUSD", "rwusd/history/redemptionHistory", sapi(150), "time"),
)

DEBTS = (
    _surface(
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
    _surface(
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
    _surface(
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
    _surface(
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
    _surface(
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
    _surface(
        "bankruptcy-loan",
        "Debt left from a bankruptcy in portfolio margin",
        SAPI,
        "portfolio/pmLoan",
        uid(500),
        *(text("asset"), amount("amount")),
        area=Area.DEBTS,
        rows=some,
        read=debts.bankruptcy,
        absent=NO_PORTFOLIO_MARGIN,
        by_eye=READERS_REFUSED,
    ),
)


def _orders(name: str, title: str, site: Site, path: str, limit: Limit, **more: Any) -> Surface:
    number = more.pop("number", "orderId")
    read: Reader = more.pop("read", trades.order(number))
    return _surface(name, title, site, path, limit, text(number), area=Area.ORDERS, read=read, value=False, **more)


ORDERS = (
    _orders("orders", "Spot orders", API, "openOrders", api(80)),
    _orders("order-lists", "Spot order lists (OCO, OTO)", API, "openOrderList", api(6), number="orderListId"),
    _orders("margin-orders", "Margin orders", SAPI, "margin/openOrders", sapi(10), **IN_PAIRS),
    _orders(
        "margin-order-lists",
        "Margin OCO orders",
        SAPI,
        "margin/openOrderList",
        sapi(10),
        number="orderListId",
        **IN_PAIRS,
    ),
    _orders("usd-m-orders", "USD-M futures orders", FAPI, "openOrders", fapi(40), **FUTURES),
    _orders(
        "usd-m-conditional",
        "USD-M futures conditional orders",
        FAPI,
        "openAlgoOrders",
        fapi(40),
        number="algoId",
        **FUTURES,
    ),
    _orders("coin-m-orders", "COIN-M futures orders", DAPI, "openOrders", dapi(40), **FUTURES),
    _orders("options-orders", "Options orders", EAPI, "openOrders", eapi(40), **OPTIONS),
    *(
        _orders(f"portfolio-{name}", f"Portfolio margin: {title}", PAPI, path, papi(weight), number=number, **PORTFOLIO)
        for name, title, path, weight, number in (
            ("usd-m-orders", "USD-M orders", "um/openOrders", 40, "orderId"),
            ("coin-m-orders", "COIN-M orders", "cm/openOrders", 40, "orderId"),
            ("usd-m-algo", "USD-M algo orders", "um/algo/openAlgoOrders", 1, "algoId"),
            ("usd-m-conditional", "USD-M conditional orders", "um/conditional/openOrders", 40, "strategyId"),
            ("coin-m-conditional", "COIN-M conditional orders", "cm/conditional/openOrders", 40, "strategyId"),
            ("order-lists", "margin OCO orders", "margin/openOrderList", 5, "orderListId"),
        )
    ),
    *(
        _orders(
            f"{kind}-algo",
            f"{title} algo orders (TWAP, VP)",
            SAPI,
            f"algo/{kind}/openOrders",
            sapi(1),
            number="algoId",
            rows=listed("orders"),
            by_eye=READERS_REFUSED,
            source=f"{DOC}, Algo trading; refused to keys that can only read: {SEEN}",
        )
        for kind, title in (("spot", "Spot"), ("futures", "Futures"))
    ),
    _orders(
        "convert-orders",
        "Convert limit orders",
        SAPI,
        "convert/limit/queryOpenOrders",
        uid(3000),
        rows=listed("list"),
        read=trades.convert,
    ),
    # Documented for accounts with stocks only, so a refusal says nothing about others.
    _orders("stock-orders", "Stock orders", SAPI, "equity/order/open-orders", sapi(1), some=True),
)

POSITIONS = tuple(
    _surface(name, title, site, path, limit, *proves, area=Area.POSITIONS, read=read, **product)
    for name, title, site, path, limit, proves, read, product in (
        (
            "usd-m-positions",
            "USD-M futures positions",
            FAPI_3,
            "positionRisk",
            fapi(5),
            trades.POSITION,
            trades.position("USD-M futures"),
            FUTURES,
        ),
        (
            "coin-m-positions",
            "COIN-M futures positions",
            DAPI,
            "positionRisk",
            dapi(1),
            trades.POSITION,
            trades.position("COIN-M futures"),
            FUTURES,
        ),
        (
            "options-positions",
            "Options positions",
            EAPI,
            "position",
            eapi(5),
            trades.OPTION,
            trades.option,
            OPTIONS,
        ),
        *(
            (
                f"portfolio-{kind}-positions",
                f"Portfolio margin: {title} positions",
                PAPI,
                f"{path}/positionRisk",
                papi(5),
                trades.POSITION,
                trades.position(f"{title}, portfolio margin"),
                PORTFOLIO,
            )
            for kind, title, path in (("usd-m", "USD-M", "um"), ("coin-m", "COIN-M", "cm"))
        ),
    )
)


def _flow(name: str, title: str, path: str, limit: Limit, way: flows.Way, **more: Any) -> Surface:
    return _surface(
        name,
        title,
        more.pop("site", SAPI),
        path,
        limit,
        *(text(way.state), text(way.asset), amount(way.amount)),
        area=Area.FLOWS,
        read=more.pop("read", way),
        **more,
    )


def _by_page(name: str, title: str, path: str, limit: Limit, way: flows.Way, *, kind: str) -> Surface:
    """A history of fiat money. Binance states no longest stretch; its own default is 30 days."""
    return _flow(
        name,
        title,
        path,
        limit,
        way,
        queries=(Query(params={"transactionType": kind}, back=FIAT_BACK),),
        windows=Windows(start="beginTime", end="endTime", span=MONTH, first=OPENED),
        paging=Numbered(number="page", limit="rows"),
        rows=listed("data"),
    )


LOCAL = {"site": SAPI_2, "windows": DUE, "paging": Offset(), "some": True}
FLOWS = (
    _flow(
        "deposits",
        "Deposits under way",
        "capital/deposit/hisrec",
        sapi(1),
        flows.DEPOSIT,
        windows=DUE,
        paging=Offset(),
    ),
    _flow(
        "withdrawals",
        "Withdrawals under way",
        "capital/withdraw/history",
        uid(18000),
        flows.WITHDRAWAL,
        queries=(Query(back=BACK),),
        windows=DUE,
        paging=Offset(),
    ),
    # Documented for local entities only, so a refusal says nothing about others.
    _flow(
        "travel-rule-deposits",
        "Deposits held by the Travel Rule",
        "localentity/deposit/history",
        sapi(1),
        flows.HELD_DEPOSIT,
        read=flows.HELD_DEPOSIT.held_by_question,
        queries=(Query(back=BACK),),
        **LOCAL,
    ),
    _flow(
        "travel-rule-withdrawals",
        "Withdrawals held by the Travel Rule",
        "localentity/withdraw/history",
        sapi(1),
        flows.HELD_WITHDRAWAL,
        read=flows.HELD_WITHDRAWAL.held_by_question,
        queries=(Query(back=BACK),),
        **LOCAL,
    ),
    _by_page("fiat-deposits", "Fiat deposits", "fiat/orders", uid(45000), flows.fiat(mark("fiat deposit")), kind="0"),
    _by_page(
        "fiat-withdrawals", "Fiat withdrawals", "fiat/orders", uid(45000), flows.fiat(mark("fiat withdrawal")), kind="1"
    ),
    _by_page(
        "fiat-purchases",
        "Purchases by card or bank",
        "fiat/payments",
        sapi(1),
        flows.card(mark("purchase with fiat"), "fiatCurrency", "sourceAmount"),
        kind="0",
    ),
    _by_page(
        "fiat-sales",
        "Sales to card or bank",
        "fiat/payments",
        sapi(1),
        flows.card(mark("sale for fiat"), "cryptoCurrency", "sourceAmount"),
        kind="1",
    ),
    _flow(
        "p2p",
        "P2P orders under way",
        "c2c/orderMatch/listUserOrderHistory",
        sapi(1),
        flows.P2P,
        queries=tuple(Query(params={"tradeType": side}, back=P2P_BACK) for side in ("BUY", "SELL")),
        windows=Windows(start="startTimestamp", end="endTimestamp", span=MONTH, first=OPENED),
        paging=Numbered(number="page", limit="rows"),
        rows=listed("data"),
    ),
    _surface(
        "conversions",
        "Conversions running",
        SAPI,
        "convert/tradeFlow",
        uid(3000),
        *(text("orderId"), text("orderStatus"), text("fromAsset")),
        area=Area.FLOWS,
        queries=(Query(params={"limit": "1000"}, back=WEEK),),
        windows=Windows(span=WEEK, first=OPENED),
        rows=all_at_once,
        read=flows.conversion,
    ),
)

BOTS = (
    _surface(
        "wallets-without-request",
        "Wallets that no request of their own reads (trading bots, copy trading)",
        SAPI,
        "asset/wallet/balance",
        sapi(60),
        *wallets.TOTALS,
        area=Area.BOTS,
        queries=(Query(params={"quoteAsset": "BTC", "needBalanceDetail": "true"}),),
        read=wallets.without_request,
    ),
    _surface(
        "lead-trader",
        "Copy trading: lead trader",
        SAPI,
        "copyTrading/futures/userStatus",
        sapi(1),
        inner("data", flag("isLeadTrader")),
        area=Area.BOTS,
        rows=whole,
        read=subaccounts.lead_trader,
        by_eye=READERS_REFUSED,
        value=False,
        source=f"{DOC}, Copy trading, Get Futures Lead Trader Status, which asks for a key that may trade",
    ),
    _surface(
        "auto-invest",
        "Auto-Invest plans",
        SAPI,
        "lending/auto-invest/plan/list",
        sapi(1),
        *(text("planId"), text("status")),
        area=Area.BOTS,
        queries=tuple(Query(params={"planType": kind}) for kind in ("SINGLE", "PORTFOLIO", "INDEX")),
        rows=listed("plans"),
        read=earn.recurring,
        standing=UNDOCUMENTED,
        source=CCXT,
    ),
)


def _of_subaccounts(name: str, title: str, site: Site, path: str, limit: Limit, *proves: Field, **more: Any) -> Surface:
    return _surface(
        name, title, site, path, limit, *proves, area=Area.SUBACCOUNTS, kinds=MAIN, absent=NO_SUBACCOUNTS, **more
    )


SUMMARY = Numbered(number="page", limit="limit", size=20, total=None)
SUBACCOUNTS = (
    _of_subaccounts(
        "subaccounts",
        "Sub-accounts",
        SAPI,
        "sub-account/list",
        sapi(1),
        *(text("email"), text("subUserId"), flag("isFreeze")),
        paging=Numbered(number="page", limit="limit", size=200, total=None),
        rows=listed("subAccounts"),
        read=subaccounts.sub_account,
        source=f"{DOC}, Sub-account, Query Sub-account List; the code: {SEEN}",
    ),
    _of_subaccounts(
        "subaccount-spot",
        "Sub-account: spot wallet",
        SAPI_4,
        "sub-account/assets",
        uid(60),
        *wallets.ASSET,
        rows=listed("balances"),
        read=wallets.wallet("spot"),
        after=("subaccounts",),
        plan=subaccounts.each_of("subaccounts"),
    ),
    _of_subaccounts(
        "subaccount-margin",
        "Sub-accounts: margin wallets",
        SAPI,
        "sub-account/margin/accountSummary",
        sapi(10),
        *(text("email"), amount("totalAssetOfBtc"), amount("totalLiabilityOfBtc")),
        rows=listed("subAccountList"),
        read=subaccounts.worth("margin", "BTC", "totalAssetOfBtc", "totalLiabilityOfBtc"),
    ),
    *(
        _of_subaccounts(
            f"subaccount-{name}",
            f"Sub-accounts: {title} wallets",
            SAPI_2,
            "sub-account/futures/accountSummary",
            sapi(10),
            *(text("email"), amount("totalMarginBalance"), amount("totalWalletBalance")),
            queries=(Query(params={"futuresType": kind}),),
            paging=SUMMARY,
            rows=subaccounts.summary(answer),
            read=subaccounts.worth(name, asset, "totalMarginBalance", "totalWalletBalance"),
        )
        for name, title, kind, answer, asset in (
            ("usd-m", "USD-M futures", "1", "futureAccountSummaryResp", "USD"),
            ("coin-m", "COIN-M futures", "2", "deliveryAccountSummaryResp", "BTC"),
        )
    ),
    # Documented for investors with managed sub-accounts only, so a refusal says nothing about others.
    _of_subaccounts(
        "managed-subaccounts",
        "Managed sub-accounts",
        SAPI,
        "managed-subaccount/info",
        uid(60),
        *(text("email"), text("managersubUserId")),
        paging=Numbered(number="page", limit="limit", size=20, total=None),
        rows=listed("managerSubUserInfoVoList"),
        read=subaccounts.managed,
        some=True,
    ),
    _of_subaccounts(
        "managed-subaccount-assets",
        "Managed sub-account: assets",
        SAPI,
        "managed-subaccount/asset",
        sapi(1),
        *subaccounts.MANAGED,
        read=subaccounts.managed_asset,
        after=("managed-subaccounts",),
        plan=subaccounts.each_managed,
    ),
)

HOLDINGS = tuple(s.id for s in (*BALANCES, *EARN, *BOTS, *SUBACCOUNTS) if s.value)
LEFT = {"after": HOLDINGS, "plan": markets.when_something_is_left, "area": Area.BALANCES}
MARKETS = (
    _surface(
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
    _surface(
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
    _surface(
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
        _surface(
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

EXCHANGE = Exchange(
    id="binance",
    name="Binance",
    credentials=("apiKey", "secret"),
    prefix="",
    surfaces=(
        *account.SURFACES,
        *BALANCES,
        *EARN,
        *DEBTS,
        *ORDERS,
        *POSITIONS,
        *FLOWS,
        *BOTS,
        *SUBACCOUNTS,
        *MARKETS,
    ),
    identity=account.IDENTITY,
    identify=account.identify,
    rights=account.RIGHTS,
    sub_only=account.SUB_ONLY,
    clock=account.CLOCK,
    status=account.STATUS,
    ledgers=(),
    outages=account.outage,
    unwrap=account.as_it_is,
    code=account.error_code,
    errors=ERRORS,
    sandbox_codes={},
    clock_codes=frozenset({"-1021"}),
    # ccxt looks in these lists, of markets' margin modes, that only its own loading of markets fills.
    ccxt={"crossMarginPairsData": (), "isolatedMarginPairsData": ()},
    beyond=(Area.ORDERS, Area.POSITIONS, Area.BOTS, Area.EARN, Area.DEBTS, Area.FLOWS),
)
