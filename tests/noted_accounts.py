"""Accounts at the embedded exchange that note what of them an answer is made of."""

from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from typing import Any

from auditor.demo.faults import Call
from auditor.demo.model import Account, Row
from tests import direct

BOOK = "book:"
EVERY = f"{BOOK}all"
_FIELDS = frozenset(one.name for one in fields(Account)) - {"books"}


class NotedBooks(Mapping[str, Sequence[Row]]):
    """An account's books, which note which of them an answer is made of."""

    def __init__(self, account: "NotedAccount", books: Mapping[str, Sequence[Row]]) -> None:
        self._account, self._books = account, books

    def __getitem__(self, path: str) -> Sequence[Row]:
        self._account.note(BOOK + path)
        return self._books[path]

    def __iter__(self) -> Iterator[str]:
        self._account.note(EVERY)
        return iter(self._books)

    def __len__(self) -> int:
        self._account.note(EVERY)
        return len(self._books)

    def written(self, path: str) -> str:
        return repr(self._books if path == EVERY else self._books.get(path.removeprefix(BOOK)))


class _Noted:
    """A field of an account that notes when an answer looks into it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, account: "NotedAccount", _owner: object) -> Any:
        account.note(self._name)
        return account.__dict__[self._name]

    def __set__(self, account: "NotedAccount", value: object) -> None:
        account.__dict__[self._name] = value


class NotedAccount(Account):
    """An account at the demo exchange that notes what of it an answer is made of."""

    def __init__(self, account: Account) -> None:
        values = {name: getattr(account, name) for name in _FIELDS}
        super().__init__(**values, books=NotedBooks(self, account.books))
        self.__dict__["texts"] = {}

    def note(self, part: str) -> None:
        making = MAKING.get()
        if making is not None:
            making.looked_into[self.__dict__["apikey"], part] = self.written(part)

    def written(self, part: str) -> str:
        """A part of the account as text: there 1 is not True."""
        texts: dict[str, str] = self.__dict__["texts"]
        if part not in texts:
            is_book = part.startswith(BOOK)
            texts[part] = self.__dict__["books"].written(part) if is_book else repr(self.__dict__[part])
        return texts[part]


for _name in _FIELDS:
    setattr(NotedAccount, _name, _Noted(_name))


@dataclass
class Making:
    """An answer that is being made: the request as it was logged, and what the exchange looked into."""

    looked_into: dict[tuple[str, str], str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    strikes: list[direct.Decision] = field(default_factory=list)


MAKING: ContextVar[Making | None] = ContextVar("making", default=None)
"""The answer that a task makes."""
