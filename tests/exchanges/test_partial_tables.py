"""A table that is not complete: the unified reader reads the rest, and the account is never called clean."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from auditor import demo
from auditor.__main__ import main
from auditor.cli.commands import exchanges as matrix
from auditor.exchanges import registry
from auditor.exchanges.bitget.envelope import unwrap
from auditor.exchanges.bitget.identity import IDENTIFICATION
from auditor.exchanges.registry import load
from auditor.exchanges.shared.readers import OrderWords, balance, open_order
from auditor.exchanges.unified.exchange import unified_exchange
from auditor.model.records import Area
from auditor.model.report import Verdict
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread
from auditor.spec.endpoint import Endpoint, Limit, Query, Site
from auditor.spec.exchange import Api, Exchange
from auditor.spec.identity import Lookup
from auditor.spec.surface import Surface
from tests.conftest import DemoAudit
from tests.exchanges import witness
from tests.exchanges.bench import Bench, bench
from tests.exchanges.findings import blockers, readings, unread
from tests.exchanges.witness import Request, guard, names_every_place, read_requests, sent

ID = "bitget"
PRIVATE = Site("private.uta", "/api/")
FUNDING, ORDERS = "/api/v3/account/funding-assets", "/api/v3/trade/unfilled-orders"


def error_code(body: object) -> tuple[str, str] | None:
    """The code of an answer that is no success."""
    code = body.get("code") if isinstance(body, dict) else None
    return None if code == "00000" else (str(code), str(body.get("msg")) if isinstance(body, dict) else "")


NO_WORDS = OrderWords(kinds={}, sides={}, states={})
MADE_UP = Exchange(
    id=ID,
    name="Bitget",
    api=Api(credentials=("apiKey", "secret", "password"), unwrap=unwrap, error_code=error_code),
    identification=IDENTIFICATION,
    clock=Lookup(id="clock", title="Server time", endpoint=None),
    status=Lookup(id="maintenance", title="Maintenance", endpoint=None),
    surfaces=(
        Surface(
            id="wallet-of-the-table",
            area=Area.BALANCES,
            title="Funding account",
            endpoint=Endpoint(
                path=FUNDING.removeprefix("/api/"),
                site=PRIVATE,
                limit=Limit(5, 1),
                source="made up",
            ),
            reader=balance(wallet="funding", asset="coin", amount="balance"),
        ),
        Surface(
            id="orders-of-the-table",
            area=Area.ORDERS,
            title="Spot orders",
            endpoint=Endpoint(
                path=ORDERS.removeprefix("/api/"),
                site=PRIVATE,
                limit=Limit(50, 1),
                queries=(Query(params={"category": "SPOT"}),),
                # The list is null where it is empty.
                rows=lambda data: (data.get("list") or []) if isinstance(data, dict) else [],
                source="made up",
            ),
            reader=open_order(NO_WORDS, number="orderId", market="symbol", kind="order", size="qty"),
            value=False,
        ),
    ),
)
OWN = {surface.id for surface in MADE_UP.surfaces}
AREAS = {surface.area for surface in MADE_UP.surfaces}


@pytest.fixture(scope="module")
def shared() -> Iterator[Bench]:
    """A demo exchange of its own: what is remembered of another table proves nothing here."""
    with bench() as one:
        yield one


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bitget has this table, and no other."""
    known = tuple(sorted({*registry.table_ids(), ID}))
    monkeypatch.setitem(sys.modules, f"auditor.exchanges.{ID}.exchange", SimpleNamespace(EXCHANGE=MADE_UP))
    for module in (registry, matrix):
        monkeypatch.setattr(module, "table_ids", lambda: known)


@pytest.fixture
def empty() -> demo.Account:
    return demo.account(f"{ID}-empty")


@pytest.fixture
def messy() -> demo.Account:
    return demo.account(f"{ID}-messy")


def test_it_is_never_said_to_be_read_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["exchanges", "--format", "json"])
    (line,) = [one for one in json.loads(capsys.readouterr().out)["exchanges"] if one["id"] == ID]
    assert "full" not in line["areas"].values()
    assert ["partial", "partial", "yes"] == [line["areas"]["balances"], line["areas"]["orders"], line["key_proof"]]


def test_an_account_that_holds_nothing_is_incomplete_whatever_the_table_reads(
    shared: Bench, empty: demo.Account
) -> None:
    audited = shared.audit(empty)
    assert (Verdict.INCOMPLETE, set()) == (audited.report.verdict, blockers(audited))
    assert all(isinstance(result_of(audited, name), Read) for name in OWN)


def result_of(audited: DemoAudit, place: str) -> Read | Unread | NotApplicable:
    (reading,) = readings(audited, place)
    return reading.result


