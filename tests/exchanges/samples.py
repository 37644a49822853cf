"""Samples: what an account holds at each place of an exchange, in one form for all.

The samples of an exchange stand in ``tests/exchanges/<id>/samples.py`` as ``EXCHANGE_SAMPLES``, and are found by being
there. Tests of every table are made from them.
"""

import importlib
import importlib.util
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from auditor.demo import Account
from auditor.exchanges.registry import table_ids
from auditor.model.account import Options
from auditor.settings.exchange_facts import exchange_config, known_exchanges
from tests.exchanges.spoiling import STATES

Row = dict[str, Any]
Books = Mapping[str, Sequence[Row]]
NOW = int(time.time() * 1000)
HOUR = 3_600_000
NUMBER, TIME = "{number}", "{time}"
FIRST_NUMBER = 1_000_000
SOME = 2
GAP = "@@"
"""A figure that is put into the answer as it leaves, so that the exchange's own arithmetic cannot touch it."""


def ago(hours: float) -> str:
    """So many hours before these tests began, in milliseconds since 1970."""
    return str(NOW - int(hours * HOUR))


@dataclass(frozen=True)
class Sample:
    """One thing at one place: ``rows`` in the book of ``path``, and nothing else that holds anything.

    ``beside``: books without which the place is not asked; ``finished``: a row of the same list that holds nothing,
    with `NUMBER` and `TIME` still to be set; ``mode``: the account's, where the bare account's will not do; ``also``:
    further places that show the same thing; ``wider``: a key that can only read is refused there; ``companions``:
    accounts that are audited in the same pass.
    """

    path: str
    rows: Sequence[Row]
    beside: Books = field(default_factory=dict)
    finished: Row | None = None
    mode: str = ""
    also: tuple[str, ...] = ()
    wider: bool = False
    companions: tuple[Account, ...] = ()

    @property
    def books(self) -> dict[str, Sequence[Row]]:
        """Everything that the account has."""
        return {**self.beside, self.path: self.rows}

    def finished_rows(self, count: int) -> list[Row]:
        """So many rows that hold nothing, all newer than the one that does."""
        return [] if self.finished is None else [_numbered(self.finished, index) for index in range(count)]

    def is_finished(self, row: Mapping[str, Any]) -> bool:
        """Whether the row is in the state of a finished one, where the one thing is in another."""
        one, finished = self.rows[0], self.finished or {}
        states = [name for name in finished if name.lower().endswith(STATES) and one.get(name) != finished[name]]
        return bool(states) and all(str(row.get(name)) == str(finished[name]) for name in states)

    def is_the_one(self, row: Mapping[str, Any]) -> bool:
        """Whether this is the one thing, told by what a finished row has otherwise."""
        if self.finished is None:
            return True
        one, finished = self.rows[0], self.finished
        told = [name for name, value in finished.items() if name in one and value != one[name] and not _is_set(value)]
        return not any(str(row.get(name)) == str(finished[name]) for name in told)


@dataclass(frozen=True)
class Nothing:
    """Why a place holds nothing of the user's, and the books with which it is asked at all.

    ``companions``: accounts that are audited in the same pass; ``wider``: a key that can only read is refused there;
    ``left``: the books hold something, since it is asked of no other account.
    """

    reason: str
    asked_with: Books = field(default_factory=dict)
    companions: tuple[Account, ...] = ()
    wider: bool = False
    left: bool = False


