"""The rows of a generated history at Coinbase, in the shapes of docs.cdp.coinbase.com and of recorded answers.

Coinbase App API, Accounts, Transactions, Deposit Fiat; Advanced Trade API, List Fills, List Orders (2026).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from auditor.demo.model import Row

WALLETS = "/v2/accounts"
TRANSACTIONS, DEPOSITS, WITHDRAWALS = (
    f"{WALLETS}/{{account_id}}/{name}" for name in ("transactions", "deposits", "withdrawals")
)
FILLS, ORDERS = (f"/api/v3/brokerage/orders/historical/{name}" for name in ("fills", "batch"))
PORTFOLIO = "75000001-demo"
FIAT = frozenset({"USD"})


def text(amount: Decimal) -> str:
    """Write an amount."""
    return format(amount, "f")


def money(amount: Decimal, coin: str) -> Row:
    """Write an amount of money."""
    return {"amount": text(amount), "currency": coin}


def moment(time: int) -> str:
    """Write a time in Unix milliseconds: to the second."""
    return datetime.fromtimestamp(time // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def wallet_row(number: str, name: str, coin: str, balance: Decimal, since: int | None) -> Row:
    """Write a wallet, one that was never used without a time."""
    fiat = coin in FIAT
    currency = {"code": coin, "name": coin, "exponent": 2 if fiat else 8, "type": "fiat" if fiat else "crypto"}
    times = dict.fromkeys(("created_at", "updated_at"), None if since is None else moment(since))
    kind = "vault" if "Vault" in name else "fiat" if fiat else "wallet"
    known = {"id": number, "name": name, "primary": False, "type": kind, "currency": currency}
    more = {"resource": "account", "resource_path": f"{WALLETS}/{number}", "portfolio_id": PORTFOLIO}
    return {**known, "balance": money(balance, coin), **times, **more}


@dataclass
class Rows:
    """Every list, in the order in which things happened."""

    books: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _number: int = 100_000

    def transaction(self, time: int, wallet: str, kind: str, coin: str, size: Decimal, **more: Any) -> Row:
        """Write a transaction of one wallet. `more`: further fields, also in place of usual ones."""
        number = self.next()
        row = {
            "@account": wallet,
            "id": number,
            "type": kind,
            "status": "completed",
            "amount": money(size, coin),
            "native_amount": money(Decimal("1.00"), "USD"),
            "description": None,
            "created_at": moment(time),
            "resource": "transaction",
            "resource_path": f"{WALLETS}/{wallet}/transactions/{number}",
            **more,
        }
        self.books[TRANSACTIONS].append(row)
        return row

    def fill(self, time: int, sides: tuple[tuple[str, str, Decimal], ...], price: Decimal, fee: Decimal) -> None:
        """Write a fill, which is a transaction in the wallet of each coin, and its order. `sides`: base and quote."""
        (_base_wallet, base, size), (_quote_wallet, quote, _worth) = sides
        order, product, side = f"demo-order-{self.next()}", f"{base}-{quote}", "BUY" if size > 0 else "SELL"
        beside = {"fill_price": text(price), "product_id": product, "order_id": order, "commission": text(fee)}
        for wallet, coin, change in sides:
            words = {**beside, "order_side": side.lower()}
            self.transaction(time, wallet, "advanced_trade_fill", coin, change, advanced_trade_fill=words)
        figures = {"price": text(price), "size": text(abs(size)), "commission": text(fee)}
        ids = {"entry_id": f"demo-entry-{self.next()}", "trade_id": f"demo-trade-{self.next()}", "order_id": order}
        about = {"product_id": product, "side": side, "retail_portfolio_id": PORTFOLIO}
        times = dict.fromkeys(("trade_time", "sequence_timestamp"), moment(time).replace("Z", ".123456Z"))
        kind = {"trade_type": "FILL", "liquidity_indicator": "TAKER", "size_in_quote": False, "user_id": "demo"}
        self.books[FILLS].append({**ids, **times, **figures, **about, **kind})
        self._order(time, order, about, figures)

    def fiat(self, time: int, path: str, wallet: str, coin: str, size: Decimal) -> None:
        """Write a deposit or withdrawal of fiat money, and the transaction that it is."""
        kind = "fiat_deposit" if path == DEPOSITS else "fiat_withdrawal"
        row = self.transaction(time, wallet, kind, coin, size if path == DEPOSITS else -size)
        known = {"@account": wallet, "id": self.next(), "status": "completed", "amount": money(size, coin)}
        more = {"fee": money(Decimal("0.00"), coin), "committed": True, "payout_at": moment(time)}
        payment = {"transaction": {"id": row["id"], "resource": "transaction"}}
        times = dict.fromkeys(("created_at", "updated_at"), moment(time))
        self.books[path].append({**known, **more, **payment, **times})

    def _order(self, time: int, order: str, about: Row, figures: Row) -> None:
        created = moment(time - 5000)
        done = {"filled_size": figures["size"], "average_filled_price": figures["price"]}
        paid = {"total_fees": figures["commission"], "status": "FILLED", "last_fill_time": moment(time)}
        kind = {"order_configuration": {"limit_limit_gtc": {"base_size": figures["size"], "limit_price": "1"}}}
        row = {"order_id": order, "created_time": created, "order_type": "LIMIT", **about, **kind, **done, **paid}
        self.books[ORDERS].append({**row, "order_placement_source": "RETAIL_ADVANCED"})

    def next(self) -> str:
        """Return an id that no row has yet; later ones are not greater."""
        self._number += 1
        return f"demo-{self._number * 7919 % 1_000_003}"
