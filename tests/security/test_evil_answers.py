"""Answers that are made to stop the program or to be believed wrongly: one place is unread, all else is as it was."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from typing import Any

import pytest

from auditor.audit.audit_once import take_snapshot
from auditor.demo import Account, Call, Fault, Reply, account, faults, serve
from auditor.model.account import Options
from auditor.model.report import Verdict
from auditor.model.snapshot import Read, Snapshot, Trouble, Unread
from auditor.model.texts import LONGEST_MESSAGE
from auditor.transport import foreign_answer, response
from tests import remembered
from tests.conftest import DemoAudit, configured_account
from tests.exchanges.bench import Bench, bench
from tests.exchanges.findings import readings, unread
from tests.exchanges.okx.bare import BARE
from tests.exchanges.okx.samples import SAMPLES

PATH, SURFACE = "finance/savings/balance", "simple-earn"
SUCCESS = b'{"code": "0", "msg": "", "data": []}'
SMUGGLED = b'{"code": "50001", "msg": "SMUGGLED", "data": []}'
DAY = 86400
MB = 1024 * 1024
ATTEMPTS = 4
HERE = frozenset({PATH})
CHARSETS = frozenset({PATH, "account/balance", "system/status"})


@pytest.fixture(scope="module")
def shared() -> Iterator[Bench]:
    with bench() as at:
        yield at


def at(reply: Reply, *paths: str) -> Fault:
    chosen = paths or (PATH,)
    return lambda call: reply if call.path in chosen else None


def everywhere(reply: Reply) -> Fault:
    return lambda _call: reply


def asked(audited: DemoAudit, path: str = PATH) -> int:
    return sum(call.path == path for call in audited.calls)


def not_read(audited: DemoAudit) -> set[str]:
    found = audited.snapshot.accounts[0].readings
    return {reading.surface for reading in found if isinstance(reading.result, Unread)}


@pytest.fixture(scope="module")
def never_read(shared: Bench) -> set[str]:
    """What cannot be read of this account although nothing is wrong: what must be named first."""
    return not_read(shared.audit(BARE, afresh=HERE))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that is quickly passed."""
    monkeypatch.setattr(response, "LARGEST_BODY", 2 * MB)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "reply",
    [
        faults.bomb(SUCCESS, 3 * MB),
        Reply(body=SUCCESS + b" " * 3 * MB),
        Reply(body=b"<html>" + b" " * 3 * MB, status=502),
    ],
    ids=["small on the way", "large on the way", "of an error"],
)
def test_an_answer_that_is_too_large_is_refused_and_not_asked_for_again(
    shared: Bench, never_read: set[str], reply: Reply
) -> None:
    audited = shared.audit(BARE, fault=at(reply), afresh=HERE)
    found = unread(audited, SURFACE)
    assert "The answer was not understood: the answer is larger than 2 MB." == str(found.reason)
    assert (Trouble.MALFORMED, 1, Verdict.INCOMPLETE) == (found.trouble, asked(audited), audited.report.verdict)
    assert {SURFACE} == not_read(audited) - never_read


@pytest.mark.usefixtures("small")
def test_an_answer_may_be_as_large_as_the_bound(shared: Bench) -> None:
    audited = shared.audit(BARE, fault=at(faults.bomb(SUCCESS, MB - 1)), afresh=HERE)
    assert Verdict.CLEAN is audited.report.verdict


def test_what_is_asked_for_can_be_unpacked_piece_by_piece_and_comes_from_no_cache(
    shared: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[tuple[str, str]]()
    served = shared.at("okx")
    received = served._received

    async def note(request: Any, service: str) -> Any:
        seen.append((request.headers["Accept-Encoding"], request.headers["Cache-Control"]))
        return await received(request, service)

    monkeypatch.setattr(served, "_received", note)
    with remembered.nothing():
        shared.audit(BARE)
    assert {("gzip", "no-cache")} == set(seen)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (faults.nested(65), "nested more than 64 levels"),
        (faults.nested(480), "nested more than 64 levels"),
        (faults.nested(900), "nested more than 64 levels"),
        (faults.nested(50_000), "nested more than 64 levels"),
        (faults.many_rows(50_001), "a list of more than 50000 rows"),
        (Reply(body=b"\xff\xfe" + SUCCESS.decode().encode("utf-16-le")), "not in UTF-8"),
        (Reply(body=SUCCESS[:-1] + b', "more": "\xe9"}'), "not in UTF-8"),
        (Reply(body=SUCCESS[:-1] + b', "more": "\xed\xa0\x80"}'), "not in UTF-8"),
    ],
    ids=["65 deep", "480 deep", "900 deep", "50000 deep", "rows", "UTF-16", "Latin-1", "half a character as bytes"],
)
def test_an_answer_of_another_make_than_any_makes_its_place_unread_and_no_other(
    shared: Bench, never_read: set[str], reply: Reply, reason: str
) -> None:
    audited = shared.audit(BARE, fault=at(reply), afresh=HERE)
    found = unread(audited, SURFACE)
    assert reason in str(found.reason)
    assert (Trouble.MALFORMED, Verdict.INCOMPLETE) == (found.trouble, audited.report.verdict)
    assert {SURFACE} == not_read(audited) - never_read


