"""One query at Binance, and the rows that it selects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from auditor.demo.binance.selection import page, select
from auditor.demo.binance.spec import Endpoint
from auditor.demo.model import Row
from auditor.demo.venue import Query


@dataclass(frozen=True)
class BinanceQuery(Query):
    """A query at one endpoint of the table, at a time in Unix milliseconds."""

    endpoint: Endpoint = field(kw_only=True)
    now_ms: int = field(kw_only=True)

    def book(self) -> list[Row]:
        """Return every row of the endpoint's own book."""
        return self.account.rows(self.path)

    def select(self) -> list[Row]:
        """Return the rows that the query asks for, all pages of them."""
        return select(self.endpoint, self.book(), self.params, self.now_ms)


def list_rows(query: BinanceQuery, selected: list[Row] | None = None) -> Any:
    """Return a page of the rows that a query selects, or of others, in the shape that the table states."""
    endpoint, rows = query.endpoint, query.select() if selected is None else selected
    cut = page(endpoint.pages, rows, query.params)
    if not endpoint.within:
        return cut
    if endpoint.within == ".":
        return {**endpoint.empty, **(rows[0] if rows else {})}
    body: Row = {endpoint.within: cut, **endpoint.empty}
    if endpoint.total:
        body["total"] = len(rows)
    return {"code": "000000", "message": "success", **body, "success": True} if endpoint.envelope else body


def first_row(rows: list[Row]) -> Row:
    """Return the first row, an empty one where there is none."""
    return rows[0] if rows else {}
