"""The lists of a generated history at HTX beside its ledgers: transfers, deposits, withdrawals, fills, orders, loans.

Rows are as HTX's pages show them (2025), and as real accounts were answered: the amounts of deposits, withdrawals and
transfers are numbers.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import count

from auditor.demo.htx.endpoints import CROSS_LOANS, FILLS, LEDGER, LOANS, MOVEMENTS, ORDERS, REPAYMENTS
from auditor.demo.htx.story_wallets import Wallet, written
from auditor.demo.model import Row


class Lists:
    """The rows of each list, oldest first."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._ids = count(61_003_926)

    def books(self) -> dict[str, list[Row]]:
        """Return the rows by path."""
        return dict(self.rows)

    def moved(self, time: int, coin: str, amount: Decimal, wallets: tuple[Wallet, Wallet], kind: str) -> None:
        """Write a transfer, of which both accounts have a row."""
        given, taken = wallets
        ids = {"transactId": 0, "transferer": given.number, "transferee": taken.number}
        known = {"currency": coin, "transactType": "transfer", "transferType": kind, "transactTime": time, **ids}
        for wallet, sign in ((given, -1), (taken, 1)):
            self.rows[LEDGER].append({"accountId": wallet.number, "transactAmt": sign * float(amount), **known})

    def received(self, time: int, coin: str, amount: Decimal, state: str = "safe") -> None:
        """Write a deposit, which was seen on its chain five minutes before it was credited."""
        times = {"created-at": time - 300_000, "updated-at": time, "state": state, "wallet-confirm": 12}
        self.rows[MOVEMENTS].append({**self._movement("deposit", coin, amount, Decimal(0)), **times})

    def sent(self, time: int, coin: str, amount: Decimal, fee: Decimal) -> None:
        """Write a withdrawal, which was asked for before it was booked."""
        times = {"created-at": time - 1000, "updated-at": time + 60_000, "state": "confirmed"}
        self.rows[MOVEMENTS].append({**self._movement("withdraw", coin, amount, fee), **times})

    def _movement(self, kind: str, coin: str, amount: Decimal, fee: Decimal) -> Row:
        ids = {"id": next(self._ids), "type": kind, "sub-type": "NORMAL", "tx-hash": f"demo-tx-{kind}"}
        place = {"chain": f"demo{coin}", "address": "demo-address", "address-tag": "", "from-addr-tag": ""}
        return {**ids, **place, "currency": coin, "amount": float(amount), "fee": float(fee)}

    def filled(self, row: Row, side: str, price: Decimal, *, fee: Decimal, points: Decimal) -> None:
        """Write a fill and its order. `row`: of the ledger; `points`: a fee that was paid with points."""
        coin = str(row["currency"])
        number, time = next(self._ids), int(row["transact-time"])
        known = {"symbol": f"{coin}usdt", "type": f"{side}-market", "source": "spot-web", "created-at": time}
        size = abs(Decimal(str(row["transact-amt"])))
        figures = {"price": format(price, "f"), "filled-amount": written(size), "filled-fees": written(fee)}
        instead = {"filled-points": written(points), "fee-deduct-currency": "hbpoint" if points else ""}
        ids = {"id": 8_208_887_641_319_065 - number, "order-id": number, "match-id": number, "trade-id": number}
        rest = {"fee-currency": coin if side == "buy" else "usdt", "fee-deduct-state": "done", "role": "taker"}
        self.rows[FILLS].append({**known, **figures, **instead, **ids, **rest, "updated-at": None})
        done = {"field-amount": written(size), "field-cash-amount": written(size * price), "field-fees": written(fee)}
        times = {"created-at": time - 1000, "finished-at": time, "canceled-at": 0, "state": "filled"}
        order = {"id": number, "account-id": row["account-id"], "client-order-id": "", "amount": written(size)}
        self.rows[ORDERS].append({**known, **order, **done, "price": figures["price"], **times})

    def borrowed(self, row: Row, amount: Decimal) -> None:
        """Write a loan of an isolated margin account."""
        figures = {"loan-amount": written(amount), "loan-balance": written(amount), "interest-amount": "0E-18"}
        rates = {"interest-rate": "0.000040830000000000", "interest-balance": "0E-18", "state": "accrual"}
        known = {"id": next(self._ids), "currency": row["currency"], "account-id": row["account-id"]}
        self.rows[LOANS].append({**known, **figures, **rates, "created-at": row["transact-time"], "symbol": "btcusdt"})

    def repaid(self, row: Row, amount: Decimal) -> None:
        """Write a repayment, the newest first."""
        known = {"repayId": str(next(self._ids)), "repayTime": row["transact-time"], "accountId": row["account-id"]}
        parts = {"transactId": 502, "repaidprincipal": written(amount), "repaidInterest": "0", "paidPoint": "0"}
        repaid = {"currency": row["currency"], "repaidAmount": written(amount), "transactIds": parts}
        self.rows[REPAYMENTS].insert(0, {**known, **repaid})
        self.rows[CROSS_LOANS] = []
