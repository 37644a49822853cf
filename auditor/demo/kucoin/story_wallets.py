"""The accounts of a generated history at KuCoin: balances, and the ledgers that follow from each change of them.

Shapes are the examples of kucoin.com/docs-new (Get Account Ledgers - Spot/Margin, - Trade_hf, November 2025) and rows
of real accounts in public bug reports: the ledger of all accounts has 0 in place of a balance (ccxt/ccxt#14666), ids of
the funding account are hexadecimal, those of the trading account numbers, which both ledgers share.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from auditor.demo.model import Row

MAIN, TRADE = "main", "trade"
UNIT = Decimal("1E-8")


class Business(NamedTuple):
    """What a row is of, as the ledger of all accounts and that of the trading account write it."""

    word: str
    code: str = "OTHER"


DEPOSIT, WITHDRAWAL = Business("Deposit"), Business("Withdrawal")
TRANSFER = Business("Transfer", "TRANSFER")
TO_SUB_ACCOUNT = Business("SUB_TRANSFER", "SUB_TRANSFER")
SPOT = Business("Spot", "TRADE_EXCHANGE")
FEE_BACK = Business("Fee Refunds using KCS", "RETURNED_FEES")
FEE_IN_KCS = Business("KCS Fee Deduction", "DEDUCTION_FEES")
STAKING, REDEMPTION = Business("Staking"), Business("Redemption")
EARNED = Business("KuCoin Earn Profits")
DISTRIBUTION = Business("Distribution")
AIRDROP = Business("Airdrop/Fork")
FIAT = Business("Buy Crypto")
CONVERSION = Business("Convert to KCS", "CONVERT_TO_KCS")
EVENT = Business("Lucky Draw Prize")


def plain(amount: Decimal) -> str:
    """Write an amount digit for digit."""
    return format(amount, "f")


class Books:
    """The balances of both accounts, and the two ledgers, the oldest row first."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.balances: dict[str, defaultdict[str, Decimal]] = {
            MAIN: defaultdict(Decimal),
            TRADE: defaultdict(Decimal),
        }
        self.ledger: list[Row] = []
        self.trading: list[Row] = []
        self._latest = 0

    def post(
        self,
        wallet: str,
        time: int,
        business: Business,
        change: tuple[str, Decimal],
        *,
        fee: Decimal = Decimal(0),
        about: Mapping[str, str] | None = None,
    ) -> Row:
        """Change a balance, and write its row, no earlier than the one before it. `time`: Unix milliseconds."""
        coin, amount = change
        self.balances[wallet][coin] += amount
        self._latest = max(time, self._latest)
        number = len(self.ledger)
        row = {
            "id": f"{self._latest // 1000:08x}{number:016x}" if wallet == MAIN else str(254_000_000_000_000 + number),
            "currency": coin,
            "amount": plain(abs(amount)),
            "fee": plain(fee),
            "balance": "0",
            "accountType": wallet.upper(),
            "bizType": business.word,
            "direction": "in" if amount > 0 else "out",
            "createdAt": self._latest,
            "context": json.dumps(about, separators=(",", ":")) if about else "",
        }
        self.ledger.append(row)
        if wallet == TRADE:
            own = {"tax": "0", "accountType": "TRADE_HF", "bizType": business.code, "createdAt": str(self._latest)}
            self.trading.append({**row, **own, "balance": plain(self.balances[TRADE][coin])})
        return row

    def accounts(self) -> list[Row]:
        """Return the list of accounts; a coin that is gone is listed with nothing."""
        return [
            {
                "id": f"5485{number:08d}",
                "currency": coin,
                "type": wallet,
                **{name: plain(amount) for name in ("balance", "available")},
                "holds": "0",
            }
            for wallet, coins in self.balances.items()
            for number, (coin, amount) in enumerate(sorted(coins.items()))
        ]