@pytest.mark.parametrize("start", ["\ufeff", " \ufeff\n"], ids=["a mark", "a mark among blanks"])
@pytest.mark.parametrize("body", ["[" + "[]," * 20_000 + "[]]", "1" * 40_000, "word " * 9000], ids=range(3))
def test_nothing_long_is_decoded_to_tell_a_page_from_an_answer(
    monkeypatch: pytest.MonkeyPatch, start: str, body: str
) -> None:
    lengths, loads = list[int](), json.loads

    def noting(text: str, **named: Any) -> Any:
        lengths.append(len(text))
        return loads(text, **named)

    monkeypatch.setattr(json, "loads", noting)
    answer = foreign_answer.foreign_answer(200, start + body, None)
    assert (body[0] == "[", True) == (answer is None, max(lengths, default=0) <= foreign_answer.BEGINNING)


@pytest.mark.parametrize(
    "charset",
    ["idna", "undefined", "punycode", "utf-7", "utf-16", "zlib", "rot13", "base64", "unicode_escape", "x" * 200],
)
def test_an_answer_is_read_as_json_is_written_whatever_encoding_it_names(shared: Bench, charset: str) -> None:
    assert (
        Verdict.CLEAN
        is shared.audit(BARE, fault=everywhere(faults.odd_charset(charset)), afresh=CHARSETS).report.verdict
    )


def test_half_of_a_character_in_what_proves_nothing_changes_nothing(shared: Bench) -> None:
    assert Verdict.CLEAN is shared.audit(BARE, fault=everywhere(faults.half_a_character())).report.verdict


def test_half_of_a_character_in_the_name_of_what_is_held_is_told_by_every_format(shared: Bench) -> None:
    from auditor.formats import Sink, format_names, get_format  # noqa: PLC0415 - loads every format

    body = rb'{"code": "0", "msg": "", "data": [{"ccy": "A\ud800", "bal": "7", "availBal": "7", "frozenBal": "0"}]}'
    report = shared.audit(BARE, fault=at(Reply(body=body), "asset/balances")).report
    assert Verdict.CLEAN is not report.verdict
    for name in format_names():
        assert get_format(name).render(report, Sink()).encode()


@pytest.mark.parametrize("length", [20_000, 200_000])
def test_an_error_of_any_length_is_told_in_a_few_lines(shared: Bench, length: int) -> None:
    long = Reply(status=400, body={"code": "5" * length, "msg": "x" * length, "data": []})
    found = unread(shared.audit(BARE, fault=at(long), afresh=HERE), SURFACE)
    assert len(str(found.reason)) < 400
    assert "x\u2026 (HTTP 400)" in str(found.reason)
    assert found.code is not None
    assert 100 == len(found.code)


