"""The value of an account's books for each of Binance's wallets, as `asset/wallet/balance` shows it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from auditor.demo.amounts import read_amount, write_amount
from auditor.demo.binance.market import price
from auditor.demo.model import Account, Row

FIGURES = ("free", "locked", "freeze", "withdrawing")
_WALLETS = ("Cross Margin", "Isolated Margin", "USDⓈ-M Futures", "COIN-M Futures", "Earn", "Options")
_OTHERS = ("Trading Bots", "Copy Trading")

Holding = tuple[str, Any]


def totals(account: Account, unit: str) -> list[Row]:
    """Return the rows of the answer. Rows in the account's own book replace derived ones."""
    given = {row["walletName"]: row for row in account.rows("sapi/v1/asset/wallet/balance")}
    holdings = {
        "Spot": _figures(account, "sapi/v3/asset/getUserAsset"),
        "Funding": _figures(account, "sapi/v1/asset/get-funding-asset"),
        **dict.fromkeys((*_WALLETS, *_OTHERS), ()),
        "Cross Margin": ((r["asset"], r.get("netAsset")) for r in account.rows("sapi/v1/margin/account")),
        "USDⓈ-M Futures": ((r["asset"], r.get("marginBalance")) for r in account.rows("fapi/v3/account")),
        "COIN-M Futures": ((r["asset"], r.get("marginBalance")) for r in account.rows("dapi/v1/account")),
        "Options": ((r["asset"], r.get("equity")) for r in account.rows("eapi/v1/marginAccount")),
        "Earn": _earn(account),
    }
    derived = [_row(name, _value(held, unit)) for name, held in holdings.items()]
    return [{**row, **given.pop(row["walletName"], {})} for row in derived] + list(given.values())


def _row(name: str, value: Decimal) -> Row:
    return {"activate": True, "balance": write_amount(value), "walletName": name, "assetBalances": []}


def _figures(account: Account, path: str) -> Iterable[Holding]:
    for row in account.rows(path):
        for name in FIGURES:
            yield row["asset"], row.get(name)


def _earn(account: Account) -> Iterable[Holding]:
    for path, name in (
        ("sapi/v1/simple-earn/flexible/position", "totalAmount"),
        ("sapi/v1/simple-earn/locked/position", "amount"),
        ("sapi/v1/onchain-yields/locked/position", "amount"),
    ):
        yield from ((row["asset"], row.get(name)) for row in account.rows(path))
    for coin in ("BFUSD", "RWUSD"):
        yield from ((coin, row.get(f"{coin.lower()}Amount")) for row in account.rows(f"sapi/v1/{coin.lower()}/account"))


def _value(holdings: Iterable[Holding], unit: str) -> Decimal:
    return sum((read_amount(figure) * (price(asset, unit) or 0) for asset, figure in holdings), Decimal(0))
