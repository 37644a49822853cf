"""OKX: one thing for each place of its table: the rows by which an account holds it, and nothing else."""

from typing import Any

from tests.exchanges.okx.bare import BARE, CELLAR, KEPT, SUB
from tests.exchanges.samples import GAP, NUMBER, TIME, ExchangeSamples, Nothing, Sample, ago


def one(path: str, /, **row: Any) -> Sample:
    return Sample(path, [row])


ORDER = {"instType": "SPOT", "instId": "LTC-USDT", "side": "buy", "sz": "0.7", "px": "51.2", "state": "live"}
ALGO = {"instType": "SPOT", "instId": "LTC-USDT", "side": "sell", "sz": "0.4", "state": "live"}
STAKED = {"type": "purchase", "amt": "0.61", "redeemingAmt": "", "estCompletedTime": ""}
STAKING = {**STAKED, "status": "pending", "requestTime": ago(30)}
DUAL = {"notionalSz": "0.021", "notionalCcy": "BTC"}
PAID = {"ccy": "EUR", "amt": "31.9", "paymentMethod": "SEPA"}
MOVED = {"ccy": "LTC", "chain": "LTC-Litecoin", "amt": "1.37"}
POSITION = {
    "instId": "LTC-USDT-SWAP",
    "mgnMode": "cross",
    "posSide": "net",
    **dict.fromkeys(("margin", "liab", "interest", "baseBal", "quoteBal", "baseBorrowed", "quoteBorrowed"), ""),
}
UNUSED_LIMIT = {
    "ccy": "BTC",
    **dict.fromkeys(("usedLmt", "interest", "usedLoan", "posLoan", "interestFreeLiab"), "0"),
}