@pytest.mark.parametrize("delay", [0.0, 0.001, 0.01])
def test_an_answer_that_nobody_asked_for_is_the_answer_to_nothing(shared: Bench, delay: float) -> None:
    fault = at(faults.unsolicited(SMUGGLED, delay), "account/config", "users/subaccount/apikey")
    audited = shared.audit(BARE, fault=fault)
    assert "SMUGGLED" not in repr(audited.snapshot)
    assert Verdict.CLEAN is audited.report.verdict


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (faults.stale(), "it is 777600 seconds old, from a cache on the way"),
        (Reply(headers={"Age": "601"}), "it is 601 seconds old"),
        (Reply(headers={"age": "00000000000777600"}), "seconds old"),
        (Reply(headers={"Age": "0, 777600"}), "it is 777600 seconds old"),
        (Reply(headers={"X-Cache": "HIT", "Age": "1"}), "it comes from a cache on the way"),
        (Reply(headers={"X-Cache": "Hit from cloudfront"}), "it comes from a cache on the way"),
        (Reply(headers={"CF-Cache-Status": "HIT", "Age": "30"}), "it comes from a cache on the way"),
        (Reply(headers={"Date": "Sun, 28 Nov 2021 13:00:00 GMT"}), "it is dated 2021-11-28 13:00:00+00:00"),
        (Reply(headers={"Date": "Mon, 28 Nov 2039 13:00:00 GMT"}), "it is dated 2039-11-28 13:00:00+00:00"),
        (Reply(headers={"Date": formatdate(time.time() - 3600, usegmt=True)}), "it is dated 20"),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, str) else "",
)
def test_an_answer_of_a_cache_makes_its_place_unread_and_no_other(
    shared: Bench, never_read: set[str], reply: Reply, reason: str
) -> None:
    audited = shared.audit(BARE, fault=at(reply), afresh=HERE)
    found = unread(audited, SURFACE)
    assert reason in str(found.reason)
    assert (Trouble.MALFORMED, Verdict.INCOMPLETE) == (found.trouble, audited.report.verdict)
    assert {SURFACE} == not_read(audited) - never_read


@pytest.mark.parametrize("reply", [faults.stale(), Reply(headers={"Date": "Sun, 28 Nov 2021 13:00:00 GMT"})])
def test_a_cache_that_answers_everything_proves_nothing(shared: Bench, reply: Reply) -> None:
    audited = shared.audit(BARE, fault=everywhere(reply))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert not [r for r in audited.snapshot.accounts[0].readings if isinstance(r.result, Read)]


def test_a_code_for_what_was_never_used_proves_nothing_when_a_cache_kept_it(shared: Bench) -> None:
    never = {"code": "51010", "msg": "account level too low", "data": []}
    found = readings(shared.audit(BARE, fault=at(Reply(400, never, {"Age": "777600"})), afresh=HERE), SURFACE)
    assert [Unread] == [type(one.result) for one in found]


@pytest.mark.parametrize(
    "headers",
    [
        {"Age": "0"},
        {"Age": "30"},
        {"Age": "soon"},
        {"Age": "9" * 3000, "X-Cache": "x"},
        {"Date": "yesterday"},
        {"Date": ""},
        {"X-Cache": "Miss from cloudfront"},
        {"X-Cache": "RefreshHit from cloudfront"},
    ],
    ids=str,
)
def test_headers_of_an_honest_network_change_nothing(shared: Bench, headers: dict[str, str]) -> None:
    verdict = shared.audit(BARE, fault=at(Reply(headers=headers)), afresh=HERE).report.verdict
    assert (Verdict.INCOMPLETE if "999" in str(headers) else Verdict.CLEAN) is verdict


def test_public_data_may_come_from_a_cache_within_the_window(shared: Bench) -> None:
    near = Reply(headers={"Age": "45", "X-Cache": "HIT"})
    audited = shared.audit(BARE, fault=at(near, "market/tickers"), afresh={"market/tickers"})
    assert Verdict.CLEAN is audited.report.verdict


def test_a_computer_whose_clock_is_a_day_off_can_audit(demo: Callable[..., DemoAudit]) -> None:
    for seconds in (DAY, -DAY):
        audited = demo(BARE, clock=lambda seconds=seconds: time.time() + seconds)
        assert Verdict.CLEAN is audited.report.verdict


def test_a_stale_answer_is_seen_when_the_clock_is_a_day_off(demo: Callable[..., DemoAudit]) -> None:
    today = Reply(headers={"Date": formatdate(time.time(), usegmt=True)})
    audited = demo(BARE, clock=lambda: time.time() + DAY, fault=at(today))
    assert "it is dated" in str(unread(audited, SURFACE).reason)


@pytest.mark.http
def test_no_two_accounts_share_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [BARE, account("messy"), account("empty")]
    with serve(people, limits=False) as served:
        used = dict[Any, set[str]]()
        received = served._received

        async def note(request: Any, service: str) -> Any:
            used.setdefault(request.transport.get_extra_info("peername"), set()).add(
                request.headers.get("OK-ACCESS-KEY", "nobody")
            )
            return await received(request, service)

        monkeypatch.setattr(served, "_received", note)
        audited_accounts = [configured_account(one, served) for one in people]
        asyncio.run(take_snapshot(audited_accounts, Options(pace=0)))
    keys = [seen - {"nobody"} for seen in used.values()]
    assert {one.apikey for one in people} == set[str]().union(*keys)
    assert 1 == max(map(len, keys))


