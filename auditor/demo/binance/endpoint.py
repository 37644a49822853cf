"""The vocabulary of Binance's table: what a request costs and takes, and the shape of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DAY = 86_400_000


@dataclass(frozen=True)
class Stretch:
    """How a history is bounded in time: `field` of a row, the longest stretch and the default one, in days."""

    field: str
    days: int = 90
    default: int = 90
    start: str = "startTime"
    end: str = "endTime"

    @property
    def params(self) -> tuple[str, ...]:
        """List the parameters that bound it."""
        return self.start, self.end


@dataclass(frozen=True)
class Pages:
    """How an answer is cut: by page `number` from 1, or by `offset` where `number` is that."""

    number: str
    size: str
    default: int = 10
    largest: int = 100

    @property
    def params(self) -> tuple[str, ...]:
        """List the parameters that cut it."""
        return self.number, self.size


CURRENT = Pages("current", "size")
LIMIT = Pages("current", "limit")
OFFSET = Pages("offset", "limit", 1000, 1000)


@dataclass(frozen=True)
class Endpoint:
    """One request, as documented.

    `weight` counts for the address, or with `by_uid` for the user. `within` is the name of the rows in an answer that
    is an object ("" for a bare list, "." for the one row itself); `total` counts them; `envelope` puts code and success
    around. `filters` map a parameter to the field of a row; `needs` names the product that must be on, `lacking` the
    code without it; `refused` the code for keys that can only read, `nobody` the code for accounts with nothing there.
    """

    path: str
    weight: int
    method: str = "GET"
    by_uid: bool = False
    required: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    pages: Pages | None = None
    stretch: Stretch | None = None
    within: str = ""
    total: bool = False
    envelope: bool = False
    empty: Mapping[str, Any] = field(default_factory=dict)
    needs: str = ""
    lacking: int = -2015
    refused: int = 0
    nobody: int = 0
    public: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Give method and path."""
        return self.method, self.path

    @property
    def known(self) -> frozenset[str]:
        """List every parameter that it reads."""
        cut = self.pages.params if self.pages else ()
        bound = self.stretch.params if self.stretch else ()
        return frozenset({*self.required, *self.params, *self.filters, *cut, *bound, *SIGNED})


SIGNED = ("timestamp", "recvWindow", "signature")
