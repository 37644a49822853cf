"""The exchanges that the campaign strikes: those with a table, samples and words for their faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from auditor.demo import Account
from auditor.exchanges.registry import load
from auditor.spec.endpoint import Endpoint
from tests.exchanges.places import Place, Table
from tests.exchanges.samples import ExchangeSamples, Row, load_samples, sampled
from tests.fault_injection.answers import ExchangeFaults, Fresh, has_faults, load_faults
from tests.fault_injection.beside import Beside

BEYOND_A_PAGE = 5


@dataclass(frozen=True)
class Venue:
    """One exchange: its table, what an account may hold there, and how it words what goes wrong."""

    table: Table
    samples: ExchangeSamples
    faults: ExchangeFaults

    @property
    def places(self) -> Mapping[str, Place]:
        """Everything that is asked of an account, by its id."""
        return self.table.places

    @cached_property
    def once(self) -> Fresh:
        return self.faults.once()

    @cached_property
    def harmless(self) -> Fresh:
        return self.faults.harmless()

    def for_ever(self, endpoint: Endpoint) -> Fresh:
        return self.faults.for_ever(endpoint)

    def accounts(self, place: str, *, holding: bool) -> tuple[Account, ...] | None:
        """The accounts to audit in one pass; None where the place is not asked of such an account at all.

        A history has a full page of what is over beside the one thing, which is older.
        """
        if not self.has_account(place, holding=holding):
            return None
        return self._with_history(place, holding=holding) if place in self.samples.all else self.samples.asked(place)

    def has_account(self, place: str, *, holding: bool) -> bool:
        """Whether this place is asked of such an account."""
        nothing = self.samples.holds_nothing.get(place)
        return place in self.samples.all or holding is (nothing is not None and nothing.left)

    def _with_history(self, place: str, *, holding: bool) -> tuple[Account, ...]:
        sample = self.samples.all[place]
        size = getattr(self.places[place].endpoint.pagination, "size", 0)
        rows = [*sample.finished_rows(size + BEYOND_A_PAGE), *(sample.rows if holding else ())]
        account, *others = self.samples.asked(place)
        books = {**account.books, **({sample.path: rows} if rows else {})}
        return account.with_(books=books), *others

    def accounts_beside(self, place: str, beside: Beside, *, holding: bool) -> tuple[Account, ...]:
        """The same accounts with something good beside; without the one thing unless ``holding``."""
        account, *others = self._with_history(place, holding=holding)
        return beside.put_into(account), *others

    def is_the_one(self, place: str, row: Row) -> bool:
        """Whether this row is the one thing: every other row of a history is over."""
        sample = self.samples.all.get(place)
        return sample is None or sample.is_the_one(row)


def _venue(exchange: str) -> Venue:
    return Venue(Table(load(exchange)), load_samples(exchange), load_faults(exchange))


VENUES: Mapping[str, Venue] = {exchange: _venue(exchange) for exchange in sampled() if has_faults(exchange)}
