"""OKX: the table of every place that can hold something back, and who its keys belong to.

Sources named in the rows: DOC is OKX's API v5 documentation as copied in June 2026, DOC25 as copied in April 2025, ATK
OKX's own agent-trade-kit of April 2026. CCXT marks paths that only ccxt 4.5.90 knows: asked, never relied on.
"""

from datetime import timedelta

from auditor.exchanges._okx import DOC, DOC25, account, bots, debts, earn, flows, markets, subaccounts, trades, wallets
from auditor.exchanges._okx.errors import ERRORS
from auditor.i18n import mark
from auditor.snapshot import Area, Standing
from auditor.wire.fields import always, amount, flag, retired, rows, text, texts, time
from auditor.wire.surface import Exchange, Limit, Paging, Query, Reader, Surface, single, within

ATK = "OKX agent-trade-kit, April 2026; not in OKX's documentation"
CCXT = "ccxt 4.5.90; not in OKX's documentation"
UNDOCUMENTED = Standing.UNDOCUMENTED
MAIN = frozenset({"main"})
TRADING = frozenset({"5", "8", "9", "99"})
BOTS, COPY, SPREAD, BLOCK = (frozenset({"7"}) | TRADING, frozenset({"11"}), frozenset({"10"}), frozenset({"6"}))
BACK = timedelta(days=400)

NO_SAVINGS = {"58002": "Savings was never activated on this account."}
NEITHER = {"59285": "This account has never led or copied a trade."}
# Who leads no trades may copy them, and the other way round: such a code answers only for what it is about.
NO_LEADING = {
    **NEITHER,
    "59260": "This account has never been a spot lead trader.",
    "59262": "This account has never been a contract lead trader.",
}
NO_COPYING = {**NEITHER, "59273": "This account has never been a contract copy trader."}
NO_VIP_LOAN = {"59310": "This account has no VIP loans."}
WRONG_MODE = {"51010": "This account's mode does not have it."}

ID = Paging(cursor="after", key="ordId")
ALGO_ID = Paging(cursor="after", key="algoId")
TIME = Paging(cursor="after", key="ts")


def _filtered(name: str, values: object, *, rest: Query | None = None) -> tuple[Query, ...]:
    """One list for each open state over all time, and one of everything for states that nobody knows."""
    return (*(Query(params={name: value}) for value in values), rest or Query())  # type: ignore[attr-defined]


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

