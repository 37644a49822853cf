"""The exchanges that the campaign strikes, each with its table, its accounts and its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

from auditor.demo import Account, Fault
from auditor.spec.surface import Exchange, Surface
from tests.fault_injection import at_binance, at_okx
from tests.fault_injection.answers import Answer, Fresh, Words

Accounts = Callable[..., tuple[Account, ...] | None]


@dataclass(frozen=True)
class Venue:
    """One exchange.

    ``accounts``: by surface and ``holding``; ``only_at``: the fault of one surface; ``data_of``, ``with_data``: where
    the rows lie in a body; ``is_the_one``: whether a row of a surface is the one thing that the account holds;
    ``is_its_own``: whether the surface reads that row, and not another of the same answer.
    """

    exchange: Exchange
    words: Words
    accounts: Accounts
    only_at: Callable[[Surface, Answer], Fault]
    data_of: Callable[[Any], Any]
    with_data: Callable[[Any, Any], Any]
    is_the_one: Callable[[str, Mapping[str, Any]], bool]
    is_its_own: Callable[[str, Mapping[str, Any]], bool]

    @cached_property
    def surfaces(self) -> Mapping[str, Surface]:
        """Everything that is asked of an account, by its id."""
        clock = self.exchange.clock.id
        return {surface.id: surface for surface in self.exchange.all() if surface.id != clock}

    @cached_property
    def once(self) -> Fresh:
        return self.words.once()

    def says_whose(self, surface: Surface) -> bool:
        """Whether this very request says whose the key is, or what it may do."""
        asked = (self.exchange.rights, self.exchange.sub_only)
        first = [self.exchange.identity, *(question.surface for question in asked if question is not None)]
        return surface.endpoint in {one.endpoint for one in first}

    def for_ever(self, surface: Surface) -> Fresh:
        return self.words.for_ever(surface)


def _venue(module: ModuleType) -> Venue:
    names = ("accounts", "only_at", "data_of", "with_data", "is_the_one", "is_its_own")
    return Venue(exchange=module.EXCHANGE, words=module.WORDS, **{name: getattr(module, name) for name in names})


VENUES: Mapping[str, Venue] = {module.EXCHANGE.id: _venue(module) for module in (at_okx, at_binance)}
ONCE = frozenset(VENUES["okx"].once)
FOR_EVER = frozenset(at_okx.FOR_EVER)
