"""One exchange: its protocol, who its keys belong to, and every place that can hold something."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from auditor.model.records import Area
from auditor.model.reference_data import Mark
from auditor.model.snapshot import Trouble
from auditor.spec.endpoint import Endpoint
from auditor.spec.identity import Identification, Lookup, Outage
from auditor.spec.surface import Surface


@dataclass(frozen=True, slots=True)
class ErrorMeaning:
    """What an error code means for an audit: the kind of trouble, the advice, and whether to try again."""

    trouble: Trouble
    advice: str
    retry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """How to speak with an exchange.

    ``credentials``: by ccxt's names; ``prefix``: of every path, at an exchange with one site; ``unwrap``: an answer's
    data; ``error_code``: code and message of an answer that is no success; ``clock_codes``: codes of a wrong clock;
    ``paper_codes``: codes of what paper trading lacks, with their meaning, None where a key cannot prove itself in
    paper trading; ``ccxt_options``: options that ccxt needs.
    """

    credentials: tuple[str, ...]
    unwrap: Callable[[object], object]
    error_code: Callable[[object], tuple[str, str] | None]
    prefix: str = ""
    errors: Mapping[str, ErrorMeaning] = field(default_factory=dict)
    clock_codes: frozenset[str] = frozenset()
    paper_codes: Mapping[str, str] | None = None
    ccxt_options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One exchange, by ccxt's ``id``.

    ``clock``: server time; ``status``: what is under maintenance; ``ledgers``: lists of every movement, newest first,
    whose first row tells whether something moved; ``hidden_from_main``: areas of a sub-account that its main account's
    key cannot see; ``complete``: whether the surfaces are every documented place, as its witness says.
    """

    id: str
    name: str
    api: Api
    identification: Identification
    clock: Lookup[datetime]
    status: Lookup[Outage | None]
    surfaces: tuple[Surface, ...]
    ledgers: tuple[Lookup[Mark], ...] = ()
    hidden_from_main: tuple[Area, ...] = ()
    complete: bool = False

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Every request that may be sent."""
        asked = (
            self.clock.endpoint,
            self.status.endpoint,
            *self.identification.endpoints(),
            *(ledger.endpoint for ledger in self.ledgers),
            *(surface.endpoint for surface in self.surfaces),
        )
        return tuple(endpoint for endpoint in asked if endpoint is not None)

    def read_first(self) -> frozenset[str]:
        """Ids of the surfaces to read first: others depend on them. Wallets that depend on nothing."""
        return frozenset(s.id for s in self.surfaces if s.area is Area.BALANCES and s.plan is None)

    def urgent_endpoints(self) -> Iterator[Endpoint]:
        """Requests that the rest of an account waits for: who the key is, ledgers, wallets."""
        first = self.read_first()
        later = {id(s.endpoint) for s in self.surfaces if s.id not in first}
        yield from (endpoint for endpoint in self.endpoints() if id(endpoint) not in later)

    def kinds_of_names(self) -> tuple[str, ...]:
        """Kinds of names that users must give, since the exchange shows some places by name only."""
        return tuple(dict.fromkeys(surface.named for surface in self.surfaces if surface.named))
