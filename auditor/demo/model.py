"""An account at the demo exchange: its key, and the rows that it has at each endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.demo.faults import Reply

Row = dict[str, Any]
"""One object of an answer, with the exchange's own field names."""

Books = Mapping[str, Sequence[Row]]
"""Endpoint path, as the venue names it (such as OKX's `asset/balances`), to the rows that this account has there."""


@dataclass(frozen=True)
class Account:
    """An account at the demo exchange, with one API key.

    `exchange` is the venue whose protocol it uses. `refuses` maps an endpoint to its answer instead of rows: the
    exchange's own code, or a whole reply. `key` has the rights of the key, in the fields of the exchange's answer; at
    OKX and Binance `perm` does: OKX's words, or `read_only` and the further rights by Binance's own names.

    At OKX, `kind` is `account/config.type` ("0" main, "1" standard sub-account) and `mode` its `acctLv` ("1" spot to
    "4" portfolio margin). `ip` are the addresses that the key is bound to ("" for none). `named` are the things that
    the exchange shows only by name, such as a mining account (`mining`).
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
    key: Mapping[str, Any] = field(default_factory=dict)
    books: Books = field(default_factory=dict)
    refuses: Mapping[str, str | Reply] = field(default_factory=dict)

    @property
    def is_main(self) -> bool:
        """Return whether the key belongs to the main account."""
        return self.uid == self.main_uid

    @property
    def rights(self) -> frozenset[str]:
        """List the rights of the key: `read_only`, `trade`, `withdraw`."""
        return frozenset(self.perm.split(","))

    @property
    def addresses(self) -> tuple[str, ...]:
        """List the addresses that the key is bound to, none if it is not bound."""
        return tuple(entry.strip() for entry in self.ip.split(",") if entry.strip())

    def rows(self, path: str) -> list[Row]:
        """Return the rows of one book, copied so that no answer can change the account."""
        return [dict(row) for row in self.books.get(path, ())]

    def refusal(self, path: str) -> str:
        """Return the error code that an endpoint answers, "" if it answers rows."""
        code = self.refuses.get(path, "")
        return code if isinstance(code, str) else ""

    def with_(self, **changes: Any) -> Account:
        """Return the same account with other attributes."""
        return replace(self, **changes)

    def with_rows(self, path: str, rows: Sequence[Row]) -> Account:
        """Return the same account with exactly these rows in one book."""
        return replace(self, books={**self.books, path: list(rows)})

    def with_key(self, **changes: Any) -> Account:
        """Return the same account, whose key has other fields."""
        return replace(self, key={**self.key, **changes})

    def with_refusal(self, path: str, refusal: str | Reply) -> Account:
        """Return the same account, with one endpoint that answers an error code, or that reply."""
        return replace(self, refuses={**self.refuses, path: refusal})


NOBODY = Account("")
"""Who asks a public endpoint."""