@dataclass(frozen=True, kw_only=True)
class ExchangeSamples:
    """Everything that the tests of every table must know of one exchange.

    ``bare``: an account that has nothing, with every product switched on; ``words``: what a user calls the thing at
    each place, as it stands in the report; ``holds_nothing``: places without a sample; ``unreadable``: what stands at
    places whose rows nobody can read, so that a person must look; ``totals``: places that only add up what others
    show; ``derived``: further places whose answers depend on what others hold; ``wider``: what a key with more rights
    than reading has otherwise; ``exact``: wallets whose balance of LTC is `GAP`, by their names in reports;
    ``proof_only``: fields that are strict though nothing reads them, by place, with the reason; ``not_in_answers``:
    strict fields that the table itself makes of an answer.
    """

    bare: Account
    samples: Mapping[str, Sample]
    words: Mapping[str, str]
    holds_nothing: Mapping[str, Nothing] = field(default_factory=dict)
    unreadable: Mapping[str, Sample] = field(default_factory=dict)
    totals: frozenset[str] = frozenset()
    derived: frozenset[str] = frozenset()
    wider: Mapping[str, Any] = field(default_factory=dict)
    exact: Mapping[str, Books] = field(default_factory=dict)
    proof_only: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    not_in_answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, Sample]:
        """Every sample, readable or not."""
        return {**self.samples, **self.unreadable}

    @property
    def described(self) -> list[str]:
        """Places with a sample, or with a reason why they hold nothing. `test_samples` asks for the others."""
        return [*self.all, *self.holds_nothing]

    @property
    def holding_places(self) -> list[str]:
        """Places with a sample that holds something by itself."""
        return [name for name in self.samples if name not in self.totals]

    def account(self, *books: Books, **changes: Any) -> Account:
        """The bare account with these books too."""
        joined: dict[str, list[Row]] = {path: list(rows) for path, rows in self.bare.books.items()}
        for path, rows in ((path, rows) for some in books for path, rows in some.items()):
            joined.setdefault(path, []).extend(row for row in rows if row not in joined[path])
        return replace(self.bare, books=joined, **changes)

    def holding(self, place: str) -> tuple[Account, ...]:
        """Accounts of which one holds something at this place, and nothing else."""
        sample = self.all[place]
        return self.account(sample.books, **self._kind(sample)), *sample.companions

    def finished(self, place: str) -> tuple[Account, ...]:
        """Accounts of which one has had something at this place; none where nothing can be over."""
        sample = self.all.get(place)
        if sample is None or sample.finished is None:
            return ()
        rows = {sample.path: sample.finished_rows(SOME)}
        return self.account(sample.beside, rows, **self._kind(sample)), *sample.companions

    def asked(self, place: str) -> tuple[Account, ...]:
        """Accounts of which this place is asked, and which are otherwise as empty as that allows."""
        if place in self.all:
            sample = self.all[place]
            return self.account(sample.beside, **self._kind(sample)), *sample.companions
        nothing = self.holds_nothing.get(place, Nothing(""))
        return self.account(nothing.asked_with, **(self.wider if nothing.wider else {})), *nothing.companions

    def _kind(self, sample: Sample) -> dict[str, Any]:
        return {**({"mode": sample.mode} if sample.mode else {}), **(self.wider if sample.wider else {})}

    def options(self, place: str) -> Options:
        """How to audit an account of which this place is asked."""
        entry = self.all.get(place) or self.holds_nothing.get(place)
        return Options(pace=0, readonly=entry is None or not entry.wider)


def _is_set(value: object) -> bool:
    return isinstance(value, str) and (NUMBER in value or TIME in value)


def _numbered(template: Row, index: int) -> Row:
    return {name: _filled(value, index) for name, value in template.items()}


def _filled(value: object, index: int) -> object:
    if not isinstance(value, str):
        return value
    return value.replace(NUMBER, str(FIRST_NUMBER + index)).replace(TIME, ago(1 + index / 10))


def tables() -> tuple[str, ...]:
    """The exchanges that have a table of their own; a site that inherits its facts has its parent's."""
    return tuple(one for one in table_ids() if exchange_config(one).inherits not in known_exchanges())


def sampled() -> tuple[str, ...]:
    """Those of them that have samples."""
    return tuple(one for one in tables() if importlib.util.find_spec(f"tests.exchanges.{one}.samples") is not None)


@cache
def load_samples(exchange: str) -> ExchangeSamples:
    """Load the samples of an exchange. Raises ModuleNotFoundError where nobody has written any."""
    samples: ExchangeSamples = importlib.import_module(f"tests.exchanges.{exchange}.samples").EXCHANGE_SAMPLES
    return samples