EARN = (
    Surface(
        id="simple-earn",
        area=Area.EARN,
        title="Simple Earn flexible",
        path="finance/savings/balance",
        limit=Limit(6, 1),
        proves=(text("ccy"), amount("amt"), amount("loanAmt"), amount("pendingAmt"), retired("redemptAmt")),
        read=earn.savings,
        absent=NO_SAVINGS,
        source=f"{DOC}, Simple earn flexible, Get saving balance",
    ),
    Surface(
        id="simple-earn-fixed",
        area=Area.EARN,
        title="Simple Earn fixed-term",
        path="finance/simple-earn-fixed/order-list",
        limit=Limit(3, 1),
        queries=_filtered("state", ("pending", "earning")),
        proves=(text("state"),),
        read=earn.fixed_earn,
        absent=NO_SAVINGS,
        standing=UNDOCUMENTED,
        source=ATK,
    ),
    Surface(
        id="on-chain-earn",
        area=Area.EARN,
        title="On-chain earn",
        path="finance/staking-defi/orders-active",
        limit=Limit(3, 1),
        proves=(
            text("ordId"),
            text("state"),
            rows("investData", text("ccy"), amount("amt")),
            rows("fastRedemptionData", amount("redeemingAmt")),
        ),
        read=earn.onchain,
        source=f"{DOC}, On-chain earn, Get active orders",
    ),
    *(
        surface
        for coin, token, name in (("eth", "BETH", "ETH staking"), ("sol", "OKSOL", "SOL staking"))
        for surface in (
            Surface(
                id=f"{coin}-staking",
                area=Area.EARN,
                title=name,
                path=f"finance/staking-defi/{coin}/balance",
                limit=Limit(6, 1),
                proves=(text("ccy"), amount("amt")),
                read=earn.staked(name),
                source=f"{DOC}, {name}, Get balance",
            ),
            Surface(
                id=f"{coin}-staking-requests",
                area=Area.EARN,
                title=f"{name}: purchases and redemptions under way",
                path=f"finance/staking-defi/{coin}/purchase-redeem-history",
                limit=Limit(6, 1),
                queries=_filtered("status", ("pending",), rest=Query(back=BACK)),
                paging=Paging(cursor="after", key="requestTime"),
                proves=(
                    text("type"),
                    text("status"),
                    amount("amt"),
                    amount("redeemingAmt", always),
                    time("requestTime"),
                    time("estCompletedTime", always),
                ),
                read=earn.staking_request(name, token),
                source=f"{DOC}, {name}, Get purchase and redeem history",
            ),
        )
    ),
    Surface(
        id="dual-investment",
        area=Area.EARN,
        title="Dual investment",
        path="finance/sfp/dcd/order-history",
        limit=Limit(1, 1),
        paging=Paging(cursor="endId", key="ordId"),
        proves=(text("ordId"), text("state"), amount("notionalSz"), text("notionalCcy")),
        read=earn.dual_investment,
        source=f"{DOC}, Dual investment, Get order history",
    ),
    Surface(
        id="stable-rewards",
        area=Area.EARN,
        title="Stable rewards",
        path="finance/stable-rewards/balance",
        limit=Limit(5, 2),
        rows=within("details"),
        proves=(text("ccy"), amount("amt"), text("state")),
        read=earn.stable_rewards,
        source=f"{DOC}, Stable rewards, Get balance",
    ),
    Surface(
        id="stable-rewards-requests",
        area=Area.EARN,
        title="Stable rewards: subscriptions and redemptions under way",
        path="finance/stable-rewards/subscribe-redeem-history",
        limit=Limit(5, 2),
        paging=ID,
        proves=(text("ordId"), text("type"), text("status"), text("ccy"), amount("ccyAmt")),
        read=earn.stable_rewards_request,
        after=("stable-rewards",),
        plan=markets.each_reward,
        source=f"{DOC}, Stable rewards, Get subscribe and redeem history",
    ),
    Surface(
        id="okusd",
        area=Area.EARN,
        title="OKUSD",
        path="finance/okusd/account",
        limit=Limit(1, 1),
        proves=(),
        read=earn.undescribed,
        standing=UNDOCUMENTED,
        source=CCXT,
    ),
)

DEBTS = (
    Surface(
        id="borrowing",
        area=Area.DEBTS,
        title="Borrowing and interest",
        path="account/interest-limits",
        limit=Limit(5, 2),
        proves=(
            amount("debt"),
            amount("interest"),
            rows(
                "records",
                text("ccy"),
                amount("usedLmt"),
                *(amount(name, always) for name in ("interest", "usedLoan", "posLoan")),
                retired("interestFreeLiab"),
            ),
        ),
        rows=single,
        read=debts.interest_limits,
        absent=WRONG_MODE,
        services=TRADING,
        source=f"{DOC}, Trading account, Get borrow interest and limit",
    ),
    Surface(
        id="flexible-loan",
        area=Area.DEBTS,
        title="Flexible loan and its collateral",
        path="finance/flexible-loan/loan-info",
        limit=Limit(5, 2),
        proves=(
            amount("loanNotionalUsd"),
            amount("collateralNotionalUsd"),
            rows("loanData", text("ccy"), amount("amt")),
            rows("collateralData", text("ccy"), amount("amt")),
        ),
        read=debts.flexible_loan,
        source=f"{DOC}, Flexible loan, Get loan info",
    ),
    *(
        Surface(
            id=f"one-click-repay{suffix}",
            area=Area.DEBTS,
            title=f"Debts for one-click repay ({'spot' if suffix else 'margin'} list)",
            path=f"trade/one-click-repay-currency-list{suffix}",
            limit=Limit(1, 2),
            proves=(rows("debtData", text("debtCcy"), amount("debtAmt")),),
            read=debts.repayable,
            modes=modes,
            absent=WRONG_MODE,
            services=TRADING,
            source=f"{DOC}, Trade, Get one-click repay currency list",
        )
        for suffix, modes in (("", frozenset({"3", "4"})), ("-v2", frozenset({"1", "3", "4"})))
    ),
    *(
        Surface(
            id=name,
            area=Area.DEBTS,
            title=title,
            path=path,
            limit=Limit(1, 1),
            proves=(),
            read=debts.undescribed_loan,
            absent=absent,
            standing=UNDOCUMENTED,
            source=CCXT,
        )
        for name, title, path, absent in (
            ("vip-loan", "VIP loans", "account/vip-loan-order-list", NO_VIP_LOAN),
            ("fixed-loan", "Fixed-rate loans", "account/fixed-loan/borrowing-orders-list", {}),
        )
    ),
)

