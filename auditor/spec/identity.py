"""Questions about the key, the clock and the exchange itself. Their answers hold nothing of the user's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from auditor.model.records import Area
from auditor.model.snapshot import Key, Standing
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, Row
from auditor.spec.surface import NO_METHOD

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup(Generic[T]):
    """A question whose answer is one row, or a list of rows of one shape. ``read``: a row to its meaning.

    ``endpoint`` None: the exchange cannot be asked. ``right``: the right that asking needs.
    """

    id: str
    title: str
    endpoint: Endpoint | None
    fields: tuple[Field, ...]
    read: Callable[[Row], T]
    right: str = "Read"

    @property
    def area(self) -> Area:
        """The area under which reports show it."""
        return Area.STATUS

    @property
    def standing(self) -> Standing:
        """Always documented: without it nothing can be believed."""
        return Standing.DOCUMENTED

    @property
    def address(self) -> str:
        """Method and path of its request, for people."""
        return NO_METHOD if self.endpoint is None else self.endpoint.name

    def answer(self, raw: object) -> T:
        """Return the meaning of one row. Raises Malformed for a row that is not exactly understood."""
        return self.read(Row(raw, self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose a key is and what it may do, as the exchange says. ``kind``: main or sub.

    ``uid`` is empty when a key with too many rights was asked no further; ``main_uid`` when a sub-account's key does
    not say whose it is. ``proven`` False: the exchange has no way to say what the key may do; ``nameless``: nor whose it
    is; ``doubts``: sentences on what this very key does not show.
    """

    uid: str
    main_uid: str
    kind: str
    mode: str | None
    key: Key
    proven: bool = True
    nameless: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAccountLookup:
    """A request that only a sub-account's key may send: refused with one of ``codes``, the key is a main account's."""

    endpoint: Endpoint
    codes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """How an exchange says whose a key is (``account``) and what it may do.

    ``rights``, ``sub_account``: requests of their own for what ``account`` does not answer.
    """

    account: Lookup[Identity]
    rights: Lookup[Key] | None = None
    sub_account: SubAccountLookup | None = None

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Every request that may be sent, in the order of asking."""
        first = () if self.rights is None else (self.rights.endpoint,)
        kind = () if self.sub_account is None else (self.sub_account.endpoint,)
        return tuple(endpoint for endpoint in (*first, *kind, self.account.endpoint) if endpoint is not None)


@dataclass(frozen=True, slots=True)
class Outage:
    """A service under maintenance. ``service`` None: everything; ``paper``: paper trading only.

    ``starts_at``: of one that is announced; None when it goes on already.
    """

    service: str | None
    title: str
    paper: bool = False
    starts_at: datetime | None = None