SAMPLES: dict[str, Sample] = {
    "funding": one("asset/balances", ccy="LTC", bal="0.00000001", availBal="0.00000001", frozenBal="0"),
    "trading": one("account/balance", ccy="LTC", cashBal="0.00000007"),
    "non-tradable": one("asset/non-tradable-assets", ccy="FADED", bal="12.5", canWd=True, minWd="1", wdAll=True),
    "valuation": one("asset/asset-valuation", details={"earn": "0.0021"}),
    "simple-earn": one("finance/savings/balance", ccy="LTC", amt="2.2", loanAmt="2", pendingAmt="0.2", redemptAmt="0"),
    "simple-earn-fixed": Sample(
        "finance/simple-earn-fixed/order-list",
        [{"reqId": "f-71", "ccy": "USDT", "amt": "44", "state": "earning", "cTime": ago(200)}],
        finished={"reqId": f"f-{NUMBER}", "ccy": "USDT", "amt": "44", "state": "settled", "cTime": TIME},
    ),
    "on-chain-earn": one(
        "finance/staking-defi/orders-active",
        ordId="31950",
        state="9",
        investData=[{"ccy": "DOT", "amt": "3.1"}],
        fastRedemptionData=[{"redeemingAmt": "0"}],
        estSettlementTime="",
    ),
    "eth-staking": one("finance/staking-defi/eth/balance", ccy="BETH", amt="0.0017"),
    "sol-staking": one("finance/staking-defi/sol/balance", ccy="OKSOL", amt="0.0303"),
    **{
        f"{coin}-staking-requests": Sample(
            f"finance/staking-defi/{coin}/purchase-redeem-history",
            [{**STAKING, "ordId": "5400"}],
            finished={**STAKED, "status": "success", "ordId": NUMBER, "requestTime": TIME},
        )
        for coin in ("eth", "sol")
    },
    "dual-investment": Sample(
        "finance/sfp/dcd/order-history",
        [{**DUAL, "ordId": "880900", "state": "pending_redeem"}],
        finished={**DUAL, "ordId": NUMBER, "state": "redeemed"},
    ),
    "stable-rewards": one("finance/stable-rewards/balance", ccy="USDG", amt="17.3", state="earning"),
    "stable-rewards-requests": Sample(
        "finance/stable-rewards/subscribe-redeem-history",
        [{"type": "redeem", "status": "pending", "ccy": "USDG", "ccyAmt": "8.8", "ordId": "77900"}],
        beside={"finance/stable-rewards/balance": [{"ccy": "USDG", "amt": "0", "state": "pending"}]},
        finished={"type": "redeem", "status": "success", "ccy": "USDG", "ccyAmt": "8.8", "ordId": NUMBER},
    ),
    "borrowing": one("account/interest-limits", debt="0.019", interest="0", records=[UNUSED_LIMIT]),
    "flexible-loan": one(
        "finance/flexible-loan/loan-info",
        ordId="9200",
        loanNotionalUsd="0",
        loanData=[{"ccy": "USDT", "amt": "0"}],
        collateralNotionalUsd="90.4",
        collateralData=[{"ccy": "LTC", "amt": "1.6"}],
    ),
    "one-click-repay": one(
        "trade/one-click-repay-currency-list", debtType="isolated", debtData=[{"debtCcy": "ADA", "debtAmt": "3.33"}]
    ),
    "one-click-repay-v2": one(
        "trade/one-click-repay-currency-list-v2", debtData=[{"debtCcy": "ADA", "debtAmt": "4.44"}]
    ),
    "vip-loan": one("account/vip-loan-order-list", ordId="66900", ccy="USDT", state="2", dueAmt="9.9"),
    "fixed-loan": one("account/fixed-loan/borrowing-orders-list", ordId="67900", ccy="USDT", state="3"),
    "orders": one("trade/orders-pending", **ORDER, ordId="2609000000000000011"),
    # OKX does not say whether the list of all orders shows event contracts too; the demo's does.
    "event-orders": Sample(
        "trade/orders-pending",
        [{**ORDER, "instType": "EVENTS", "instId": "DEMO-SNOW-NO", "ordId": "2609000000000000012"}],
        also=("orders",),
    ),
    **{
        f"algo-{kind.replace('_', '-')}": one(
            "trade/orders-algo-pending", **ALGO, ordType=kind.partition("-")[0], algoId=f"26190000000000000{index}"
        )
        for index, kind in enumerate(
            ("conditional-oco", "chase", "trigger", "move_order_stop", "iceberg", "twap", "smart_iceberg"), start=20
        )
    },
    "spread-orders": one("sprd/orders-pending", sprdId="LTC-USDT_LTC-USDT-SWAP", ordId="2629000000000000031", sz="1"),
    "rfqs": Sample(
        "rfq/rfqs",
        [{"rfqId": "41900", "state": "pending_fill", "legs": [{"instId": "LTC-USDT"}]}],
        finished={"rfqId": NUMBER, "state": "expired", "legs": []},
    ),
    "quotes": Sample(
        "rfq/quotes",
        [{"quoteId": "52900", "state": "active", "legs": [{"instId": "LTC-USDT"}]}],
        finished={"quoteId": NUMBER, "state": "canceled", "legs": []},
    ),
    **{
        name: one(f"tradingBot/{path}", algoId=f"26390000000000000{number}", instId="LTC-USDT", state=state, **more)
        for name, path, number, state, more in (
            ("grid", "grid/orders-algo-pending", 40, "running", {"algoOrdType": "grid"}),
            ("contract-grid", "grid/orders-algo-pending", 41, "no_close_position", {"algoOrdType": "contract_grid"}),
            ("spot-dca", "dca/ongoing-list", 42, "stopping", {"algoOrdType": "spot_dca"}),
            ("contract-dca", "dca/ongoing-list", 43, "pending_signal", {"algoOrdType": "contract_dca"}),
            ("recurring-buy", "recurring/orders-algo-pending", 44, "pause", {"recurringList": [{"ccy": "LTC"}]}),
            ("signal", "signal/orders-algo-pending", 45, "running", {"algoOrdType": "contract", "instIds": []}),
        )
    },
    "copy-positions": one(
        "copytrading/current-subpositions", subPosId="2679000000000000051", instId="LTC-USDT-SWAP", subPos="3"
    ),
    "copy-role": one("copytrading/config", details=[{"instType": "SPOT", "roleType": "9"}]),
    "copied-traders": one("copytrading/current-lead-traders", uniqueCode="DEMO0LEADER00009", ccy="USDT"),
    "profit-share": one("copytrading/total-unrealized-profit-sharing", totalUnrealizedProfitSharingAmt="0.01"),
    "positions": one("account/positions", **POSITION, posId="2689000000000000061", instType="SWAP", pos="-0.3"),
    "event-positions": one(
        "account/positions",
        **{**POSITION, "instId": "DEMO-SNOW-NO"},
        posId="2689000000000000062",
        instType="EVENTS",
        pos="4",
    ),
    "deposits": Sample(
        "asset/deposit-history",
        [{**MOVED, "depId": "71900", "state": "8", "ts": ago(100)}],
        finished={**MOVED, "depId": NUMBER, "state": "2", "ts": TIME},
    ),
    "withdrawals": Sample(
        "asset/withdrawal-history",
        [{**MOVED, "wdId": "91900", "state": "-3", "ts": ago(100)}],
        finished={**MOVED, "wdId": NUMBER, "state": "-2", "ts": TIME},
    ),
    **{
        f"fiat-{direction}s": Sample(
            f"fiat/{direction}-order-history",
            [{**PAID, "ordId": "630000000000000081", "state": "processing", "cTime": ago(100), "uTime": ago(99)}],
            finished={**PAID, "ordId": NUMBER, "state": "failed", "cTime": TIME, "uTime": TIME},
        )
        for direction in ("deposit", "withdrawal")
    },
    "fiat-trades": Sample(
        "fiat/buy-sell/history",
        [{"ordId": "63900", "state": "processing", "fromCcy": "LTC", "toCcy": "USD", "cTime": ago(3)}],
        finished={"ordId": NUMBER, "state": "completed", "fromCcy": "LTC", "toCcy": "USD", "cTime": TIME},
    ),
    "conversions": Sample(
        "trade/easy-convert-history",
        [{"fromCcy": "LTC", "fillFromSz": "0.01", "toCcy": "USDT", "status": "running", "uTime": ago(100)}],
        finished={
            "fromCcy": "LTC",
            "fillFromSz": f"0.0{NUMBER}",
            "toCcy": "USDT",
            "status": "filled",
            "uTime": TIME,
        },
    ),
    "subaccounts": Sample("users/subaccount/list", [{**SUB, "enable": False, "frozenFunc": ["transfer"]}]),
    "subaccount-funding": Sample(
        "asset/subaccount/balances",
        [{"subAcct": "cellar", "ccy": "LTC", "bal": "0.5", "availBal": "0.5", "frozenBal": "0"}],
        beside=KEPT,
        companions=(CELLAR,),
    ),
    "subaccount-trading": Sample(
        "account/subaccount/balances",
        [{"subAcct": "cellar", "ccy": "LTC", "cashBal": "0.6"}],
        beside=KEPT,
        companions=(CELLAR,),
    ),
}

