"""The files of a witness: what may be sent to an exchange, what an audit looks into, and what must never be sent.

``allowlist.txt``, ``surfaces.txt`` and ``writes.txt`` stand in a folder named by ccxt's id; the first line that is no
comment names the columns. A site that inherits its facts (``inherits`` in ``config/<id>.toml``) inherits them as well.
"""

import re
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import cast

import aiohttp
from pydantic import SecretStr

from auditor.exchanges.registry import known, load
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.ccxt_account import made
from auditor.model.account import Account, Options
from auditor.settings.exchange_facts import exchange_config, known_exchanges
from auditor.settings.origins import services
from auditor.spec.surface import Exchange, Numbered, Offset, Paging, Query, Surface
from auditor.transport.guard import AllowList
from auditor.transport.session_pool import Host

HERE = Path(__file__).parent
REQUEST_COLUMNS = ["method", "host", "path"]
PLACE_COLUMNS = ["area", "method", "path", "asked", "standing", "modes", "kinds", "product"]
LOOPBACK = "http://127.0.0.1:9"
# Long enough to be a secret, and base64 for the exchanges that decode it.
CREDENTIAL = "c2VjcmV0" * 11
PARAMETER = re.compile(r"\{[^}]*\}|\*")


@dataclass(frozen=True, order=True)
class Request:
    """One line of an allow-list or of the documented writes. ``host`` "*": any of the exchange's hosts."""

    method: str
    host: str
    path: str


@dataclass(frozen=True, order=True)
class Place:
    """One line of a surfaces file."""

    area: str
    method: str
    path: str
    asked: str
    standing: str
    modes: str
    kinds: str
    product: str


def guarded_exchanges() -> tuple[str, ...]:
    """List every exchange to which a request may leave: those with a table, and those with a list of reads."""
    return tuple(sorted({*known(), *facts.written()}))


def root(exchange: str) -> str:
    """Return the exchange whose witness holds for this one: itself, or the one that its facts inherit from."""
    parent = exchange_config(exchange).inherits
    return parent if parent in known_exchanges() else exchange


def read_requests(exchange: str, file: str) -> list[Request]:
    """Read ``allowlist`` or ``writes``. Raises FileNotFoundError where nobody has written one."""
    return [Request(*words) for words in _read(exchange, file, REQUEST_COLUMNS)]


def read_places(exchange: str) -> list[Place]:
    """Read ``surfaces``. Raises FileNotFoundError where nobody has written one."""
    return [Place(*words) for words in _read(exchange, "surfaces", PLACE_COLUMNS)]


def _read(exchange: str, file: str, columns: list[str]) -> list[list[str]]:
    text = (HERE / root(exchange) / f"{file}.txt").read_text(encoding="utf-8")
    header, *rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert columns == header
    return rows


def guard(exchange: str, url: str | None = None) -> AllowList:
    """Return the allow-list that an audit of an account at ``url`` (None: the exchange's first host) is held to."""
    table = load(exchange)
    account = Account(
        name="a",
        exchange=exchange,
        credentials={name: SecretStr(CREDENTIAL) for name in table.credentials},
        base_url=url,
    )
    home = url or f"https://{exchange_config(exchange).api_hosts[0]}"
    if exchange in known():
        return AllowList.of(table, [home], services(account))
    host = _Unopened(home, Options(pace=0))
    made(table, account, Options(pace=0), host)
    return host.allow


class _Unopened(Host):
    """A host that opens no session, and keeps the allow-list that it was asked to open one for."""

    allow: AllowList

    def session(self, allow: AllowList) -> aiohttp.ClientSession:
        self.allow = allow
        return cast(aiohttp.ClientSession, None)


def sent(request: Request, exchange: str, url: str) -> tuple[str, str, str]:
    """Return the (method, origin, path) of a witnessed read for an account at ``url``.

    An official address takes the place of the exchange's first host; one of the user's own serves every host.
    """
    official = {f"https://{host}" for host in exchange_config(exchange).api_hosts}
    moved = url not in official or request.host == exchange_config(root(exchange)).api_hosts[0]
    return request.method, url if moved else f"https://{request.host}", request.path


