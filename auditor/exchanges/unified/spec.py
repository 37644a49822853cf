"""What is written down of one exchange: the requests that its unified methods send, and what each of them shows.

``reads/<id>.txt`` is the guard's list: one private or public read a line (method, host, path, ccxt's section, ccxt's
path). ``calls/<id>.toml`` says which unified method is asked how, where in the answer the rows lie, and what no method
shows. Both are written by hand from what the methods were seen to send, and tested against that.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from auditor.model.records import Area, Part

FOLDER = Path(__file__).parent
# One part of a path that the exchange fills in, such as an account's number.
ANY = "*"


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pages(_Facts):
    """How a list goes on.

    By a cursor found ``at`` a place of the answer, by that field of the last row, by a page's number, or by a number of
    rows to skip. ``more``: where the answer says whether there are more rows; it must not say so at the end.
    """

    kind: Literal["cursor", "last", "page", "skip"]
    param: str
    at: str = ""
    first: int = 1
    more: str = ""


class Window(_Facts):
    """A list that is asked in stretches of at most ``days``, ``back`` days into the past.

    ``start`` "since" hands the beginning to ccxt itself, which else takes one of its own.
    """

    start: str
    end: str
    days: int
    back: int = 400
    unit: Literal["ms", "s"] = "ms"


class States(_Facts):
    """A movement's own word for its state: which are ``final``, what others mean, which need somebody.

    ``beside``: a further field whose words must be in ``beside_final`` (or missing) for the movement to be over;
    ``above_zero``: by final state, the field that must be above zero for it to be true.
    """

    field: str
    final: frozenset[str]
    words: Mapping[str, str] = {}
    stuck: frozenset[str] = frozenset()
    beside: str = ""
    beside_final: frozenset[str] = frozenset()
    above_zero: Mapping[str, str] = {}


class Each(_Facts):
    """What a list must be told one by one: every ``what``, in the parameter ``param``.

    A market (ccxt's own argument, of the assets that were seen), a coin in which inverse contracts settle, or the
    ``field`` of every row of a place. ``places``: those that must have been read before anyone can tell which.
    """

    what: Literal["market", "coin", "row"]
    param: str = ""
    places: tuple[str, ...] = ()
    field: str = ""


class Call(_Facts):
    """One place: the unified ``method`` that reads it, and where in the answer of path ``at`` its ``rows`` lie.

    ``rows``: names with dots between; ``*`` each of a list, ``+`` each of one that is never empty, ``{}`` each value of
    an object, ``@`` the object itself, ``?`` after a name that may be null.

    ``asset``: the field with a balance's asset, none where the rows are keyed by it; ``several``: an asset may have
    several rows; ``named_by``: the field that names a row's wallet, the same in every place that shows it;
    ``figures``: fields that prove a holding by themselves; ``adds``: those that together are the amount, where ccxt's
    sum leaves one out; ``wallet``: the wallet that several places show; ``owes``: whether what is owed is
    a debt of its own, which it is not where another place shows the same debt; ``each``: what it is asked for one by
    one; ``size``: rows that fill a page, for a list whose next page cannot be asked for; ``mode``: the mode of an
    account that alone has it; ``where``: fields of the rows that belong here, where others stand beside; ``aside``:
    values of a field whose rows are limits and no holdings.
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
    pages: Pages | None = None
    window: Window | None = None
    size: int = 0
    each: Each | None = None
    mode: str = ""


class Gap(_Facts):
    """What no unified method shows there, for a person to look at."""

    area: Area
    title: str


class Told(_Facts):
    """Everything of one exchange. ``full``: areas that the calls read to the last place, which is rare.

    ``proof``: ccxt's path of the request that says what a key may do; none where there is no documented one;
    ``denied``: codes for a right that the key lacks; ``swallowed``: ccxt's paths by whose refusal it learns the kind of
    account; ``options``: of ccxt's, where its own would not do; ``tickers``: what the unified method wants to be told
    for the last prices of spot markets.
    """

    source: str
    calls: tuple[Call, ...]
    gaps: tuple[Gap, ...]
    full: frozenset[Area] = frozenset()
    proof: str = ""
    denied: frozenset[str] = frozenset()
    swallowed: frozenset[str] = frozenset()
    options: Mapping[str, Any] = {}
    tickers: Mapping[str, str] = {"type": "spot"}


@dataclass(frozen=True, slots=True)
class Request:
    """One read: as it is sent, and as ccxt names it."""

    method: str
    host: str
    path: str
    section: str
    name: str


@cache
def told(exchange: str) -> Told | None:
    """What is written down of one exchange, None where nothing is."""
    file = FOLDER / "calls" / f"{exchange}.toml"
    return Told.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


@cache
def requests(exchange: str) -> tuple[Request, ...]:
    """The reads that may be sent; none where nothing is written down."""
    file = FOLDER / "reads" / f"{exchange}.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return tuple(Request(*line.split()) for line in lines if line and not line.startswith("#"))


def written() -> tuple[str, ...]:
    """The exchanges of which something is written down."""
    return tuple(sorted(file.stem for file in (FOLDER / "calls").glob("*.toml")))
