"""The value of an account's books by kind of wallet, as `asset/asset-valuation` shows it.

Source: https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-account-asset-valuation. Stable rewards are not
counted under earn: OKX says of their amounts that they are held in the trading and funding wallets. What has no market
has no value.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from auditor.demo.amounts import read_amount, write_amount
from auditor.demo.model import Account, Row
from auditor.demo.okx.balances import detail
from auditor.demo.okx.market import price
from auditor.demo.okx.protocol import refusal

_OPEN_DUAL = ("initial", "live", "pending_settle", "pending_redeem")
_OPEN_FIXED = ("pending", "earning")
_WALLETS = ("funding", "trading", "earn", "classic")

Holding = tuple[str, str | None]
"""Currency and amount."""


def valuation(account: Account, unit: str, now_ms: str) -> Row:
    """Return the one row of the answer, in `unit`.

    A row in the account's own book, given in BTC, goes before the derivation.
    """
    rate = price("BTC", unit)
    if rate is None:
        raise refusal("51000", "ccy")
    given = account.rows("asset/asset-valuation")
    wallets = _given(given[0]) if given else _derived(account)
    details = {name: write_amount(value * rate) for name, value in wallets.items()}
    return {"details": details, "totalBal": write_amount(sum(wallets.values(), Decimal(0)) * rate), "ts": now_ms}


def _given(row: Row) -> dict[str, Decimal]:
    return {name: read_amount(row.get("details", {}).get(name)) for name in _WALLETS}


def _derived(account: Account) -> dict[str, Decimal]:
    funding = ((row["ccy"], row.get("bal")) for row in account.rows("asset/balances"))
    trading = ((row["ccy"], detail(row, account.mode, price)["eq"]) for row in details(account.rows("account/balance")))
    return {
        "funding": _value(funding),
        "trading": _value(trading),
        "earn": _value(_earn(account)),
        "classic": Decimal(0),
    }


def details(rows: list[Row]) -> list[Row]:
    """Return the details rows of a book, which may hold them bare or within the object that OKX puts around them."""
    return list(rows[0]["details"]) if rows and "details" in rows[0] else rows


def _earn(account: Account) -> Iterable[Holding]:
    for path in ("finance/savings/balance", "finance/staking-defi/eth/balance", "finance/staking-defi/sol/balance"):
        yield from ((row["ccy"], row.get("amt")) for row in account.rows(path))
    for order in account.rows("finance/staking-defi/orders-active"):
        yield from ((row["ccy"], row.get("amt")) for row in order.get("investData", []))
    for row in account.rows("finance/sfp/dcd/order-history"):
        if row.get("state") in _OPEN_DUAL:
            yield row["notionalCcy"], row.get("notionalSz")
    for row in account.rows("finance/simple-earn-fixed/order-list"):
        if row.get("state") in _OPEN_FIXED:
            yield row["ccy"], row.get("amt")


def _value(holdings: Iterable[Holding]) -> Decimal:
    return sum((read_amount(figure) * (price(ccy) or 0) for ccy, figure in holdings), Decimal(0))
