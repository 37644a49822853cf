"""What the demo exchange and its users hand each other: calls, replies, accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Row = dict[str, Any]
"""One object of an answer's `data`, with the exchange's own field names."""

Books = Mapping[str, Sequence[Row]]
"""Endpoint path (such as `asset/balances`) to the rows that this account has there."""


@dataclass(frozen=True)
class Call:
    """One request that reached the demo exchange.

    `path` lacks the `/api/v5/` in front. `status` is the HTTP status and `code` the exchange's own code of the answer;
    both are None while a fault is being asked, and `status` stays None where the connection was cut.
    """

    method: str
    path: str
    query: dict[str, str]
    account: str | None
    status: int | None = None
    code: str | None = None


@dataclass(frozen=True)
class Reply:
    """What a fault wants sent.

    With `edit`, the real answer (an object or a list) after that function has had it; with a `body`, that body (a dict
    or list becomes JSON) and `status`; with neither, the real answer, late by `delay` seconds. `cut` closes the
    connection unanswered.
    """

    status: int = 200
    body: bytes | str | Row | list[Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False
    edit: Callable[[Any], Any] | None = None


Fault = Callable[[Call], Reply | None]
"""Asked of every request once it is authenticated; runs in the server's thread. None leaves the real answer."""


@dataclass(frozen=True)
class Account:
    """An account at the demo exchange, with one API key.

    `kind` is `account/config.type` ("0" main, "1" standard sub-account), `mode` its `acctLv` ("1" spot to "4" portfolio
    margin), `ip` the addresses the key is bound to ("" for none). `refuses` maps an endpoint to the code it answers.
    `named` is what the exchange shows only to who names it, such as a mining account (`mining`). `exchange` is whose
    protocol it speaks: at Binance a path names its service too (`sapi/v1/...`), there is no passphrase, and `perm`
    holds what the key may do beyond `read_only`, by Binance's own names.
    """

    name: str
    description: str = ""
    apikey: str = ""
    secret: str = ""
    passphrase: str = ""
    uid: str = "700000000000000001"
    main_uid: str = "700000000000000001"
    kind: str = "0"
    mode: str = "1"
    perm: str = "read_only"
    ip: str = ""
    simulated: bool = False
    exchange: str = "okx"
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    books: Books = field(default_factory=dict)
    refuses: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_main(self) -> bool:
        """Tell whether the key belongs to the main account."""
        return self.uid == self.main_uid

    @property
    def rights(self) -> frozenset[str]:
        """List what the key may do: `read_only`, `trade`, `withdraw`."""
        return frozenset(self.perm.split(","))

    def rows(self, path: str) -> list[Row]:
        """Give the rows of one book, copied so that no answer can change the account."""
        return [dict(row) for row in self.books.get(path, ())]

    def with_(self, **changes: Any) -> Account:
        """Give the same account with other attributes."""
        return replace(self, **changes)

    def with_rows(self, path: str, rows: Sequence[Row]) -> Account:
        """Give the same account with exactly these rows in one book."""
        return replace(self, books={**self.books, path: list(rows)})

    def with_refusal(self, path: str, code: str) -> Account:
        """Give the same account, with one endpoint that answers an error code."""
        return replace(self, refuses={**self.refuses, path: code})
