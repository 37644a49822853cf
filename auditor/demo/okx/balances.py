"""The rows of the trading balance, with every field that OKX documents and a blank where it does not apply.

Source: https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-balance, "Distribution of applicable fields under
each account level". spotBal, rewardBal and the average-price fields come blank on real accounts in every mode, and
every debt does in spot mode without borrowing, where some rows lack autoLendMtAmt as well.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from auditor.demo.amounts import read_amount, write_amount
from auditor.demo.model import Row

_ALWAYS = "ordFrozen stgyEq smtSyncEq spotCopyTradingEq fixedBal autoLendMtAmt colRes colBorrAutoConversion frpType"
_BLANK = "rewardBal spotBal accAvgPx openAvgPx totalPnl totalPnlRatio spotUpl spotUplRatio"
_BY_MODES = {
    "134": "liab crossLiab interest borrowFroz twap maxLoan disEq",
    "234": "isoEq availEq upl isoUpl",
    "34": "isoLiab uplLiab",
    "12": "spotIsoBal",
    "4": "spotInUseAmt clSpotInUseAmt maxSpotInUse",
    "2": "imr mmr mgnRatio notionalLever",
    "3": "collateralEnabled",
}

_SPOT_MODE = "1"
_SPOT_DEBTS = ("liab", "crossLiab", "interest", "borrowFroz")

Price = Callable[[str, str], Decimal | None]
"""Price of a currency in another, None where there is none."""


def detail(row: Row, mode: str, price: Price) -> Row:
    """Complete a details row; what is given stays, except where the mode has no such field."""
    usd = price(str(row.get("ccy")), "USD") or Decimal(0)
    full: Row = dict.fromkeys(_ALWAYS.split(), "0") | dict.fromkeys(_BLANK.split(), "")
    full |= {"autoLendStatus": "off", "collateralRestrict": False, "uTime": "1767225600000"}
    full |= _balances(row)
    full |= dict.fromkeys(" ".join(_BY_MODES.values()).split(), "0")
    full |= {
        "collateralEnabled": False,
        "availEq": full["availBal"],
        "eqUsd": write_amount(read_amount(full["eq"]) * usd),
    }
    full |= {"disEq": full["eqUsd"]} | row
    if mode == _SPOT_MODE:
        full |= {name: "" for name in _SPOT_DEBTS if name not in row}
        full = {name: value for name, value in full.items() if name != "autoLendMtAmt" or name in row}
    return full | {name: "" for modes, names in _BY_MODES.items() if mode not in modes for name in names.split()}


def summary(details: list[Row], mode: str) -> Row:
    """Return the object that OKX puts around the details, with the totals that the mode has."""
    margin = "0" if mode in "34" else ""
    names = "adjEq availEq borrowFroz imr isoEq mmr notionalUsd notionalUsdForBorrow notionalUsdForFutures"
    names += " notionalUsdForOption notionalUsdForSwap ordFroz upl delta deltaLever deltaNeutralStatus"
    total = write_amount(sum((read_amount(row["eqUsd"]) for row in details), Decimal(0)))
    top: Row = dict.fromkeys(names.split(), margin) | {"mgnRatio": "", "totalEq": total, "uTime": "1767225600000"}
    return top | {"details": details}


def _balances(row: Row) -> Row:
    """Derive what is not given: eq = cashBal + stgyEq + upl and availBal + frozenBal = eq, as in OKX's example."""
    bots, upl, orders = (read_amount(row.get(name)) for name in ("stgyEq", "upl", "ordFrozen"))
    cash = read_amount(row["cashBal"]) if "cashBal" in row else read_amount(row.get("eq")) - bots - upl
    equity = read_amount(row["eq"]) if "eq" in row else cash + bots + upl
    frozen = read_amount(row["frozenBal"]) if "frozenBal" in row else bots + orders
    available = max(equity - frozen, Decimal(0))
    figures = {"cashBal": cash, "eq": equity, "frozenBal": frozen, "availBal": available}
    return {name: format(figure, "f") for name, figure in figures.items()}