ALGO_TYPES = ("conditional,oco", "chase", "trigger", "move_order_stop", "iceberg", "twap", "smart_iceberg")
ORDERS = (
    Surface(
        id="orders",
        area=Area.ORDERS,
        title="Open orders",
        path="trade/orders-pending",
        limit=Limit(60, 2),
        paging=ID,
        proves=(text("ordId"),),
        value=False,
        read=trades.order("ordId", "instId", "order"),
        services=TRADING,
        source=f"{DOC}, Trade, Get order list",
    ),
    Surface(
        id="event-orders",
        area=Area.ORDERS,
        title="Open orders in event contracts",
        path="trade/orders-pending",
        limit=Limit(60, 2),
        queries=(Query(params={"instType": "EVENTS"}),),
        paging=ID,
        proves=(text("ordId"),),
        value=False,
        read=trades.events_only(trades.order("ordId", "instId", "order")),
        standing=UNDOCUMENTED,
        services=TRADING,
        source=ATK,
    ),
    *(
        Surface(
            id=f"algo-{kind.replace(',', '-').replace('_', '-')}",
            area=Area.ORDERS,
            title=f"Algo orders: {kind.replace(',', ' and ')}",
            path="trade/orders-algo-pending",
            limit=Limit(20, 2),
            queries=(Query(params={"ordType": kind}),),
            paging=ALGO_ID,
            proves=(text("algoId"),),
            value=False,
            read=trades.order("algoId", "instId", kind),
            services=TRADING,
            source=f"{DOC}, Algo trading, Get algo order list",
        )
        for kind in ALGO_TYPES
    ),
    Surface(
        id="spread-orders",
        area=Area.ORDERS,
        title="Spread orders",
        path="sprd/orders-pending",
        limit=Limit(10, 2),
        paging=Paging(cursor="endId", key="ordId"),
        proves=(text("ordId"),),
        value=False,
        read=trades.order("ordId", "sprdId", "spread"),
        services=SPREAD,
        source=f"{DOC}, Spread trading, Get active orders",
    ),
    *(
        Surface(
            id=f"{kind}s",
            area=Area.ORDERS,
            title=title,
            path=f"rfq/{kind}s",
            limit=Limit(2, 2),
            queries=_filtered("state", ("active", "pending_fill")),
            paging=Paging(cursor="endId", key=number),
            proves=(text(number), text("state")),
            value=False,
            read=trades.rfq(number, kind),
            services=BLOCK,
            source=f"{DOC}, Block trading, Get {kind}s",
        )
        for kind, number, title in (
            ("rfq", "rfqId", "Block trading: requests for quote"),
            ("quote", "quoteId", "Block trading: quotes"),
        )
    ),
)


def _bot(name: str, title: str, path: str, read: Reader, **params: str) -> Surface:
    return Surface(
        id=name,
        area=Area.BOTS,
        title=title,
        path=f"tradingBot/{path}",
        limit=Limit(20, 2),
        queries=(Query(params=params),),
        paging=ALGO_ID,
        proves=(text("algoId"), text("state")),
        read=read,
        services=BOTS,
        source=f"{DOC}, Trading bot, {title}",
    )


def _copying(name: str, title: str, path: str, limit: Limit, *proves: object, read: Reader, **more: object) -> Surface:
    return Surface(
        id=name,
        area=Area.BOTS,
        title=title,
        path=f"copytrading/{path}",
        limit=limit,
        proves=proves,  # type: ignore[arg-type]
        read=read,
        services=COPY,
        source=f"{DOC}, Copy trading, {title}",
        **more,  # type: ignore[arg-type]
    )


