"""What a stand-in is made of: who holds what, what was sent, and how a path is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Holder:
    """An account with one key. ``key``: what the exchange says of the key; ``books``: rows by the path that gives them.

    ``refuses``: a body and status to answer at a path instead; ``seen``: what an exchange remembers of the key.
    """

    name: str
    apikey: str
    secret: str
    passphrase: str = ""
    key: Mapping[str, Any] = field(default_factory=dict)
    books: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    refuses: Mapping[str, Reply] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict, compare=False)

    def rows(self, path: str) -> list[Any]:
        """The rows of one book, copied."""
        return [dict(row) if isinstance(row, dict) else row for row in self.books.get(path, ())]

    def with_rows(self, path: str, rows: Sequence[Any]) -> Holder:
        """The same account with exactly these rows in one book."""
        return replace(self, books={**self.books, path: list(rows)})

    def with_key(self, **changes: Any) -> Holder:
        """The same account with another key."""
        return replace(self, key={**self.key, **changes})

    def with_refusal(self, path: str, reply: Reply) -> Holder:
        """The same account, with one path that is answered so."""
        return replace(self, refuses={**self.refuses, path: reply})


@dataclass(frozen=True)
class Reply:
    """A status and a body, ``delay`` seconds late; ``edit``: the real answer after that function has had it instead.

    ``cut``: break the connection instead.
    """

    status: int = 200
    body: Any = None
    cut: bool = False
    delay: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    edit: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Sent:
    """One request as it arrived: ``target`` is its path with the query, exactly as sent."""

    method: str
    path: str
    target: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: str
    now: float


class RefusedError(Exception):
    """The exchange answers with an error."""

    def __init__(self, status: int, body: Any) -> None:
        """Take what it answers."""
        super().__init__(status)
        self.status = status
        self.body = body


@dataclass(frozen=True)
class Asked:
    """A request that has passed: its parameters, whoever asks, and all that its exchange lists for everyone."""

    path: str
    params: Mapping[str, str]
    holder: Holder
    listed: Mapping[str, Any]

    def rows(self, *filters: str) -> list[Any]:
        """The rows of the path's own book that have the parameters' values in the fields of these names."""
        wanted = {name: self.params[name] for name in filters if name in self.params}
        book = self.holder.rows(self.path)
        return [row for row in book if all(str(row.get(name)) == value for name, value in wanted.items())]


Answer = Callable[[Asked], Any]


@dataclass(frozen=True)
class Venue:
    """One exchange: its paths, who signed a request, and its answer to a path that it does not have.

    ``reads``: (method, path) to how it is answered, ``*`` for any one part of a path; ``public``: those of them that
    nobody needs to sign.
    """

    name: str
    reads: Mapping[tuple[str, str], Answer]
    public: frozenset[str]
    signed_by: Callable[[Sent, Mapping[str, Holder]], Holder]
    params: Callable[[Sent], Mapping[str, str]]
    unknown: Any

    def answer(self, method: str, path: str) -> Answer | None:
        """How a path is answered; None for one that the exchange does not have."""
        parts = path.split("/")
        starred = ("/".join([*parts[:place], "*", *parts[place + 1 :]]) for place in range(1, len(parts)))
        return next((self.reads[method, one] for one in (path, *starred) if (method, one) in self.reads), None)


def page(rows: list[Any], size: int, number: int) -> list[Any]:
    """One page of a list, counted from 0."""
    return rows[size * number : size * (number + 1)]
