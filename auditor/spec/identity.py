"""Requests about the key, the clock and the exchange itself; their answers show no holding."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from auditor.i18n import Message, _
from auditor.model.records import Area
from auditor.model.snapshot import Key, Standing
from auditor.spec.blanks import AccountSetup
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, MalformedError
from auditor.spec.parsed_row import Row
from auditor.spec.spelling import respelled
from auditor.spec.surface import NO_METHOD

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, kw_only=True)  # no slots: typing marks an instance of Lookup[T] with its type
class Lookup(Generic[T_co]):
    """A request whose answer is one row, or a list of rows of one shape.

    ``read``: maps a row to its meaning.

    ``endpoint``, ``read`` None: this exchange has no such request. ``right``: the right that the request needs.
    """

    id: str
    title: str
    endpoint: Endpoint | None
    fields: tuple[Field, ...] = ()
    read: Callable[[Row], T_co] | None = None
    right: str = "Read"

    @property
    def area(self) -> Area:
        """The area that reports show it in."""
        return Area.STATUS

    @property
    def standing(self) -> Standing:
        """Always documented: an account whose lookup failed is not clean."""
        return Standing.DOCUMENTED

    @property
    def address(self) -> str:
        """Method and path of its request, for reports."""
        return NO_METHOD if self.endpoint is None else self.endpoint.name

    def answer(self, raw: object) -> T_co:
        """Return the meaning of one row. Raises MalformedError for a row that is not exactly understood."""
        if self.read is None:
            raise MalformedError(_("nothing here reads such an answer"))
        return self.read(Row(respelled(raw, [field.name for field in self.fields]), self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The account and rights of a key, as the exchange states them. ``kind``: main or sub.

    ``uid`` is empty when the key has too many rights and no further request was sent; ``main_uid`` when a
    sub-account's key does not show its main account. ``proven`` False: the exchange cannot state the key's rights;
    ``nameless``: nor its account; ``client``: whose account it is, in words that the exchange and others of its brand
    use alike; ``doubts``: sentences on what this key does not show; ``borrows``: whether the account can borrow, None
    where the exchange does not say.
    """

    uid: str
    main_uid: str
    kind: str
    mode: str | None
    key: Key
    proven: bool = True
    nameless: bool = False
    client: str = ""
    doubts: tuple[Message, ...] = ()
    borrows: bool | None = None

    @property
    def setup(self) -> AccountSetup:
        """How the account is set up."""
        return AccountSetup(mode=self.mode, borrows=self.borrows)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubAccountLookup:
    """A request that only a sub-account's key may send: a refusal with one of ``codes`` proves a main account."""

    endpoint: Endpoint
    codes: frozenset[str]


class Ask(Protocol):
    """Sends one request and returns the answer's data. Raises the client's error for a refusal."""

    async def __call__(self, endpoint: Endpoint, params: Mapping[str, str]) -> object:
        """Return the answer's data."""


# Identifies a key by several requests where one needs another's answer. The text is the key's public part.
Procedure = Callable[[Ask, str], Awaitable[Identity]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """How to identify a key's account (``account``) and rights at an exchange.

    ``rights``, ``sub_account``: separate requests for what ``account`` does not answer. ``procedure``: where one
    request needs another's answer, with the ``further`` endpoints that it uses.
    """

    account: Lookup[Identity]
    rights: Lookup[Key] | None = None
    sub_account: SubAccountLookup | None = None
    procedure: Procedure | None = None
    further: tuple[Endpoint, ...] = ()

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return every request that may be sent, in order."""
        first = () if self.rights is None else (self.rights.endpoint,)
        kind = () if self.sub_account is None else (self.sub_account.endpoint,)
        endpoints = (*first, *kind, self.account.endpoint, *self.further)
        return tuple(endpoint for endpoint in endpoints if endpoint is not None)


@dataclass(frozen=True, slots=True)
class Outage:
    """A service under maintenance.

    ``service`` None: the whole exchange; ``paper``: paper trading only.

    ``starts_at``: the time of an announced outage; None when it has started.
    """

    service: str | None
    title: str
    paper: bool = False
    starts_at: datetime | None = None
