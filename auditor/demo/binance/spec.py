"""The types of Binance's table: weight, parameters and pagination of a request, and the shape of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DAY = 86_400_000
"""Milliseconds."""

MARGIN, FUTURES, OPTIONS = "isMarginEnabled", "isFutureEnabled", "isOptionsEnabled"
PORTFOLIO = "isPortfolioMarginRetailEnabled"
"""Products that an account may lack, as `sapi/v1/account/info` names them."""


@dataclass(frozen=True)
class TimeWindow:
    """The time that a history may span: `field` of a row, the longest window and the default one, in days.

    `code`: of the refusal of a longer one.
    """

    field: str
    days: int = 90
    default: int = 90
    start: str = "startTime"
    end: str = "endTime"
    code: int = -1127

    @property
    def params(self) -> tuple[str, ...]:
        """Return the parameters that bound the window."""
        return self.start, self.end


@dataclass(frozen=True)
class Pages:
    """The parameters of paging: page `number` counted from 1, or `offset` where `number` is that."""

    number: str
    size: str
    default: int = 10
    largest: int = 100

    @property
    def params(self) -> tuple[str, ...]:
        """Return the parameters of paging."""
        return tuple(filter(None, (self.number, self.size)))


CURRENT = Pages("current", "size")
LIMIT = Pages("current", "limit")
OFFSET = Pages("offset", "limit", 1000, 1000)


@dataclass(frozen=True)
class Endpoint:
    """One request, as documented.

    `weight` counts for the address, or with `by_uid` for the user. `within` is the name of the rows in an answer that
    is an object ("" for a bare list, "." for the one row itself); `total` counts them; `envelope` puts code and success
    around. `filters` map a parameter to the field of a row. `product` must be on, else the answer is `product_code`;
    `reach`: days that rows are kept, 0 for ever; who asks for older ones is refused with `reach_code`, where it is one.
    `most`: rows of the largest answer. `read_only_code` is answered to keys that can only read, `empty_code` to
    accounts that have nothing there.
    """

    path: str
    weight: int
    method: str = "GET"
    by_uid: bool = False
    required: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    pages: Pages | None = None
    window: TimeWindow | None = None
    within: str = ""
    total: bool = False
    envelope: bool = False
    empty: Mapping[str, Any] = field(default_factory=dict)
    product: str = ""
    product_code: int = -2015
    read_only_code: int = 0
    empty_code: int = 0
    public: bool = False
    reach: int = 0
    reach_code: int = 0
    most: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """Return method and path."""
        return self.method, self.path

    @property
    def known(self) -> frozenset[str]:
        """Return every parameter that the endpoint reads."""
        cut = self.pages.params if self.pages else ()
        bound = self.window.params if self.window else ()
        return frozenset({*self.required, *self.params, *self.filters, *cut, *bound, *SIGNED})


SIGNED = ("timestamp", "recvWindow", "signature")
"""Parameters that every private request has."""
