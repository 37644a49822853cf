"""One exchange: its protocol, how its keys are identified, and its surfaces."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from auditor.model.records import Area
from auditor.model.reference_data import Mark
from auditor.model.snapshot import Reading, Trouble
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field
from auditor.spec.history import History
from auditor.spec.identity import Identification, Lookup, Outage
from auditor.spec.parsed_row import Row
from auditor.spec.surface import Surface


@dataclass(frozen=True, slots=True)
class ErrorMeaning:
    """The meaning of an error code: the kind of trouble, the advice to the user, and whether to retry.

    ``silence``: seconds in which nothing more is asked with the key.
    """

    trouble: Trouble
    advice: str
    retry: bool = False
    silence: float = 0.0


@dataclass(frozen=True, slots=True)
class SessionToken:
    """What a login gives. ``readonly``: whether the exchange says that it can only read."""

    value: str = field(repr=False)
    readonly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLogin:
    """A login that gives a token for the JSON-RPC requests of an exchange.

    ``params``: what the login sends, from ccxt's object with the account's credentials and the login's URL; made as the
    request is signed, so that nothing keeps it. ``fields``, ``read``: the answer's strict fields, and the token in
    them; ``secret``: the name of the field with the token, which no recording keeps; ``expired``: codes after which to
    log in again.
    """

    endpoint: Endpoint
    params: Callable[[Any, str], Mapping[str, str]]
    fields: tuple[Field, ...]
    read: Callable[[Row], SessionToken]
    secret: str
    expired: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The protocol of an exchange's API.

    ``credentials``: by ccxt's names; ``prefix``: of every path, at an exchange with one site; ``unwrap``: returns an
    answer's data; ``error_code``: returns code and message of an error answer, else None; ``clock_codes``: codes of a
    wrong clock; ``paper_codes``: codes of functions that paper trading lacks, with their meaning, None where a key
    cannot prove its rights in paper trading; ``ccxt_options``: options that ccxt needs; ``in_order``: requests must
    arrive in the order in which they were signed, with nonces that grow: one is sent at a time; ``login``: how
    JSON-RPC requests get their token; ``refuses_wrong_clocks``: signatures of a wrong clock are refused, though with no
    code of its own; ``signed_like``: how paths begin that ccxt signs in an old way, and the paths that it signs as they
    must be, where no path is in a signature.
    """

    credentials: tuple[str, ...]
    unwrap: Callable[[object], object]
    error_code: Callable[[object], tuple[str, str] | None]
    prefix: str = ""
    errors: Mapping[str, ErrorMeaning] = field(default_factory=dict)
    clock_codes: frozenset[str] = frozenset()
    paper_codes: Mapping[str, str] | None = None
    ccxt_options: Mapping[str, object] = field(default_factory=dict)
    in_order: bool = False
    refuses_wrong_clocks: bool = False
    login: TokenLogin | None = None
    signed_like: Mapping[str, str] = field(default_factory=dict)


def _as_read(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return the readings unchanged."""
    return readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One exchange, by ccxt's ``id``.

    ``clock``: server time; ``status``: services under maintenance; ``ledgers``: lists of every movement, newest first:
    a new first row means that something moved; ``hidden_from_main``: areas of a sub-account that its main account's
    key cannot see; ``complete``: whether the surfaces are every documented place that its witness names.
    ``history``: the lists of an archive, which an audit may not ask; ``archive_api``: how an archive asks them at an
    exchange that an audit reads through ccxt's unified methods; ``settle``: returns the readings of an account,
    with those by eye that the others show to be of another kind of account.
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
    history: History | None = None
    archive_api: Api | None = None
    settle: Callable[[tuple[Reading, ...]], tuple[Reading, ...]] = _as_read

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return every request that may be sent."""
        endpoints = (
            self.clock.endpoint,
            self.status.endpoint,
            *self.identification.endpoints(),
            None if self.api.login is None else self.api.login.endpoint,
            *(ledger.endpoint for ledger in self.ledgers),
            *(surface.endpoint for surface in self.surfaces),
        )
        return tuple(endpoint for endpoint in endpoints if endpoint is not None)

    def first_surfaces(self) -> frozenset[str]:
        """Return the ids of the surfaces to read first, as others depend on them: wallets without a plan."""
        return frozenset(s.id for s in self.surfaces if s.area is Area.BALANCES and s.plan is None)

    def urgent_endpoints(self) -> Iterator[Endpoint]:
        """Yield the requests to send first, as others depend on them: identification, ledgers, wallets."""
        first = self.first_surfaces()
        later = {id(s.endpoint) for s in self.surfaces if s.id not in first}
        yield from (endpoint for endpoint in self.endpoints() if id(endpoint) not in later)

    def kinds_of_names(self) -> tuple[str, ...]:
        """Return the kinds of names that users must give: the exchange shows some places only by name."""
        return tuple(dict.fromkeys(surface.named for surface in self.surfaces if surface.named))