GRID, DCA = "grid/orders-algo-pending", "dca/ongoing-list"
BOTS_AND_PLANS = (
    _bot("grid", "Spot grid bots", GRID, bots.bot(mark("spot grid bot"), "investment"), algoOrdType="grid"),
    _bot(
        "contract-grid",
        "Futures grid bots",
        GRID,
        bots.bot(mark("futures grid"), "investment"),
        algoOrdType="contract_grid",
    ),
    _bot("spot-dca", "Spot DCA bots", DCA, bots.bot(mark("spot DCA bot"), "investmentAmt"), algoOrdType="spot_dca"),
    _bot(
        "contract-dca",
        "Futures DCA bots",
        DCA,
        bots.bot(mark("futures DCA"), "investmentAmt"),
        algoOrdType="contract_dca",
    ),
    _bot("recurring-buy", "Recurring buys", "recurring/orders-algo-pending", bots.recurring),
    _bot("signal", "Signal bots", "signal/orders-algo-pending", bots.signal, algoOrdType="contract"),
    _copying(
        "copy-positions",
        "Lead and copy positions",
        "current-subpositions",
        Limit(20, 2),
        text("subPosId"),
        read=bots.copied_position,
        absent=NO_LEADING,
        paging=Paging(cursor="after", key="subPosId", size=500),
    ),
    _copying(
        "copy-role",
        "Copy trading settings",
        "config",
        Limit(5, 2),
        text("instType"),
        text("roleType"),
        read=bots.copy_role,
        absent=NEITHER,
        rows=within("details"),
    ),
    _copying(
        "copied-traders",
        "Lead traders copied",
        "current-lead-traders",
        Limit(5, 2),
        text("uniqueCode"),
        read=bots.lead_trader,
        absent=NO_COPYING,
    ),
    _copying(
        "profit-share",
        "Unpaid profit share",
        "total-unrealized-profit-sharing",
        Limit(5, 2),
        amount("totalUnrealizedProfitSharingAmt"),
        read=bots.profit_share,
        absent=NO_LEADING,
    ),
)

POSITIONS = (
    Surface(
        id="positions",
        area=Area.POSITIONS,
        title="Positions: margin, swap, futures, options",
        path="account/positions",
        limit=Limit(10, 2),
        proves=trades.POSITION_FIELDS,
        read=trades.position,
        services=TRADING,
        source=f"{DOC}, Trading account, Get positions",
    ),
    Surface(
        id="event-positions",
        area=Area.POSITIONS,
        title="Positions in event contracts",
        path="account/positions",
        limit=Limit(10, 2),
        queries=(Query(params={"instType": "EVENTS"}),),
        proves=trades.POSITION_FIELDS,
        read=trades.events_only(trades.position),
        standing=UNDOCUMENTED,
        services=TRADING,
        source=ATK,
    ),
)

FLOW_FIELDS = (text("state"), text("ccy"), amount("amt"))
FIAT_FINAL = frozenset({"completed", "failed", "canceled"})
FLOWS = (
    Surface(
        id="deposits",
        area=Area.FLOWS,
        title="Deposits under way",
        path="asset/deposit-history",
        limit=Limit(6, 1),
        queries=_filtered("state", flows.DEPOSIT_STATES, rest=Query(back=BACK)),
        paging=TIME,
        proves=(*FLOW_FIELDS, time("ts")),
        read=flows.flow(mark("deposit"), "depId", frozenset({"2"}), flows.DEPOSIT_STATES, flows.STUCK_DEPOSITS),
        source=f"{DOC}, Funding account, Get deposit history",
    ),
    Surface(
        id="withdrawals",
        area=Area.FLOWS,
        title="Withdrawals under way",
        path="asset/withdrawal-history",
        limit=Limit(6, 1),
        queries=_filtered("state", flows.WITHDRAWAL_STATES, rest=Query(back=BACK)),
        paging=TIME,
        proves=(*FLOW_FIELDS, time("ts")),
        read=flows.flow(
            mark("withdrawal"), "wdId", frozenset({"-2", "-1", "2"}), flows.WITHDRAWAL_STATES, flows.STUCK_WITHDRAWALS
        ),
        source=f"{DOC}, Funding account, Get withdrawal history",
    ),
    *(
        Surface(
            id=f"fiat-{direction}s",
            area=Area.FLOWS,
            title=f"Fiat {direction}s under way",
            path=f"fiat/{direction}-order-history",
            limit=Limit(3, 1),
            queries=_filtered("state", flows.FIAT_STATES, rest=Query(back=BACK)),
            # Here "before" is the end of the time asked for, unlike anywhere else in v5.
            paging=Paging(cursor="before", key="uTime"),
            proves=(text("ordId"), *FLOW_FIELDS),
            read=flows.flow(f"fiat {direction}", "ordId", FIAT_FINAL, flows.FIAT_STATES),
            source=f"{DOC25}, Funding account, Get {direction} order history",
        )
        for direction in ("deposit", "withdrawal")
    ),
    Surface(
        id="fiat-trades",
        area=Area.FLOWS,
        title="Purchases and sales against fiat (institutional)",
        path="fiat/buy-sell/history",
        limit=Limit(6, 1),
        queries=_filtered("state", ("processing",), rest=Query(back=BACK)),
        paging=Paging(cursor="end", key="cTime"),
        proves=(text("ordId"), text("state"), time("cTime")),
        read=flows.fiat_trade,
        # Documented for institutional accounts of one region only, so its refusal says nothing about others.
        standing=UNDOCUMENTED,
        source=f"{DOC}, Funding account, Get buy/sell trade history",
    ),
    Surface(
        id="conversions",
        area=Area.FLOWS,
        title="Easy convert running",
        path="trade/easy-convert-history",
        limit=Limit(1, 2),
        paging=Paging(cursor="after", key="uTime"),
        proves=(text("status"), text("fromCcy")),
        read=flows.conversion,
        services=TRADING,
        source=f"{DOC}, Trade, Get easy convert history",
    ),
)

