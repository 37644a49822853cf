"""The specification of one exchange: the requests that its unified methods send, and what each of them shows.

``reads/<id>.txt`` is the allow-list: one private or public read a line (method, host, path, ccxt's section, ccxt's
path). ``calls/<id>.toml`` lists the unified methods with their parameters, the place of the rows in the answer, and
the gaps that no method shows. Both are written by hand from recorded requests and tested against them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from auditor.i18n import mark
from auditor.model.records import Area, Part

FOLDER = Path(__file__).parent
# One part of a path that the exchange fills in, such as an account's number.
ANY = "*"
# The method of a call that no unified method of ccxt makes.
ASK = "ask"
NEVER_OPENED = mark("You never opened this product: the exchange has no account for it.")


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UnifiedPages(_Facts):
    """The pagination of a list.

    By a cursor ``at`` a place of the answer, by that field of the last row, by page number, or by the number of rows
    to skip. ``more``: the place where the answer says whether there are more rows; at the end it must not.
    """

    kind: Literal["cursor", "last", "page", "skip"]
    param: str
    at: str = ""
    first: int = 1
    more: str = ""


class Window(_Facts):
    """A list that is requested in time windows of at most ``days``, ``back`` days into the past.

    ``start`` "since" passes the start to ccxt's own argument; without it ccxt uses a default.
    """

    start: str
    end: str
    days: int
    back: int = 400
    unit: Literal["ms", "s"] = "ms"


class States(_Facts):
    """The states of a movement, in the exchange's words: the ``final`` ones, the others' meaning, the stuck ones.

    ``beside``: a further field whose words must be in ``beside_final`` (or missing) for the movement to be over;
    ``above_zero``: by final state, the field that must be above zero for the state to count.
    """

    field: str
    final: frozenset[str]
    words: Mapping[str, str] = {}
    stuck: frozenset[str] = frozenset()
    beside: str = ""
    beside_final: frozenset[str] = frozenset()
    above_zero: Mapping[str, str] = {}


class ForEach(_Facts):
    """A list that needs one request for each ``what``, passed in the parameter ``param``.

    A market (ccxt's own argument, for the account's assets), a coin in which inverse contracts settle, an asset that
    secures contracts (``least``: those that are asked for whatever is listed; ``spelled``: further parameters for an
    asset that the exchange spells otherwise there), or the ``field`` of every row of a surface. ``places``: surfaces
    that must be read first.
    """

    what: Literal["market", "coin", "security", "row"]
    param: str = ""
    places: tuple[str, ...] = ()
    field: str = ""
    least: tuple[str, ...] = ()
    spelled: Mapping[str, Mapping[str, str]] = {}


class EmptyShape(_Facts):
    """A list that the exchange is known to write otherwise when it is empty: ``at`` that place nothing, or null.

    ``beside``: the field that such an answer has there; the last name of ``at`` itself where it is null, never missing.
    ``count``: the number of rows that the answer gives, which must be zero; ``settled_by``: surfaces that show the same
    thing, without which it stays in doubt; ``source``: where it was seen.
    """

    at: str
    beside: str
    count: str = ""
    settled_by: tuple[str, ...]
    source: str


class TotalPart(_Facts):
    """A part of an account in a list of totals: its ``name`` for readers, and the ``wallets`` that show its money.

    ``rough``: it counts only where none of them shows anything, since it has open profit in it.
    """

    name: str
    wallets: tuple[str, ...] = ()
    rough: bool = False


class WalletTotal(_Facts):
    """A total that an answer gives beside its rows, in ``unit``.

    ``wallet``: that of the rows, if not the surface's own; ``also``: further wallets that show the same money;
    ``alone``: it counts only where no row of its answer holds anything, since it has open profit in it or a price of
    the exchange's own; ``rough``: only where no row of these wallets does; ``optional``: it may be missing from an
    answer that is asked for its totals.

    ``parts``: of a list of totals, by the key of each or by its field ``part``; one that is not named has no rows;
    ``proven_by``: the field without which a figure proves nothing; ``unless``: the place of the totals beside which
    this one counts only where all of them are zero.
    """

    unit: str
    wallet: str = ""
    also: tuple[str, ...] = ()
    alone: bool = False
    rough: bool = False
    optional: bool = False
    part: str = ""
    parts: Mapping[str, TotalPart] = {}
    proven_by: str = ""
    unless: str = ""


class NeverOpened(_Facts):
    """An error that the exchange documents for a product that the account never opened.

    ``calls``: the surfaces of that product; ``says``: a part of the message, where the code has other meanings;
    ``after``: surfaces that this key must have read, where the code could mean the key.
    """

    code: str
    calls: frozenset[str]
    source: str
    meaning: str = NEVER_OPENED
    says: str = ""
    after: frozenset[str] = frozenset()


class UnifiedCall(_Facts):
    """One surface: the unified ``method`` that reads it, and the place of its ``rows`` in the answer of path ``at``.

    ``rows``: names with dots between; ``*`` each item of a list, ``+`` each of a list that is never empty, ``{}`` each
    value of an object, ``@`` the object itself, ``?`` after a name that may be null.

    ``asset``: the field with a balance's asset, none where the rows are keyed by it; ``several``: an asset may have
    several rows; ``named_by``: the field that names a row's wallet, the same in every surface that shows it;
    ``figures``: fields that each prove a holding; ``adds``: fields whose sum is the amount, where ccxt's sum omits one;
    ``wallet``: the wallet that several surfaces show; ``owes``: whether a liability is a debt of its own, False where
    another surface shows the same debt; ``each``: values that need one request each; ``size``: rows that fill a page,
    for a list whose next page cannot be requested; ``mode``: the only account mode that has it; ``where``: field values
    of the rows that belong to this surface; ``aside``: values of a field whose rows are limits, not holdings;
    ``totals``: by place; ``empty``: other shapes of an empty list. The ``method`` `ASK` sends the request itself, for
    its totals, or for balances that no unified method of ccxt reads.
    """

    id: str
    area: Area
    title: str
    method: str
    at: str
    rows: str = ""
    params: Mapping[str, str | int | bool | list[str]] = {}
    asset: str = ""
    several: bool = False
    named_by: str = ""
    where: Mapping[str, str] = {}
    aside: Mapping[str, frozenset[str]] = {}
    figures: Mapping[str, Part] = {}
    adds: tuple[str, ...] = ()
    wallet: str = ""
    owes: bool = True
    states: States | None = None
    direction: str = ""
    pages: UnifiedPages | None = None
    window: Window | None = None
    size: int = 0
    each: ForEach | None = None
    mode: str = ""
    totals: Mapping[str, WalletTotal] = {}
    empty: EmptyShape | None = None


class Gap(_Facts):
    """A place that no unified method shows, for a person to check."""

    area: Area
    title: str


class AssumedKind(_Facts):
    """The kind of account to go on with: replacements of ccxt's ``options``.

    ``calls``: the surfaces that depend on the kind; empty where all do.
    """

    options: Mapping[str, Any]
    calls: frozenset[str] = frozenset()


class UnifiedSpec(_Facts):
    """The specification of one exchange.

    ``full``: areas that the calls read completely, which is rare.

    ``proof``: ccxt's path of the request for a key's rights; empty where none is documented; ``denied``: codes for a
    right that the key lacks; ``swallowed``: ccxt's paths whose refusal tells it the kind of account; ``optional``:
    ccxt's paths of requests beside the list of markets that a key may be refused; ``options``: replacements of ccxt's
    defaults; ``assumed``: by ccxt's path of the request that tells the kind of account, what to go on with, in doubt,
    where it is refused; ``tickers``: parameters of the unified method for the last prices of spot markets;
    ``never_opened``: errors that mean so.
    """

    source: str
    calls: tuple[UnifiedCall, ...]
    gaps: tuple[Gap, ...]
    full: frozenset[Area] = frozenset()
    proof: str = ""
    denied: frozenset[str] = frozenset()
    swallowed: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    options: Mapping[str, Any] = {}
    assumed: Mapping[str, AssumedKind] = {}
    tickers: Mapping[str, str] = {"type": "spot"}
    never_opened: tuple[NeverOpened, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One read request: as it is sent, and as ccxt names it."""

    method: str
    host: str
    path: str
    section: str
    name: str


@cache
def load_spec(exchange: str) -> UnifiedSpec | None:
    """Return the specification of one exchange, None where there is none."""
    file = FOLDER / "calls" / f"{exchange}.toml"
    return UnifiedSpec.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


@cache
def read_requests(exchange: str) -> tuple[ReadRequest, ...]:
    """Return the read requests that may be sent; none for an exchange without a list."""
    file = FOLDER / "reads" / f"{exchange}.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return tuple(ReadRequest(*line.split()) for line in lines if line and not line.startswith("#"))


def specified_exchanges() -> tuple[str, ...]:
    """Return the ids of the exchanges that have a specification."""
    return tuple(sorted(file.stem for file in (FOLDER / "calls").glob("*.toml")))
