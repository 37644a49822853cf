"""What the lists beside the ledger of a generated history say: deposits, withdrawals, trades, orders.

Shapes are those of docs.kraken.com/api (June 2026): Get Trades History, Get Closed Orders, Get Status of Recent
Deposits.
"""

from __future__ import annotations

from decimal import Decimal

from auditor.demo.model import Row

BEFORE = 1500
"""Seconds between the time of a deposit and that of its row in the ledger."""
PLAIN = {"XXBT": "XBT", "XETH": "ETH"}
"""How a coin is spelled in the name of a pair that people read."""


def movement(row: Row, status: str) -> Row:
    """Write the deposit or withdrawal that a row of the ledger is of."""
    refid, asset = row["refid"], row["asset"]
    figures = {"amount": row["amount"].removeprefix("-"), "fee": row["fee"]}
    about = {"method": f"Demo {asset}", "network": "Demo", "aclass": "currency", "asset": asset, "refid": refid}
    moment = int(row["time"]) - (BEFORE if row["type"] == "deposit" else 0)
    return {**about, "txid": f"demo-tx-{refid}", "info": "demo-address", "time": moment, "status": status, **figures}


def trade(row: Row, asset: str, ordertxid: str, **figures: Decimal) -> Row:
    """Write the trade that a row of the ledger is of. `figures`: a volume below 0 is sold."""
    volume, cost = abs(figures["vol"]), figures["cost"]
    price = (cost / volume).quantize(Decimal("0.00001"))
    numbers = {"price": price, "margin": Decimal("0.00000"), **figures, "vol": volume}
    side = "sell" if figures["vol"] < 0 else "buy"
    about = {"ordertxid": ordertxid, "postxid": "", "pair": f"{asset}ZEUR", "type": side, "ordertype": "limit"}
    written = {name: format(number, "f") for name, number in numbers.items()}
    return {"txid": row["refid"], **about, **written, "time": row["time"], "misc": "", "maker": False}


def order(done: Row, asset: str) -> Row:
    """Write the order that a trade filled."""
    words = {
        "pair": f"{PLAIN.get(asset, asset)}EUR",
        "type": done["type"],
        "ordertype": "limit",
        "price": done["price"],
    }
    figures = {name: done[name] for name in ("price", "cost", "fee", "vol")}
    times = {"opentm": done["time"] - 5, "closetm": done["time"]}
    return {"txid": done["ordertxid"], "descr": words, **figures, **times, "status": "closed", "vol_exec": done["vol"]}