SUBACCOUNTS = (
    Surface(
        id="subaccounts",
        area=Area.SUBACCOUNTS,
        title="Sub-accounts",
        path="users/subaccount/list",
        limit=Limit(20, 2),
        queries=(Query(params={"enable": "true"}), Query(params={"enable": "false"})),
        paging=TIME,
        proves=(text("subAcct"), text("uid"), flag("enable"), texts("frozenFunc"), time("ts")),
        read=subaccounts.sub_account,
        kinds=MAIN,
        source=f"{DOC}, Sub-account, Get sub-account list",
    ),
    *(
        Surface(
            id=f"subaccount-{name}",
            area=Area.SUBACCOUNTS,
            title=f"Sub-account: {title}",
            path=path,
            limit=limit,
            rows=shape,
            proves=proves,
            read=read,
            after=("subaccounts",),
            plan=subaccounts.each_subaccount,
            kinds=MAIN,
            source=f"{DOC}, Sub-account, {title}",
        )
        for name, title, path, limit, shape, proves, read in (
            (
                "funding",
                "funding wallet",
                "asset/subaccount/balances",
                Limit(6, 2),
                BALANCES[0].rows,
                BALANCES[0].proves,
                wallets.funding,
            ),
            (
                "trading",
                "trading wallet",
                "account/subaccount/balances",
                Limit(6, 2),
                within("details"),
                wallets.TRADING_FIELDS,
                wallets.trading,
            ),
            (
                "keys",
                "remaining API keys",
                "users/subaccount/apikey",
                Limit(20, 2),
                BALANCES[0].rows,
                (text("label"),),
                subaccounts.api_key,
            ),
        )
    ),
)

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


def table(exchange_id: str, name: str) -> Exchange:
    """OKX's table for one of its sites."""
    return Exchange(
        id=exchange_id,
        name=name,
        credentials=("apiKey", "secret", "password"),
        prefix="/api/v5/",
        surfaces=(*BALANCES, *EARN, *DEBTS, *ORDERS, *BOTS_AND_PLANS, *POSITIONS, *FLOWS, *SUBACCOUNTS, *MARKETS),
        identity=account.IDENTITY,
        identify=account.identify,
        clock=account.CLOCK,
        status=account.STATUS,
        ledgers=account.LEDGERS,
        outages=account.outage,
        unwrap=account.data,
        code=account.error_code,
        errors=ERRORS,
        paper=True,
        sandbox_codes={"50038": "OKX's demo trading does not have it."},
        beyond=(Area.ORDERS, Area.POSITIONS, Area.BOTS, Area.EARN, Area.DEBTS, Area.FLOWS),
    )


EXCHANGE = table("okx", "OKX")
