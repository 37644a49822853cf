"""The hand-written lists of what an audit may ask of Binance, against the table, and against what it really asks."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.accounts import Account
from auditor.config import exchange_config
from auditor.demo import Call
from auditor.exchanges import load
from auditor.hosts import services
from auditor.wire.guard import AllowList
from auditor.wire.surface import Numbered, Offset, Query, Surface
from tests.conftest import Audit
from tests.test_witness import lines

HERE = Path(__file__).parent.parent
BINANCE = load("binance")
BESIDE = {"sapi/v1/account/apiRestrictions", "sapi/v1/sub-account/transfer/subUserHistory", "sapi/v1/system/status"}
POST_READS = {
    "/sapi/v3/asset/getUserAsset",
    "/sapi/v1/asset/get-funding-asset",
    "/sapi/v1/asset/dust-btc",
    "/sapi/v1/asset/dust-convert/query-convertible-assets",
}


@dataclass(frozen=True, order=True)
class Place:
    """One line of the surfaces file."""

    area: str
    method: str
    path: str
    asked: str
    standing: str
    product: str


def by_hand() -> list[Place]:
    return [Place(*words) for words in lines(HERE / "surfaces" / "binance.txt")]


def allowed_by_hand() -> list[list[str]]:
    return list(lines(HERE / "allowlist" / "binance.txt"))


def of_the_table() -> set[Place]:
    return {place(surface, query) for surface in BINANCE.surfaces for query in surface.queries}


def place(surface: Surface, query: Query) -> Place:
    return Place(
        area=surface.area.value,
        method=surface.method,
        path=path(surface),
        asked=asked(surface, query),
        standing=standing(surface),
        product=product(surface),
    )


def standing(surface: Surface) -> str:
    if surface.some:
        return "some"
    return "by-eye" if surface.by_eye and not surface.absent else surface.standing.value


def path(surface: Surface) -> str:
    return (BINANCE.prefix_of(surface) + surface.path).removeprefix("/")


def asked(surface: Surface, query: Query) -> str:
    said = [f"{name}={value}" for name, value in sorted(query.params.items())]
    back = "all" if query.back is None else f"{query.back.days}d"
    return "&".join([*said, *([f"back={back}"] if surface.windows else [])]) or "-"


PLANNED = {"email=*", "algo=*&userName=*"}
"""What is asked for each of what was found before."""
PRODUCTS = {
    "isMarginEnabled": "margin trading",
    "isFutureEnabled": "futures trading",
    "isOptionsEnabled": "options trading",
    "isPortfolioMarginRetailEnabled": "portfolio margin",
}


def product(surface: Surface) -> str:
    """What the account must have: its kind, the product that the table names, or something that is left."""
    if surface.kinds:
        return ",".join(surface.kinds)
    if "mining" in surface.after:
        return "named"
    named = [name for name, words in PRODUCTS.items() if f" {words} " in surface.nothing]
    return named[0] if named else "left" if surface.after else "any"


def stripped(place: Place) -> tuple[str, str]:
    return place.method, place.path


def sent(call: Call) -> dict[str, str]:
    """The parameters of a request, without those that page or bound it in time."""
    cut = {"startTime", "endTime", "beginTime", "startTimestamp", "endTimestamp"}
    for surface in BINANCE.surfaces:
        if path(surface) == call.path and isinstance(surface.paging, Numbered):
            cut |= {surface.paging.number, surface.paging.limit}
        if path(surface) == call.path and isinstance(surface.paging, Offset):
            cut |= {surface.paging.skip, surface.paging.limit}
    return {name: value for name, value in call.query.items() if name not in cut}


def fits(place: Place, call: Call) -> bool:
    parts = [part for part in place.asked.split("&") if part != "-" and not part.startswith("back=")]
    expected = dict(part.split("=", 1) for part in parts)
    actual = sent(call)
    alike = expected.keys() == actual.keys() and all(value in {"*", actual[name]} for name, value in expected.items())
    return stripped(place) == (call.method, call.path) and alike


def test_each_place_in_the_table_is_one_of_those_written_down_by_hand_and_none_is_missing() -> None:
    table = of_the_table()
    once_more = {p for p in by_hand() if p.asked == "isIsolated=TRUE&symbol=*"}
    expected = {
        p if p.asked not in PLANNED else Place(p.area, p.method, p.path, "-", p.standing, p.product) for p in by_hand()
    }
    assert expected - once_more == table


def test_each_place_is_asked_as_written_down_and_nothing_else_is(demo: Audit) -> None:
    calls = [c for name in ("binance-messy", "binance-empty", "binance-dust") for c in demo(name).calls]
    unasked = {place for place in by_hand() if not any(fits(place, call) for call in calls)}
    unknown = {
        f"{call.method} {call.path} {sent(call)}"
        for call in calls
        if call.path not in BESIDE and not any(fits(place, call) for place in by_hand())
    }
    assert (set(), set()) == (unasked, unknown)


def test_what_may_be_sent_is_what_was_written_down_by_hand() -> None:
    account = Account(name="a", exchange="binance", credentials={})
    expected = {(method, f"https://{host}", path) for method, host, path in allowed_by_hand()}
    actual = AllowList.of(BINANCE, ["https://api.binance.com"], services(account)).requests
    assert expected == actual


def test_an_address_of_ones_own_serves_every_service_by_path() -> None:
    account = Account(name="a", exchange="binance", credentials={}, base_url="http://127.0.0.1:9")
    expected = {(method, "http://127.0.0.1:9", path) for method, _host, path in allowed_by_hand()}
    actual = AllowList.of(BINANCE, ["http://127.0.0.1:9"], services(account)).requests
    assert expected == actual


@pytest.mark.parametrize("host", exchange_config("binance").api_hosts)
def test_a_further_host_of_the_exchange_leaves_futures_and_options_where_they_are(host: str) -> None:
    account = Account(name="a", exchange="binance", credentials={}, base_url=f"https://{host}")
    assert {"fapi", "dapi", "eapi", "papi"} == set(services(account))


def test_only_reads_are_on_the_list_and_four_of_them_are_post() -> None:
    assert POST_READS == {path for method, _host, path in allowed_by_hand() if method == "POST"}
    assert {"GET", "POST"} == {method for method, _host, _path in allowed_by_hand()}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sapi/v1/soft-staking/set"),
        ("POST", "/sapi/v1/asset/dust"),
        ("POST", "/sapi/v1/asset/dust-convert/convert"),
        ("POST", "/sapi/v1/asset/transfer"),
        ("DELETE", "/api/v3/openOrders"),
        ("DELETE", "/sapi/v1/margin/openOrders"),
    ],
)
def test_the_neighbours_that_change_something_are_not_on_the_list(method: str, path: str) -> None:
    assert (method, "https://api.binance.com", path) not in AllowList.of(BINANCE, ["https://api.binance.com"]).requests
