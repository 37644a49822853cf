"""Questions about the key, the clock and the exchange itself. Their answers hold nothing of the user's."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from auditor.i18n import Message, _
from auditor.model.records import Area
from auditor.model.snapshot import Key, Standing
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, Malformed, Row
from auditor.spec.surface import NO_METHOD

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, kw_only=True)  # no slots: typing marks an instance of Lookup[T] with its type
class Lookup(Generic[T_co]):
    """A question whose answer is one row, or a list of rows of one shape. ``read``: a row to its meaning.

    ``endpoint``, ``read`` None: this table does not ask. ``right``: the right that asking needs.
    """

    id: str
    title: str
    endpoint: Endpoint | None
    fields: tuple[Field, ...] = ()
    read: Callable[[Row], T_co] | None = None
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

    def answer(self, raw: object) -> T_co:
        """Return the meaning of one row. Raises Malformed for a row that is not exactly understood."""
        if self.read is None:
            raise Malformed(_("nothing here reads such an answer"))
        return self.read(Row(raw, self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose a key is and what it may do, as the exchange says. ``kind``: main or sub.

    ``uid`` is empty when a key with too many rights was asked no further; ``main_uid`` when a sub-account's key does
    not say whose it is. ``proven`` False: the exchange cannot say what the key may do; ``nameless``: nor whose it is;
    ``doubts``: sentences on what this very key does not show.
    """

    uid: str
    main_uid: str
    kind: str
    mode: str | None
    key: Key
    proven: bool = True
    nameless: bool = False
    doubts: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAccountLookup:
    """A request that only a sub-account's key may send: refused with one of ``codes``, the key is a main account's."""

    endpoint: Endpoint
    codes: frozenset[str]


class Ask(Protocol):
    """Sends one request and returns the data of its answer. Raises what its client raises for a refusal."""

    async def __call__(self, endpoint: Endpoint, params: Mapping[str, str]) -> object:
        """Return the answer's data."""


# Identifies a key by several requests, of which one needs another's answer. The text is the key's own name.
Procedure = Callable[[Ask, str], Awaitable[Identity]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """How an exchange says whose a key is (``account``) and what it may do.

    ``rights``, ``sub_account``: requests of their own for what ``account`` does not answer. ``procedure``: where one
    request needs another's answer, with the ``further`` endpoints that it asks.
    """

    account: Lookup[Identity]
    rights: Lookup[Key] | None = None
    sub_account: SubAccountLookup | None = None
    procedure: Procedure | None = None
    further: tuple[Endpoint, ...] = ()

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Every request that may be sent, in the order of asking."""
        first = () if self.rights is None else (self.rights.endpoint,)
        kind = () if self.sub_account is None else (self.sub_account.endpoint,)
        asked = (*first, *kind, self.account.endpoint, *self.further)
        return tuple(endpoint for endpoint in asked if endpoint is not None)


@dataclass(frozen=True, slots=True)
class Outage:
    """A service under maintenance. ``service`` None: everything; ``paper``: paper trading only.

    ``starts_at``: of one that is announced; None when it goes on already.
    """

    service: str | None
    title: str
    paper: bool = False
    starts_at: datetime | None = None