@pytest.mark.parametrize("area", sorted(AREAS))
def test_an_area_of_the_table_has_a_place_that_stays_unread(shared: Bench, empty: demo.Account, area: Area) -> None:
    assert Trouble.NO_METHOD is unread(shared.audit(empty), f"unread-{area}-others").trouble


def test_areas_that_the_table_lacks_are_read_by_the_unified_reader(shared: Bench, messy: demo.Account) -> None:
    audited = shared.audit(messy)
    others = [one for one in unified_exchange(ID).surfaces if one.area not in AREAS and one.endpoint is not None]
    assert others
    assert {one.id for one in others} <= {one.id for one in load(ID).surfaces}
    results = [result_of(audited, one.id) for one in others]
    # An account of one mode does not have what is of the other.
    assert {Read, NotApplicable} == set(map(type, results))
    assert {one.id for one in others} & blockers(audited)


def test_places_of_an_area_that_the_table_has_are_left_to_the_table(shared: Bench, messy: demo.Account) -> None:
    places = {r.surface for r in shared.audit(messy).snapshot.accounts[0].readings if r.area in AREAS}
    reference = {"markets", "prices", "networks"}
    assert {*OWN, *(f"unread-{area}-others" for area in AREAS)} == places - reference


def test_what_is_left_in_the_tables_wallet_is_valued_and_its_dust_listed(shared: Bench, empty: demo.Account) -> None:
    """Markets and prices are the unified reader's, and are asked for what the table found."""
    dust = [{"coin": "BTC", "balance": "0.00000001", "available": "0.00000001", "frozen": "0"}]
    audited = shared.audit(empty.with_rows(FUNDING, dust))
    assert (Verdict.BLOCKED, {"wallet-of-the-table"}) == (audited.report.verdict, blockers(audited))
    assert [("BTC", "0.00000001")] == [(line.asset, f"{line.amount:f}") for line in audited.report.dust]
    assert all(isinstance(result_of(audited, name), Read) for name in ("markets", "prices"))


def test_an_order_of_the_tables_alone_blocks(shared: Bench, empty: demo.Account, messy: demo.Account) -> None:
    audited = shared.audit(empty.with_rows(ORDERS, messy.rows(ORDERS)))
    assert {"orders-of-the-table"} == blockers(audited)


def test_the_key_is_proved_as_it_is_for_the_unified_reader(shared: Bench, empty: demo.Account) -> None:
    assert IDENTIFICATION is load(ID).identification is unified_exchange(ID).identification
    audited = shared.audit(empty)
    key = audited.snapshot.accounts[0].key
    assert "/api/v3/account/settings" == audited.calls[0].path
    assert key is not None
    assert key.readonly


def test_a_wider_key_is_refused_and_asked_nothing_else(shared: Bench, empty: demo.Account) -> None:
    audited = shared.audit(empty.with_key(permType="read-and-write"))
    asked = ["/api/v3/account/settings", "/api/v3/account/info"]
    assert (Verdict.REFUSED, asked) == (audited.report.verdict, [call.path for call in audited.calls])


def test_no_more_may_be_sent_than_the_witness_allows() -> None:
    url = witness.LOOPBACK
    expected = {sent(request, ID, url) for request in read_requests(ID, "allowlist")}
    assert expected == guard(ID, url).requests


def test_a_place_that_no_reader_of_the_table_reads_is_never_taken_for_empty(shared: Bench, empty: demo.Account) -> None:
    found = shared.audit(empty).snapshot.accounts[0].readings
    assert [] == [r.surface for r in found if isinstance(r.result, Read) and r.endpoint == "no method"]


def test_a_table_that_calls_itself_complete_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    complete = replace(MADE_UP, complete=True)
    monkeypatch.setitem(sys.modules, f"auditor.exchanges.{ID}.exchange", SimpleNamespace(EXCHANGE=complete))
    assert OWN == {surface.id for surface in load(ID).surfaces}


HEAD = "# Every place at Bitget, written by hand.\n#\n"
COLUMNS = f"{' '.join(witness.PLACE_COLUMNS)}\n"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which the witness of Bitget's places would stand."""
    (tmp_path / ID).mkdir()
    monkeypatch.setattr(witness, "HERE", tmp_path)
    return tmp_path / ID / "surfaces.txt"


@pytest.mark.parametrize(
    ("line", "complete"), [("", False), ("# not complete\n", False), (f"{witness.COMPLETE}\n", True)]
)
def test_a_witness_is_complete_only_when_a_line_of_its_own_says_so(written: Path, line: str, complete: bool) -> None:
    written.write_text(HEAD + line + COLUMNS, encoding="utf-8")
    assert complete is names_every_place(ID)


def test_a_request_of_a_witness_names_its_host() -> None:
    assert {"api.bitget.com"} == {one.host for one in read_requests(ID, "allowlist") if isinstance(one, Request)}