def urls(exchange: str) -> tuple[str, ...]:
    """List where an account of the exchange may live: each of its own hosts, and an address of the user's own."""
    return (*(f"https://{host}" for host in exchange_config(exchange).api_hosts), LOOPBACK)


def sample(path: str) -> str:
    """Fill in the parameters of a path."""
    return PARAMETER.sub("sample1", path)


def alike(one: str, other: str) -> bool:
    """Whether a path can be both of these, each of which may have parameters."""
    parts, others = one.split("/"), other.split("/")
    pairs = zip(parts, others, strict=False)
    return len(parts) == len(others) and all(a == b or PARAMETER.search(a + b) is not None for a, b in pairs)


def places_of_the_table(exchange: str) -> set[Place]:
    """Write the rows of a table as a witness would."""
    table = load(exchange)
    return {
        _place(table, surface, query, products(exchange))
        for surface in (table.identity, table.status, *table.surfaces)
        for query in surface.queries
    }


def products(exchange: str) -> set[str]:
    """Return the witness's own words for the products of an account."""
    return {place.product for place in read_places(exchange)} - {"any", "found", "named"}


def _place(table: Exchange, surface: Surface, query: Query, words: set[str]) -> Place:
    return Place(
        area=surface.area.value,
        method=surface.method,
        path=full_path(table, surface),
        asked=_asked(surface, query),
        standing=_standing(surface),
        modes=",".join(sorted(surface.modes or ())) or "all",
        kinds=",".join(sorted(surface.kinds or ())) or "all",
        product=_product(table, surface, words),
    )


def full_path(table: Exchange, surface: Surface) -> str:
    """Return the whole path of a surface, as it is sent."""
    return table.prefix_of(surface) + surface.path


def _asked(surface: Surface, query: Query) -> str:
    parameters = [f"{name}={value}" for name, value in sorted(query.params.items())]
    whole = ["back=all"] if surface.windows else []
    back = whole if query.back is None else [f"back={query.back.days}d"]
    return "&".join(parameters + back) or "-"


def _standing(surface: Surface) -> str:
    if surface.some:
        return "some"
    return "by-eye" if surface.by_eye and not surface.absent else surface.standing.value


def _product(table: Exchange, surface: Surface, words: set[str]) -> str:
    """Return the product that the table's own sentence names; a sentence that fits none of ``words`` stands whole."""
    named = {other.id for other in table.surfaces if other.named}
    if surface.named or named & set(surface.after):
        return "named"
    found = [word for word in sorted(words) if f" {word.replace('-', ' ')} " in surface.nothing]
    return found[0] if found else surface.nothing or ("found" if surface.after else "any")


def in_the_table(place: Place) -> Place:
    """Return what a row says by itself of a place that is asked for each of what was found before."""
    return replace(place, asked="-") if "=*" in place.asked else place


def fits(place: Place, method: str, path: str, query: dict[str, str]) -> bool:
    """Whether this request asks the place, where ``query`` lacks what pages or bounds it."""
    parts = [part for part in place.asked.split("&") if part != "-" and not part.startswith("back=")]
    expected = dict(part.split("=", 1) for part in parts)
    same = expected.keys() == query.keys() and all(value in {"*", query[name]} for name, value in expected.items())
    return same and (method, path) == (place.method, place.path)


def unpaged(table: Exchange, path: str, query: dict[str, str]) -> dict[str, str]:
    """Return the parameters of a request without those that page it or bound it in time."""
    asked = [surface for surface in table.surfaces if full_path(table, surface) == path]
    cut = {name for surface in asked for name in _paging(surface)}
    return {name: value for name, value in query.items() if name not in cut}


def _paging(surface: Surface) -> set[str]:
    times = {surface.windows.start, surface.windows.end} if surface.windows else set()
    match surface.paging:
        case Numbered(number=name, limit=limit) | Offset(skip=name, limit=limit):
            return {*times, name, limit}
        case Paging(cursor=name):
            return {*times, name, "limit"}
    return times


def as_line(row: Request | Place) -> str:
    """Return a line of a witness as it is written."""
    return " ".join(astuple(row))