UNREADABLE = {
    "okusd": Sample("finance/okusd/account", [{"ccy": "OKUSD", "amt": "5.5"}]),
}
"""Undocumented answers that nobody can read."""

MARKET_FACTS = "facts about markets, asked only when something is left"
KEY = {"subAcct": "cellar", "label": "old", "apiKey": "demo-old-key", "perm": "read_only", "ip": ""}
OFFERED = {"fromData": [{"fromCcy": "LTC"}], "toCcy": ["USDT"]}
CONVERTIBLE = {"trade/easy-convert-currency-list": [{**OFFERED, "source": source} for source in ("1", "2")]}
HOLDS_NOTHING = {
    "subaccount-keys": Nothing(
        "keys are no assets; they are deleted last", {**KEPT, "users/subaccount/apikey": [KEY]}, (CELLAR,)
    ),
    **{name: Nothing(MARKET_FACTS, SAMPLES["funding"].books, left=True) for name in ("markets", "networks", "prices")},
    "convertible-funding": Nothing(MARKET_FACTS, {**SAMPLES["funding"].books, **CONVERTIBLE}, left=True),
    "convertible-trading": Nothing(MARKET_FACTS, {**SAMPLES["trading"].books, **CONVERTIBLE}, left=True),
}
GOES_ON = "the next page is asked for by it"
SAYS_WHEN_BLANK = "it says whether the margin may be blank"
PROOF_ONLY = {
    "positions": {"mgnMode": SAYS_WHEN_BLANK},
    "event-positions": {"mgnMode": SAYS_WHEN_BLANK},
    "eth-staking-requests": {"requestTime": GOES_ON},
    "sol-staking-requests": {"requestTime": GOES_ON},
    "deposits": {"ts": GOES_ON},
    "withdrawals": {"ts": GOES_ON},
    "fiat-deposits": {"ordId": "it tells two orders apart"},
    "fiat-withdrawals": {"ordId": "it tells two orders apart"},
    "fiat-trades": {"cTime": GOES_ON},
    "subaccounts": {"ts": GOES_ON},
}
EXACT = {
    "funding": {"asset/balances": [{"ccy": "LTC", "bal": GAP, "availBal": GAP, "frozenBal": "0"}]},
    "trading": {"account/balance": [{"ccy": "LTC", "cashBal": GAP, "eq": GAP, "availBal": GAP, "frozenBal": "0"}]},
}
WORDS = {
    "funding": "funding wallet holds 0.00000001 LTC",
    "trading": "trading wallet holds 0.00000007 LTC",
    "non-tradable": "12.5 FADED",
    "valuation": "earn wallet is worth 0.0021 BTC",
    "simple-earn": "2.2 LTC in Simple Earn flexible",
    "simple-earn-fixed": "44 USDT in Simple Earn fixed",
    "on-chain-earn": "3.1 DOT in On-chain earn",
    "eth-staking": "0.0017 BETH in ETH staking",
    "sol-staking": "0.0303 OKSOL in SOL staking",
    "eth-staking-requests": "0.61 BETH",
    "sol-staking-requests": "0.61 OKSOL",
    "dual-investment": "0.021 BTC in Dual investment",
    "stable-rewards": "17.3 USDG in Stable rewards",
    "stable-rewards-requests": "8.8 USDG",
    "borrowing": "You owe 0.019 USD",
    "flexible-loan": "1.6 LTC is locked as collateral",
    "one-click-repay": "You owe 3.33 ADA",
    "one-click-repay-v2": "You owe 4.44 ADA",
    "vip-loan": "VIP loan",
    "fixed-loan": "fixed or VIP loan",
    "orders": "LTC-USDT: ",
    "event-orders": "DEMO-SNOW-NO: ",
    "algo-conditional-oco": "sell 0.4 (conditional)",
    "algo-chase": "sell 0.4 (chase)",
    "algo-trigger": "sell 0.4 (trigger)",
    "algo-move-order-stop": "sell 0.4 (trailing stop)",
    "algo-iceberg": "sell 0.4 (iceberg)",
    "algo-twap": "sell 0.4 (TWAP)",
    "algo-smart-iceberg": "sell 0.4 (smart iceberg)",
    "spread-orders": "spread order",
    "rfqs": "request",
    "quotes": "quote",
    "grid": "spot grid bot LTC-USDT",
    "contract-grid": "futures grid LTC-USDT",
    "spot-dca": "spot DCA bot LTC-USDT",
    "contract-dca": "futures DCA LTC-USDT",
    "recurring-buy": "recurring buy",
    "signal": "signal bot",
    "copy-positions": "copy trading position",
    "copy-role": "copy trading",
    "copied-traders": "lead trader",
    "profit-share": "profit share: 0.01 USDT",
    "positions": "Position LTC-USDT-SWAP",
    "event-positions": "Position DEMO-SNOW-NO",
    "deposits": "deposit of 1.37 LTC",
    "withdrawals": "withdrawal of 1.37 LTC",
    "fiat-deposits": "fiat deposit of 31.9 EUR",
    "fiat-withdrawals": "fiat withdrawal of 31.9 EUR",
    "fiat-trades": "fiat trade",
    "conversions": "easy convert of 0.01 LTC",
    "subaccounts": "sub-account cellar is frozen",
    "subaccount-funding": "funding wallet of cellar holds 0.5 LTC",
    "subaccount-trading": "trading wallet of cellar holds 0.6 LTC",
}
EXCHANGE_SAMPLES = ExchangeSamples(
    bare=BARE,
    samples=SAMPLES,
    words=WORDS,
    holds_nothing=HOLDS_NOTHING,
    unreadable=UNREADABLE,
    totals=frozenset({"valuation"}),
    exact=EXACT,
    proof_only=PROOF_ONLY,
)