HOLDING = BARE.with_rows("asset/balances", SAMPLES["funding"].rows)
BINANCE_DUST = account("binance-dust")
MARKETS = {"account/instruments", "market/tickers", "asset/currencies", "api/v3/exchangeInfo", "api/v3/ticker/price"}
NAMES = {"instId", "baseCcy", "quoteCcy", "state", "ccy", "chain", "symbol", "baseAsset", "quoteAsset", "filterType"}


def with_figures(figure: str) -> Callable[[Any], Any]:
    """Put a figure in the place of every figure of an answer, at any depth."""

    def spoil(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: spoil(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [spoil(item, name) for item in value]
        is_figure = isinstance(value, str) and name not in NAMES and value.replace(".", "").isdigit() and value != "0"
        return figure if is_figure else value

    return spoil


@pytest.mark.campaign(one_of=7)
@pytest.mark.parametrize("figure", ["1e999999999", "1e-999999999", "Infinity", "NaN", "9" * 900, "1e200", "0e999999"])
@pytest.mark.parametrize("holder", [HOLDING, BINANCE_DUST], ids=lambda whose: whose.exchange)
def test_a_figure_of_insane_length_among_markets_ends_no_run(shared: Bench, holder: Account, figure: str) -> None:
    spoilt = Reply(edit=with_figures(figure))
    audited = shared.audit(holder, fault=lambda call: spoilt if call.path in MARKETS else None)
    assert MARKETS & {call.path for call in audited.calls}
    assert (Verdict.BLOCKED, True) == (audited.report.verdict, bool(audited.report.findings))


KRAKEN = account("kraken-messy")
FIGURES = ["1e999999999", "1e-999999999", "9" * 5000, "1" * 900 + "e10", "1e9999999"]


def unified(whose: Account, fault: Fault) -> Snapshot:
    with serve([whose], limits=False, fault=fault) as served:
        audited = configured_account(whose, served)
        return asyncio.run(take_snapshot([audited], Options(pace=0, accept_unproven_key=True)))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure[:12])
@pytest.mark.parametrize("as_text", [True, False])
def test_a_figure_of_insane_length_stops_no_exchange_without_a_table(figure: str, as_text: bool) -> None:
    def spoil(body: Any) -> Any:
        (name, *_rest) = body["result"]
        body["result"][name]["balance"] = "FIGURE"
        return json.dumps(body).replace('"FIGURE"', f'"{figure}"' if as_text else figure)

    def fault(call: Call) -> Reply | None:
        return Reply(edit=spoil) if call.path.endswith("BalanceEx") else None

    (snapshot,) = unified(KRAKEN, fault).accounts
    spot = next(reading.result for reading in snapshot.readings if reading.surface == "spot")
    assert isinstance(spot, Unread)
    assert any(isinstance(reading.result, Read) for reading in snapshot.readings)


def test_an_exchange_without_a_table_is_read_within_the_same_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response, "LARGEST_BODY", 2 * MB)
    body = b'{"error": [], "result": {}}'
    for reply in (faults.bomb(body, 3 * MB), faults.nested(900), faults.stale(), Reply(body=b"\xff" + body)):
        calls = list[str]()

        def fault(call: Call, reply: Reply = reply, calls: list[str] = calls) -> Reply | None:
            calls.append(call.path)
            return reply if call.path.endswith("BalanceEx") else None

        (snapshot,) = unified(KRAKEN, fault).accounts
        spot = next(reading.result for reading in snapshot.readings if reading.surface == "spot")
        assert isinstance(spot, Unread)
        assert Trouble.MALFORMED is spot.trouble
        times = sum(path.endswith("BalanceEx") for path in calls)
        assert (1 if "larger" in str(spot.reason) else ATTEMPTS) == times


def test_an_error_of_an_exchange_without_a_table_is_cut_too() -> None:
    long = Reply(body={"error": [f"EGeneral:{'x' * 20_000}"]})
    (snapshot,) = unified(KRAKEN, lambda call: long if call.path.endswith("BalanceEx") else None).accounts
    spot = next(reading.result for reading in snapshot.readings if reading.surface == "spot")
    assert isinstance(spot, Unread)
    assert len(str(spot.reason)) < LONGEST_MESSAGE + 100
