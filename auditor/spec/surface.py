"""A surface: one place that can hold something, and what its answer proves for closing the account."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.model.records import Area
from auditor.model.snapshot import Reading, Standing
from auditor.spec.endpoint import Endpoint, RowSelector
from auditor.spec.reader import Reader, Scope

NO_METHOD = "no method"

# None: a surface that it depends on was not read, so the requests to send are unknown.
Scopes = Callable[[Mapping[str, Sequence[Reading]]], Sequence[Scope] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliesTo:
    """The accounts that can have a surface: their ``modes`` and ``kinds`` (main, sub).

    None is any.
    """

    modes: frozenset[str] | None = None
    kinds: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverUsed:
    """Error codes that the exchange documents for a product that was never used, with their meaning.

    ``modes``: the account modes in which they count as proof; None is any.
    """

    codes: Mapping[str, str] = field(default_factory=dict)
    modes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPlan:
    """Requests that depend on other surfaces.

    ``after``: their ids; ``nothing``: why there may be no request.
    """

    after: tuple[str, ...]
    scopes: Scopes
    nothing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualCheck:
    """Refusals that prove nothing, so that a person must check.

    ``codes``: of a refusal that every read-only key gets; ``some_accounts``: the exchange documents the place for some
    accounts only.
    """

    codes: frozenset[str] = frozenset()
    some_accounts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotServed:
    """What the exchange documents as not served to accounts of this site, so that a person must look there.

    ``refusals``: the codes, or kinds of trouble, of a refusal that say so; ``requirement``: the line of the exchange's
    facts that tells of all such places together, with page and date.
    """

    refusals: frozenset[str]
    requirement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A total that an answer gives beside its rows: a witness that no row is missing.

    ``rows``: selects its row from the answer; ``reader``: turns it into a `Valuation` of the surface's wallet.
    """

    rows: RowSelector
    reader: Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One place that can hold something.

    ``endpoint`` None: no request shows it. ``reader`` None: ccxt's unified methods read it. ``named``: the kind of name
    that the exchange needs to show it; one request is sent for each name that the user gives; ``services``: services
    whose maintenance takes it down; ``total``: a total in its answer; ``right``: the right that reading it needs;
    ``value``: whether it can hold money, so that it is read again before an account is called clean; ``stated_in``:
    page and date of the documentation of a surface that no request shows; ``of_user``: whether every key of the user is
    shown the same there, whatever account it belongs to; ``not_served``: where accounts of this site are refused.
    """

    id: str
    area: Area
    title: str
    endpoint: Endpoint | None
    reader: Reader | None = None
    standing: Standing = Standing.DOCUMENTED
    applies_to: AppliesTo = AppliesTo()
    never_used: NeverUsed = NeverUsed()
    plan: RequestPlan | None = None
    manual_check: ManualCheck = ManualCheck()
    named: str = ""
    services: frozenset[str] = frozenset()
    total: Total | None = None
    right: str = "Read"
    value: bool = True
    stated_in: str = ""
    of_user: bool = False
    not_served: NotServed | None = None

    @property
    def address(self) -> str:
        """Method and path of its request, for reports."""
        return NO_METHOD if self.endpoint is None else self.endpoint.name

    @property
    def source(self) -> str:
        """Page and date of its documentation."""
        return (self.stated_in or "ccxt") if self.endpoint is None else self.endpoint.source

    @property
    def wait(self) -> float:
        """The seconds that its rate limit needs for one reading: an estimate."""
        return 0.0 if self.endpoint is None else self.endpoint.wait
