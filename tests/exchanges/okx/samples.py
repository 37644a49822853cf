"""One thing for each surface of OKX's table: the rows by which an account holds it, and nothing else.

A new surface fails `test_alone.py` until it has its sample here, or stands in `HOLDS_NOTHING` with the reason.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
NOW = int(time.time() * 1000)
HOUR = 3_600_000


def ago(hours: float) -> str:
    return str(NOW - int(hours * HOUR))


@dataclass(frozen=True)
class Sample:
    """``rows``: what stands in the book of ``path``; ``with_``: books that must stand beside it.

    ``finished``: a row of the same list that holds nothing, with its ``number`` still to be set.
    """

    path: str
    rows: Sequence[Row]
    with_: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    finished: Row | None = None
    mode: str = "3"

    @property
    def books(self) -> dict[str, Sequence[Row]]:
        return {**self.with_, self.path: self.rows}


def one(path: str, /, **row: Any) -> Sample:
    return Sample(path, [row])


SUB = {"subAcct": "cellar", "uid": "710000000000000901", "type": "1", "enable": True, "frozenFunc": [], "ts": ago(900)}
KEPT = {"users/subaccount/list": [SUB]}
ORDER = {"instType": "SPOT", "instId": "LTC-USDT", "side": "buy", "sz": "0.7", "px": "51.2", "state": "live"}
ALGO = {"instType": "SPOT", "instId": "LTC-USDT", "side": "sell", "sz": "0.4", "state": "live"}
STAKED = {"type": "purchase", "amt": "0.61", "redeemingAmt": "", "estCompletedTime": ""}
STAKING = {**STAKED, "status": "pending", "requestTime": ago(30)}
DUAL = {"notionalSz": "0.021", "notionalCcy": "BTC"}
PAID = {"ccy": "EUR", "amt": "31.9", "paymentMethod": "SEPA"}
MOVED = {"ccy": "LTC", "chain": "LTC-Litecoin", "amt": "1.37"}
POSITION = {"instId": "LTC-USDT-SWAP", "mgnMode": "cross", "posSide": "net", "margin": "", "liab": "", "interest": ""}

SAMPLES: dict[str, Sample] = {
    "funding": one("asset/balances", ccy="LTC", bal="0.00000001", availBal="0.00000001", frozenBal="0"),
    "trading": one("account/balance", ccy="LTC", cashBal="0.00000007"),
    "non-tradable": one("asset/non-tradable-assets", ccy="FADED", bal="12.5", canWd=True, minWd="1", wdAll=True),
    "valuation": one("asset/asset-valuation", details={"earn": "0.0021"}),
    "simple-earn": one("finance/savings/balance", ccy="LTC", amt="2.2", loanAmt="2", pendingAmt="0.2"),
    "simple-earn-fixed": Sample(
        "finance/simple-earn-fixed/order-list",
        [{"reqId": "f-71", "ccy": "USDT", "amt": "44", "state": "earning", "cTime": ago(200)}],
        finished={"reqId": "f-{number}", "ccy": "USDT", "amt": "44", "state": "settled", "cTime": "{time}"},
    ),
    "on-chain-earn": one(
        "finance/staking-defi/orders-active",
        ordId="31950",
        state="9",
        investData=[{"ccy": "DOT", "amt": "3.1"}],
        fastRedemptionData=[],
        estSettlementTime="",
    ),
    "eth-staking": one("finance/staking-defi/eth/balance", ccy="BETH", amt="0.0017"),
    "sol-staking": one("finance/staking-defi/sol/balance", ccy="OKSOL", amt="0.0303"),
    **{
        f"{coin}-staking-requests": Sample(
            f"finance/staking-defi/{coin}/purchase-redeem-history",
            [{**STAKING, "ordId": "5400"}],
            finished={**STAKED, "status": "success", "ordId": "{number}", "requestTime": "{time}"},
        )
        for coin in ("eth", "sol")
    },
    "dual-investment": Sample(
        "finance/sfp/dcd/order-history",
        [{**DUAL, "ordId": "880900", "state": "pending_redeem"}],
        finished={**DUAL, "ordId": "{number}", "state": "redeemed"},
    ),
    "stable-rewards": one("finance/stable-rewards/balance", ccy="USDG", amt="17.3", state="earning"),
    "stable-rewards-requests": Sample(
        "finance/stable-rewards/subscribe-redeem-history",
        [{"type": "redeem", "status": "pending", "ccy": "USDG", "ccyAmt": "8.8", "ordId": "77900"}],
        with_={"finance/stable-rewards/balance": [{"ccy": "USDG", "amt": "0", "state": "pending"}]},
        finished={"type": "redeem", "status": "success", "ccy": "USDG", "ccyAmt": "8.8", "ordId": "{number}"},
    ),
    "borrowing": one("account/interest-limits", debt="0.019", interest="0", records=[]),
    "flexible-loan": one(
        "finance/flexible-loan/loan-info",
        ordId="9200",
        loanNotionalUsd="0",
        loanData=[],
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
    "event-orders": one(
        "trade/orders-pending", **{**ORDER, "instType": "EVENTS", "instId": "DEMO-SNOW-NO"}, ordId="2609000000000000012"
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
        finished={"rfqId": "{number}", "state": "expired", "legs": []},
    ),
    "quotes": Sample(
        "rfq/quotes",
        [{"quoteId": "52900", "state": "active", "legs": [{"instId": "LTC-USDT"}]}],
        finished={"quoteId": "{number}", "state": "canceled", "legs": []},
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
        finished={**MOVED, "depId": "{number}", "state": "2", "ts": "{time}"},
    ),
    "withdrawals": Sample(
        "asset/withdrawal-history",
        [{**MOVED, "wdId": "91900", "state": "-3", "ts": ago(100)}],
        finished={**MOVED, "wdId": "{number}", "state": "-2", "ts": "{time}"},
    ),
    **{
        f"fiat-{direction}s": Sample(
            f"fiat/{direction}-order-history",
            [{**PAID, "ordId": "630000000000000081", "state": "processing", "cTime": ago(100), "uTime": ago(99)}],
            finished={**PAID, "ordId": "{number}", "state": "failed", "cTime": "{time}", "uTime": "{time}"},
        )
        for direction in ("deposit", "withdrawal")
    },
    "fiat-trades": Sample(
        "fiat/buy-sell/history",
        [{"ordId": "63900", "state": "processing", "fromCcy": "LTC", "toCcy": "USD", "cTime": ago(3)}],
        finished={"ordId": "{number}", "state": "completed", "fromCcy": "LTC", "toCcy": "USD", "cTime": "{time}"},
    ),
    "conversions": Sample(
        "trade/easy-convert-history",
        [{"fromCcy": "LTC", "fillFromSz": "0.01", "toCcy": "USDT", "status": "running", "uTime": ago(100)}],
        finished={
            "fromCcy": "LTC",
            "fillFromSz": "0.0{number}",
            "toCcy": "USDT",
            "status": "filled",
            "uTime": "{time}",
        },
    ),
    "subaccounts": Sample("users/subaccount/list", [{**SUB, "enable": False, "frozenFunc": ["transfer"]}]),
    "subaccount-funding": Sample(
        "asset/subaccount/balances",
        [{"subAcct": "cellar", "ccy": "LTC", "bal": "0.5", "availBal": "0.5", "frozenBal": "0"}],
        with_=KEPT,
    ),
    "subaccount-trading": Sample(
        "account/subaccount/balances", [{"subAcct": "cellar", "ccy": "LTC", "cashBal": "0.6"}], with_=KEPT
    ),
}

LOOK_BY_EYE = {
    "okusd": Sample("finance/okusd/account", [{"ccy": "OKUSD", "amt": "5.5"}]),
}
"""Undocumented answers that nobody can read: what is there becomes a line to look at by eye."""

REFERENCE = "facts about markets, asked only when something is left; holds nothing of the user's"
HOLDS_NOTHING = {
    "subaccount-keys": "keys are no assets; they are deleted last",
    "markets": REFERENCE,
    "networks": REFERENCE,
    "prices": REFERENCE,
    "convertible-trading": REFERENCE,
    "convertible-funding": REFERENCE,
}
