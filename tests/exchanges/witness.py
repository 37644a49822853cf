"""The files of a witness: what may be sent to an exchange, what an audit looks into, and what must never be sent.

``allowlist.txt``, ``surfaces.txt`` and ``writes.txt`` stand in a folder named by ccxt's id; the first line that is no
comment names the columns. The comments above it say whether ``surfaces.txt`` is complete (`COMPLETE`). A site
that inherits its facts (``inherits`` in ``config/<id>.toml``) inherits them as well; ``unserved.txt`` in its own folder
says what that site does not serve.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import cast

import aiohttp
from pydantic import SecretStr
from yarl import URL

from auditor.archive.session import archive_table
from auditor.exchanges.client import open_client
from auditor.exchanges.registry import load, table_ids
from auditor.exchanges.unified import spec as facts
from auditor.model.account import Account, Options
from auditor.model.snapshot import Trouble
from auditor.settings.exchange_facts import exchange_config, known_exchanges
from auditor.settings.origins import addresses
from auditor.spec.client import ExchangeClient
from auditor.spec.endpoint import Cursor, Endpoint, Numbered, Offset, Query, Token
from auditor.spec.exchange import Exchange
from auditor.spec.surface import NotServed, Surface
from auditor.transport.client import TableClient
from auditor.transport.guard import AllowList, NotAllowedError
from auditor.transport.session_pool import SessionPool

HERE = Path(__file__).parent
ARCHIVE_ALLOWLISTS = HERE.parent / "archive/allowlists"
UNSERVED_COLUMNS = ["method", "path", "refusals"]
REQUEST_COLUMNS = ["method", "host", "path"]
PLACE_COLUMNS = ["area", "method", "path", "asked", "standing", "modes", "kinds", "product"]
LOOPBACK = "http://127.0.0.1:9"
# Long enough to be a secret, and base64 for the exchanges that decode it.
CREDENTIAL = "c2VjcmV0" * 11
KUCOIN_EU = {"api.kucoin.com": "https://api.kucoin.eu", "api-futures.kucoin.com": "https://api-futures.kucoin.eu"}
# Where each host of the main site lives at a regional site that has several hosts, by an address of that site.
REGIONAL = dict.fromkeys(KUCOIN_EU.values(), KUCOIN_EU)
COMPLETE = "# complete: it names every place that the exchange documents"
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
    return tuple(sorted({*table_ids(), *facts.specified_exchanges()}))


def root(exchange: str) -> str:
    """Return the exchange whose witness holds for this one: itself, or the one that its facts inherit from."""
    parent = exchange_config(exchange).inherits
    return parent if parent in known_exchanges() else exchange


def read_requests(exchange: str, file: str) -> list[Request]:
    """Read ``allowlist`` or ``writes``. Raises FileNotFoundError where nobody has written one."""
    return [Request(*words) for words in _read(exchange, file, REQUEST_COLUMNS)]


def read_archive_requests(exchange: str) -> list[Request]:
    """Read what an archive may send. Raises FileNotFoundError where nobody has written it down."""
    file = ARCHIVE_ALLOWLISTS / f"{root(exchange)}.txt"
    return [Request(*words) for words in _table(file.read_text(encoding="utf-8"), REQUEST_COLUMNS)]


def read_places(exchange: str) -> list[Place]:
    """Read ``surfaces``. Raises FileNotFoundError where nobody has written one."""
    return [Place(*words) for words in _read(exchange, "surfaces", PLACE_COLUMNS)]


def read_unserved(exchange: str) -> set[tuple[str, ...]]:
    """Read what the site of this very exchange does not serve: method, path, and how it is refused."""
    file = HERE / exchange / "unserved.txt"
    return {tuple(words) for words in _table(file.read_text("utf-8"), UNSERVED_COLUMNS)} if file.is_file() else set()


def unserved_by_the_table(exchange: str) -> set[tuple[str, ...]]:
    """Write what a table says of the same as a witness would."""
    table = load(exchange)
    return {
        (surface.endpoint.method, full_path(table, surface.endpoint), _refusals(surface.not_served))
        for surface in table.surfaces
        if surface.endpoint is not None and surface.not_served is not None
    }


def _refusals(unserved: NotServed) -> str:
    codes = unserved.refusals - set(Trouble)
    return ",".join(sorted(codes)) or "any"


def names_every_place(exchange: str) -> bool:
    """Whether the witness says of itself that it names every documented place, by the line `COMPLETE` at its head."""
    return COMPLETE in _text(exchange, "surfaces").splitlines()


def witnessed() -> tuple[str, ...]:
    """List the exchanges with a table whose places somebody has written down."""
    return tuple(one for one in table_ids() if _file(one, "surfaces").is_file())


def _file(exchange: str, file: str) -> Path:
    return HERE / root(exchange) / f"{file}.txt"


def _text(exchange: str, file: str) -> str:
    return _file(exchange, file).read_text(encoding="utf-8")


def _read(exchange: str, file: str, columns: list[str]) -> list[list[str]]:
    return _table(_text(exchange, file), columns)


def _table(text: str, columns: list[str]) -> list[list[str]]:
    header, *rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert columns == header
    return rows


def guard(exchange: str, url: str | None = None) -> AllowList:
    """Return the allow-list that an audit of an account at ``url`` (None: the exchange's first host) is held to.

    Of a table that is partial, the requests of its own and those of the unified reader beside it.
    """
    return _guard(load(exchange), url, open_client)


def archive_guard(exchange: str, url: str) -> AllowList:
    """Return the allow-list that an archive of an account at ``url`` is held to."""
    return _guard(archive_table(load(exchange)), url, TableClient)


def _guard(table: Exchange, url: str | None, opened: Callable[..., ExchangeClient]) -> AllowList:
    options = Options(pace=0)
    values = {name: SecretStr(CREDENTIAL) for name in table.api.credentials}
    account = Account(name="a", exchange=table.id, credentials=values, base_url=url)
    host = _Unopened(url or f"https://{exchange_config(table.id).api_hosts[0]}", options)
    asyncio.run(opened(table, account, options, host=host, addresses=addresses(account, options)).close())
    return AllowList(
        frozenset(call for allow in host.allowed for call in allow.calls),
        frozenset(request for allow in host.allowed for request in allow.requests),
        frozenset(body for allow in host.allowed for body in allow.rpc),
    )


class _Unopened(SessionPool):
    """A host that opens no session, and keeps the allow-lists that it was asked to open one for."""

    def __init__(self, home: str, options: Options) -> None:
        super().__init__(home, options)
        self.allowed: list[AllowList] = []

    def session(self, allow: AllowList) -> aiohttp.ClientSession:
        self.allowed.append(allow)
        return cast(aiohttp.ClientSession, None)


def sent(request: Request, exchange: str, url: str) -> tuple[str, str, str]:
    """Return the (method, origin, path) of a witnessed read for an account at ``url``.

    An official address takes the place of the exchange's first host; one of the user's own serves every host; a
    regional site has its own host for each.
    """
    if url in REGIONAL:
        return request.method, REGIONAL[url][request.host], request.path
    official = {f"https://{host}" for host in exchange_config(exchange).api_hosts}
    moved = url not in official or request.host == exchange_config(root(exchange)).api_hosts[0]
    return request.method, url if moved else f"https://{request.host}", request.path


def refuses(allow: AllowList, write: Request) -> bool:
    """Whether a write is refused at its own host and at every other that requests may go to."""
    own = set() if write.host == "*" else {f"https://{write.host}"}
    return all(_refuses(allow, write.method, origin + sample(write.path)) for origin in own | _origins(allow))


def _refuses(allow: AllowList, method: str, url: str) -> bool:
    try:
        allow.check_request(method, URL(url))
    except NotAllowedError:
        return True
    return False


def _origins(allow: AllowList) -> set[str]:
    return {origin for _method, origin, _path in allow.requests}


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
    own = [surface for surface in table.surfaces if surface.reader is not None]
    named, words = {surface.id for surface in own if surface.named}, products(exchange)
    return {
        *_status_places(table),
        *(place for surface in own for place in _surface_places(table, surface, named, words)),
    }


def _status_places(table: Exchange) -> set[Place]:
    """Whose the key is, and what is under maintenance: asked of every account."""
    endpoints = (table.identification.account.endpoint, table.status.endpoint)
    return {
        Place("status", one.method, full_path(table, one), _asked(one, query), "documented", "all", "all", "any")
        for one in endpoints
        if one is not None
        for query in one.queries
    }


def products(exchange: str) -> set[str]:
    """Return the witness's own words for the products of an account."""
    return {place.product for place in read_places(exchange)} - {"any", "found", "named"}


def _surface_places(table: Exchange, surface: Surface, named: set[str], words: set[str]) -> set[Place]:
    endpoint = surface.endpoint
    assert endpoint is not None
    return {
        Place(
            area=surface.area.value,
            method=endpoint.method,
            path=full_path(table, endpoint),
            asked=_asked(endpoint, query),
            standing=_standing(surface),
            modes=",".join(sorted(surface.applies_to.modes or ())) or "all",
            kinds=",".join(sorted(surface.applies_to.kinds or ())) or "all",
            product=_product(surface, named, words),
        )
        for query in endpoint.queries
    }


def full_path(table: Exchange, endpoint: Endpoint) -> str:
    """Return the whole path of an endpoint, as it is sent."""
    return endpoint.full_path(table.api.prefix)


def _asked(endpoint: Endpoint, query: Query) -> str:
    paging = _paging(endpoint)
    parameters = [f"{name}={value}" for name, value in sorted(query.params.items()) if name not in paging]
    whole = ["back=all"] if endpoint.windows else []
    back = whole if query.back is None else [f"back={query.back.days}d"]
    return "&".join(parameters + back) or "-"


def _standing(surface: Surface) -> str:
    if surface.manual_check.some_accounts:
        return "some"
    refused = surface.manual_check.codes and not surface.never_used.codes
    return "by-eye" if refused else surface.standing.value


def _product(surface: Surface, named: set[str], words: set[str]) -> str:
    """Return the product that the table's own sentence names; a sentence that fits none of ``words`` stands whole."""
    if surface.named or (surface.plan and named & set(surface.plan.after)):
        return "named"
    nothing = surface.plan.nothing if surface.plan else ""
    found = [word for word in sorted(words) if f" {word.replace('-', ' ')} " in nothing]
    return found[0] if found else nothing or ("found" if surface.plan else "any")


def in_the_table(place: Place) -> frozenset[Place]:
    """Return what a row may say by itself of a place that is asked for each of what was found before.

    The parameters that are the same each time stand in the row, or come with what was found.
    """
    fixed = [part for part in place.asked.split("&") if not part.endswith("=*")]
    back = [part for part in fixed if part.startswith("back=")]
    return frozenset(
        replace(place, asked="&".join(parts) or "-") for parts in (fixed, back if "=*" in place.asked else fixed)
    )


def fits(place: Place, method: str, path: str, query: dict[str, str]) -> bool:
    """Whether this request asks the place, where ``query`` lacks what pages or bounds it."""
    if (method, path) != (place.method, place.path):
        return False
    parts = [part for part in place.asked.split("&") if part != "-" and not part.startswith("back=")]
    expected = dict(part.split("=", 1) for part in parts)
    return expected.keys() == query.keys() and all(value in {"*", query[name]} for name, value in expected.items())


def paging(table: Exchange) -> Mapping[str, set[str]]:
    """Return the parameters that page a request or bound it in time, by its path."""
    found = defaultdict[str, set[str]](set)
    for one in table.endpoints():
        found[full_path(table, one)] |= _paging(one)
    return found


def _paging(endpoint: Endpoint) -> set[str]:
    times = {endpoint.windows.start, endpoint.windows.end} if endpoint.windows else set()
    match endpoint.pagination:
        case Numbered(number=name, limit=limit) | Offset(skip=name, limit=limit):
            return {*times, name, limit}
        case Cursor(cursor=name):
            return {*times, name, "limit"}
        case Token(parameter=name, limit=limit):
            return {*times, name, limit}
    return times


def as_line(row: Request | Place) -> str:
    """Return a line of a witness as it is written."""
    return " ".join(astuple(row))
