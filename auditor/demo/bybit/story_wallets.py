"""The two wallets of a generated history: their balances, and the ledger that follows from each change of them.

Rows are as documented at https://bybit-exchange.github.io/docs/v5/account/transaction-log and
https://bybit-exchange.github.io/docs/v5/asset/fund-history (July 2026); answers since have a row's place as well,
`currcCursor`.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from auditor.demo.model import Row

MEMBER = "71000008"
SHOWN_PLACES = {"USDT": 5}
"""The Funding account's balances are shown with so many digits after the point, of other coins with eight."""


class Business(NamedTuple):
    """What a row of the Funding account is of: the ends of Bybit's two keys, and Bybit's words."""

    type: str
    description: str
    words: str


TO_UNIFIED = Business("TransferOut", "Transfer2TradingAccount", "Transfer to Unified Trading Account")
FROM_UNIFIED = Business("TransferIn", "TransferFromTradingAccount", "Transfer from Unified Trading Account")
TO_SUB_ACCOUNT = Business("TransferOut", "TransferOut2SubAccount", "Main-Subaccount Transfer")
DEPOSIT = Business("TypeDeposit", "TypeDeposit", "Deposit")
INSIDE_DEPOSIT = Business("TypeDeposit", "TypeDeposit", "Deposit (Internal Transfer)")
WITHDRAWAL = Business("TypeWithdraw", "Withdraw", "Withdrawal")
SUBSCRIPTION = Business("Earn", "FlexSavingSubscription", "Easy Earn | Flexible Subscription")
REDEMPTION = Business("Earn", "FlexSavingPrincipalRedemption", "Easy Earn | Flexible Redemption")
YIELD = Business("Earn", "FlexSavingInterestDistribution", "Easy Earn | Flexible Interest Distribution")
CONVERSION = Business("Convert", "Convert", "Convert")
AIRDROP = Business("Airdrop", "AirdropBonus", "Airdrop Bonus")
P2P = Business("Fiat", "P2PPurchase", "P2P Purchase")


def plain(amount: Decimal) -> str:
    """Write an amount digit for digit."""
    return format(amount, "f")


@dataclass
class Wallet:
    """The balances of a wallet, and its ledger, oldest row first. ``last``: the time of its newest row, Unix ms."""

    balances: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    rows: list[Row] = field(default_factory=list)
    last: int = 0

    def held(self) -> list[str]:
        """Return the coins of which something is there."""
        return sorted(coin for coin, amount in self.balances.items() if amount > 0)

    def _move(self, time: int, coin: str, change: Decimal) -> int:
        """Change a balance, no earlier than the change before, and return its time."""
        self.balances[coin] += change
        self.last = max(time, self.last)
        return self.last


class Funding(Wallet):
    """The Funding account, whose ledger has times in seconds."""

    def post(self, time: int, coin: str, change: Decimal, business: Business) -> Row:
        """Change a balance and write the row of it."""
        moment = self._move(time, coin, change)
        self.rows.append(
            {
                "memberId": MEMBER,
                "currency": coin,
                "ioDirection": "O" if change < 0 else "I",
                "txnAmt": plain(abs(change)),
                "afterAmt": plain(self.balances[coin]),
                "createTime": str(moment // 1000),
                "showBusiType": f"fundingAccountRecord{business.type}",
                "showBusiTypeEn": business.words,
                "description": f"fundingAccountRecord{business.description}",
                "descriptionEn": business.words,
                "currcCursor": b64encode(str(2_000_000_000 + len(self.rows)).encode()).decode(),
            }
        )
        return self.rows[-1]

    def shown(self) -> list[Row]:
        """Return the balances as they are shown: cut, also to nothing."""
        return [_shown(coin, amount) for coin, amount in self.balances.items()]


def _shown(coin: str, amount: Decimal) -> Row:
    cut = amount.quantize(Decimal(1).scaleb(-SHOWN_PLACES.get(coin, 8)), rounding="ROUND_DOWN").normalize()
    figure = plain(cut) if cut else "0"
    return {"coin": coin, "walletBalance": figure, "transferBalance": figure, "bonus": ""}


class Unified(Wallet):
    """The unified trading account. Rows of one trade have one id, which a settlement may have too."""

    def post(self, time: int, coin: str, kind: str, flow: Decimal, *, fee: Decimal | None = None, **fields: str) -> Row:
        """Change a balance and write the row of it: what flows, and ``funding`` in ``fields``, without the fee."""
        funding = fields.get("funding", "")
        change = flow + Decimal(funding or 0) - (fee or 0)
        moment = self._move(time, coin, change)
        sequence = fields.pop("sequence", str(161_440_000_000 + len(self.rows)))
        self.rows.append(
            {
                **_BLANK,
                "id": f"{MEMBER}_{fields.get('symbol') or coin}_{sequence}",
                "transactionTime": str(moment),
                "type": kind,
                "currency": coin,
                "cashFlow": plain(flow),
                "fee": "" if fee is None else plain(fee),
                "change": plain(change),
                "cashBalance": plain(self.balances[coin]),
                **fields,
            }
        )
        return self.rows[-1]

    def shown(self) -> list[Row]:
        """Return the coins that are not at zero, debts included."""
        return [
            {**_NO_DEBT, "coin": coin, "walletBalance": plain(amount), "equity": plain(amount)}
            for coin, amount in self.balances.items()
            if amount
        ]


_BLANK = {
    **dict.fromkeys(("transSubType", "symbol", "category", "funding", "feeRate", "bonusChange", "extraFees"), ""),
    **dict.fromkeys(("tradeId", "orderId", "orderLinkId", "tradePrice"), ""),
    "side": "None",
    "qty": "0",
    "size": "0",
}
_NO_DEBT = {"borrowAmount": "0", "spotBorrow": "0", "accruedInterest": "0", "unrealisedPnl": "0", "bonus": "0"}
