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

    `numbers`: its ids and times are JSON numbers.
    """

    row: Row
    ids: tuple[str, ...] = ()
    times: tuple[str, ...] = ("createdTime",)
    numbers: bool = False

    def rows(self, count: int, now: int) -> Iterator[Row]:
        """Return so many rows, the newest first and an hour before a time in Unix ms."""
        for number in range(1, count + 1):
            ids = dict.fromkeys(self.ids, FIRST_ID - number)
            varied = {**ids, **dict.fromkeys(self.times, now - number * HOUR)}
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
