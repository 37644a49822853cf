"""Rows of lists that a generated history does not lead to: loans, deliveries, fixed-term Earn, closed options.

Shapes are those of the bodies at https://bybit-exchange.github.io/docs/v5 (July 2026): asset/delivery and
settlement, position/close-position, finance/earn/fixed-saving/order, new-crypto-loan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.demo.model import Row

HOUR = 3_600_000
"""Milliseconds."""
FIRST_ID = 27_511


@dataclass(frozen=True)
class Sample:
    """A row of a list. Fields of `ids` and `times` differ from row to row, and fall as the rows get older.

    `numbers`: its ids and times are JSON numbers; `seconds`: its times are Unix seconds.
    """

    row: Row
    ids: tuple[str, ...] = ()
    times: tuple[str, ...] = ("createdTime",)
    numbers: bool = False
    seconds: bool = False

    def rows(self, count: int, now: int) -> Iterator[Row]:
        """Return so many rows, the newest first and an hour before a time in Unix ms."""
        for number in range(1, count + 1):
            ids = dict.fromkeys(self.ids, FIRST_ID - number)
            varied = {**ids, **dict.fromkeys(self.times, (now - number * HOUR) // (1000 if self.seconds else 1))}
            yield {**self.row, **(varied if self.numbers else {name: str(value) for name, value in varied.items()})}


SAMPLES: dict[str, Sample] = {
    "/v5/asset/delivery-record": Sample(
        {
            "_category": "option",
            "symbol": "BTC-29DEC26-16000-P",
            "side": "Buy",
            "strike": "16000",
            "fee": "0.00000000",
            "position": "0.01",
            "entryPrice": "3.5",
            "deliveryPrice": "16541.86369547",
            "deliveryRpl": "0",
        },
        times=("deliveryTime",),
        numbers=True,
    ),
    "/v5/asset/settlement-record": Sample(
        {
            "_category": "linear",
            "realisedPnl": "0",
            "symbol": "BTCPERP",
            "side": "Buy",
            "markPrice": "16620",
            "size": "1.5",
            "sessionAvgPrice": "16620",
        }
    ),
    "/v5/position/get-closed-positions": Sample(
        {
            "_category": "option",
            "symbol": "BTC-12JUN26-104019-C-USDT",
            "side": "Sell",
            "totalOpenFee": "0.94506647",
            "deliveryFee": "0.32184533",
            "totalCloseFee": "0.00000000",
            "qty": "0.02",
            "avgExitPrice": "107281.77405000",
            "deliveryPrice": "107281.77405031",
            "avgEntryPrice": "3371.50000000",
            "totalPnl": "0",
        },
        times=("closeTime", "openTime"),
        numbers=True,
    ),
    "/v5/earn/fixed-term/order": Sample(
        {
            "orderLinkId": "",
            "orderType": "Stake",
            "status": "Failed",
            "productId": "546",
            "category": "FixedTermSaving",
            "coin": "USDT",
            "amount": "100.056",
            "duration": "1d",
            "accountType": "FUND",
            "settlementTime": "0",
            "yieldInfoList": [],
        },
        ("orderId",),
        ("createdAt",),
    ),
    "/v5/earn/advance/order": Sample(
        {
            "category": "DualAssets",
            "orderType": "Stake",
            "amount": "20",
            "coin": "USDT",
            "status": "Fail",
            "refundStatus": "Processed",
            "settlementCoin": "",
            "settlementAmount": "",
        },
        ("orderId",),
    ),
    "/v5/earn/liquidity-mining/order": Sample(
        {
            "orderType": "AddLiquidity",
            "baseCoin": "TON",
            "quoteCoin": "USDT",
            "quoteAmount": "200",
            "baseAmount": "0",
            "status": "Fail",
            "slippageValue": "0.02",
        },
        ("orderId",),
    ),
    "/v5/earn/liquidity-mining/yield-records": Sample(
        {
            "coin": "USDT",
            "amount": "0.012",
            "baseCoin": "TON",
            "quoteCoin": "USDT",
            "type": "Manual",
            "status": "Complete",
        }
    ),
    "/v5/earn/liquidity-mining/liquidation-records": Sample(
        {
            "baseCoin": "TON",
            "quoteCoin": "USDT",
            "baseAmount": "1",
            "quoteAmount": "2",
            "liquidationPrice": "1.9",
        },
        times=("liquidationTime",),
    ),
    "/v5/pre-upgrade/execution/list": Sample(
        {
            "_category": "spot",
            "symbol": "BTCUSDT",
            "orderId": "1682553600",
            "side": "Sell",
            "execFee": "0.6364003",
            "execPrice": "28399.90",
            "execQty": "0.011",
            "execType": "Trade",
        },
        ("execId",),
        ("execTime",),
    ),
    "/v5/pre-upgrade/order/history": Sample(
        {
            "_category": "spot",
            "symbol": "BTCUSDT",
            "side": "Sell",
            "orderType": "Limit",
            "price": "28399.90",
            "qty": "0.011",
            "cumExecQty": "0.011",
            "avgPrice": "",
            "cumExecFee": "0.6364003",
            "orderStatus": "Filled",
            "orderLinkId": "",
        },
        ("orderId",),
        ("createdTime", "updatedTime"),
    ),
    "/v5/asset/exchange/order-record": Sample(
        {
            "fromCoin": "BTC",
            "fromAmount": "0.100000000000000000",
            "toCoin": "ETH",
            "toAmount": "1.385866230000000000",
            "exchangeRate": "13.858662380000000000",
        },
        ("exchangeTxId",),
        ("createdTime",),
        seconds=True,
    ),
    "/v5/crypto-loan-fixed/borrow-order-info": Sample(
        {"annualRate": "0.022", "filledQty": "0", "orderQty": "1.5", "orderCurrency": "ETH", "state": 4, "term": 30},
        ("orderId",),
        ("orderTime",),
        numbers=True,
    ),
    "/v5/crypto-loan-fixed/supply-order-info": Sample(
        {"annualRate": "0.02", "filledQty": "0", "orderQty": "800", "orderCurrency": "USDT", "state": 4, "term": 7},
        ("orderId",),
        ("orderTime",),
        numbers=True,
    ),
    "/v5/crypto-loan-fixed/borrow-contract-info": Sample(
        {
            "annualRate": "0.022",
            "borrowCurrency": "ETH",
            "interestPaid": "0.002531506849315069",
            "residualPenaltyInterest": "0",
            "residualPrincipal": "0",
            "status": 2,
        },
        ("loanId", "orderId"),
        ("borrowTime", "repaymentTime"),
    ),
    "/v5/crypto-loan/borrow-history": Sample(
        {
            "collateralCurrency": "BTC",
            "hourlyInterestRate": "0.0000010241",
            "initialCollateralAmount": "0.0494727",
            "initialLoanAmount": "1",
            "loanCurrency": "ETH",
            "repaidInterest": "0.00000515",
            "status": 1,
        },
        ("orderId",),
        ("borrowTime",),
    ),
    "/v5/crypto-loan/repayment-history": Sample(
        {
            "collateralCurrency": "BTC",
            "collateralReturn": "0.0494727",
            "loanCurrency": "ETH",
            "repayAmount": "1.00000515",
            "repayStatus": 1,
            "repayType": "1",
        },
        ("repayId", "orderId"),
        ("repayTime",),
    ),
    "/v5/crypto-loan/adjustment-history": Sample(
        {"collateralCurrency": "BTC", "amount": "0.001", "direction": 1, "preLTV": "0.6546", "afterLTV": "0.7164"},
        ("adjustId", "orderId"),
        ("adjustTime",),
    ),
    "/v5/crypto-loan-flexible/borrow-history": Sample(
        {"initialLoanAmount": "0.006", "loanCurrency": "BTC", "status": 3}, ("orderId",), ("borrowTime",), numbers=True
    ),
    "/v5/crypto-loan-flexible/repayment-history": Sample(
        {"loanCurrency": "BTC", "repayAmount": "0.007", "repayStatus": 3, "repayType": 1},
        ("repayId",),
        ("repayTime",),
        numbers=True,
    ),
    "/v5/crypto-loan-fixed/repayment-history": Sample(
        {"loanCurrency": "ETH", "repayAmount": "1.5", "repayStatus": 3, "repayType": 1, "details": []},
        ("repayId",),
        ("repayTime",),
        numbers=True,
    ),
    "/v5/crypto-loan-common/adjustment-history": Sample(
        {
            "afterLTV": "0.813743",
            "amount": "0.08",
            "collateralCurrency": "BTC",
            "direction": 1,
            "preLTV": "0.524602",
            "status": 3,
        },
        ("adjustId",),
        ("adjustTime",),
        numbers=True,
    ),
}
"""A row of each such list by its path: of requests that failed, so that no ledger has their money."""
