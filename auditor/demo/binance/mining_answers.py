"""Binance's answers about mining accounts, which a client must name."""

from __future__ import annotations

from auditor.demo.binance.query import BinanceQuery, first_row
from auditor.demo.binance.selection import page
from auditor.demo.model import Row


def mining_list(query: BinanceQuery) -> Row:
    """Put a page of a mining account's list in the envelope that only these have."""
    rows = query.select()
    cut = page(query.endpoint.pages, rows, query.params)
    return {"code": 0, "msg": "", "data": {query.endpoint.within: cut, "totalNum": len(rows), "pageSize": len(cut)}}


def mining_status(query: BinanceQuery) -> Row:
    """Return the earnings of a mining account."""
    nothing = {"validNum": 0, "invalidNum": 0, "profitToday": {}, "profitYesterday": {}, "unit": "h/s"}
    who = {"userName": query.params["userName"], "algo": query.params["algo"]}
    return {"code": 0, "msg": "", "data": {**nothing, **who, **first_row(query.select())}}


def mining_algorithms(query: BinanceQuery) -> Row:
    """List the algorithms that can be mined."""
    known = [{"algoName": "sha256", "algoId": 1, "poolIndex": 0, "unit": "h/s"}]
    return {"code": 0, "msg": "", "data": query.select() or known}
