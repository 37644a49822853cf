"""What a recording keeps of an account, and what it does not."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from auditor import demo
from auditor.model.account import Options
from auditor.model.clock import frozen_clock
from auditor.model.errors import UserError
from auditor.model.snapshot import Unread
from auditor.recording.answers import Answer, Recorder
from auditor.recording.archive import answer_document
from auditor.recording.exact_json import decode, encode
from auditor.recording.leaks import leaks
from auditor.recording.outcome import difference, outcome
from auditor.recording.record import Recorded, record
from auditor.recording.replay import replay
from auditor.security.redaction import SECRETS
from tests.conftest import configured_account
from tests.recording import MOMENT
from tests.recordings.making import record_demo
from tests.recordings.reported import Source
from tests.slow_tests import first_of

NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


@pytest.fixture(scope="module")
def messy() -> tuple[Recorded, list[Answer]]:
    """A recording of the demo account that has something everywhere, and its answers as they came."""
    recorder, keep = Recorder(), Recorder.keep
    account = demo.account("messy", now=MOMENT.timestamp())

    def both(own: Recorder, *answer: Any) -> None:
        keep(own, *answer)
        keep(recorder, *answer)

    with pytest.MonkeyPatch.context() as patch, demo.serve([account], limits=False, clock=MOMENT.timestamp) as served:
        patch.setattr(Recorder, "keep", both)
        with frozen_clock(MOMENT):
            return asyncio.run(
                record(configured_account(account, served), Options(pace=0), Random(3))
            ), recorder.answers


def leaves(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, name)
    elif isinstance(value, str):
        yield name, str(value)


def pairs(messy: tuple[Recorded, list[Answer]], *paths: str) -> list[tuple[str, str, str]]:
    """Each field of the answers at these paths, with its value before and after."""
    recorded, before = messy
    both = zip(before, recorded.recording.answers, strict=True)
    return [
        (name, old, new)
        for one, other in both
        if one.request.path in paths
        for (name, old), (_name, new) in zip(leaves(decode(one.body)), leaves(decode(other.body)), strict=True)
    ]


def rows(recorded: Recorded, path: str) -> list[dict[str, Any]]:
    answers = (answer for answer in recorded.recording.answers if answer.request.path == path)
    return [row for answer in answers for row in json.loads(answer.body)["data"]]


def text_of(recorded: Recorded) -> str:
    return "\n".join(encode(answer_document(answer)) for answer in recorded.recording.answers)


def test_a_recording_comes_to_what_the_audit_came_to(messy: tuple[Recorded, list[Answer]]) -> None:
    recorded, _before = messy
    assert "" == difference(outcome(recorded.report), recorded.recording.expected)
    assert len(recorded.report.findings) > 50


def test_ids_names_and_addresses_of_an_account_are_not_in_it(messy: tuple[Recorded, list[Answer]]) -> None:
    text = text_of(messy[0])
    own = ("710000000000000001", "2600000000000000101", "weekly coins", "demo leader", "TDemoAddress", "demo-dep-71501")
    assert [] == [value for value in (*own, "demo****", "demo-messy-key", "DEMO0LEADER00001", "91801") if value in text]


def test_every_amount_but_zero_is_replaced_by_one_of_the_same_form(messy: tuple[Recorded, list[Answer]]) -> None:
    amounts = [(old, new) for name, old, new in pairs(messy, "asset/balances") if "al" in name]
    assert len(amounts) > 20
    assert [] == [pair for pair in amounts if re.sub("[0-9]", "0", pair[0]) != re.sub("[0-9]", "0", pair[1])]
    assert [] == [(old, new) for old, new in amounts if (Decimal(old) == 0) is not (Decimal(new) == 0)]
    assert sum(old != new for old, new in amounts if Decimal(old)) > len([a for a, _b in amounts if Decimal(a)]) * 0.9


def test_equal_values_stay_equal_in_all_answers(messy: tuple[Recorded, list[Answer]]) -> None:
    replaced: dict[str, set[str]] = {}
    for _name, old, new in pairs(messy, "asset/balances", "account/balance", "trade/orders-pending"):
        if NUMBER.fullmatch(old) and "." in old:
            replaced.setdefault(old, set()).add(new)
    assert {} == {old: new for old, new in replaced.items() if len(new) > 1}


def test_what_is_free_and_what_is_frozen_still_make_up_the_whole(messy: tuple[Recorded, list[Answer]]) -> None:
    funding = rows(messy[0], "asset/balances")
    assert [] == [row for row in funding if Decimal(row["bal"]) != Decimal(row["availBal"]) + Decimal(row["frozenBal"])]


def test_all_times_are_moved_by_the_same_span_to_the_millisecond(messy: tuple[Recorded, list[Answer]]) -> None:
    moved = {
        int(old) - int(new) for name, old, new in pairs(messy, "trade/orders-pending") if name in {"cTime", "uTime"}
    }
    (span,) = moved
    assert (True, 0) == (span > 0, span % 1000)


def test_names_in_requests_are_replaced_as_in_answers() -> None:
    recorded = record_demo(Source("subaccounts"))
    asked = {a.request.params["subAcct"] for a in recorded.recording.answers if "subAcct" in a.request.params}
    named = {row["subAcct"] for row in rows(recorded, "users/subaccount/list")}
    assert (True, True, False) == (bool(asked), asked <= named, "cellar" in named)


def test_states_assets_markets_and_public_answers_stay(messy: tuple[Recorded, list[Answer]]) -> None:
    kept = [
        (old, new) for name, old, new in pairs(messy, "trade/orders-pending") if name in {"state", "instId", "side"}
    ]
    assert [] == [(old, new) for old, new in kept if old != new]
    assert {"USDT", "BTC"} <= {row["ccy"] for row in rows(messy[0], "asset/balances")}
    assert [] == [(old, new) for name, old, new in pairs(messy, "market/tickers") if name == "last" and old != new]


def test_minimums_of_markets_stay(messy: tuple[Recorded, list[Answer]]) -> None:
    sizes = [
        (old, new) for name, old, new in pairs(messy, "account/instruments") if name in {"minSz", "lotSz", "listTime"}
    ]
    assert (True, []) == (bool(sizes), [(old, new) for old, new in sizes if old != new])


@pytest.mark.parametrize(
    "figure", first_of(["0.001000000000000000", "0E-18", "3.1E-8", "-0.5", "1234567890123456789012345.5"])
)
def test_numbers_keep_the_form_in_which_they_were_written(figure: str) -> None:
    body = '{"error":[],"result":{"XXBT":{"balance":FIGURE,"hold_trade":"0.0000000000"}}}'.replace("FIGURE", figure)
    recorded = record_demo(Source("kraken-messy", {"/0/private/BalanceEx": body}))
    (new,) = {
        str(value)
        for answer in recorded.recording.answers
        if answer.request.path == "BalanceEx"
        for name, value in leaves(decode(answer.body))
        if name == "balance"
    }
    assert re.sub("[1-9]", "1", figure.partition("E")[0])[:2] == re.sub("[1-9]", "1", new.partition("E")[0])[:2]
    assert (len(figure), figure.partition("E")[2]) == (len(new), new.partition("E")[2])


def test_an_answer_that_is_no_json_is_recorded_without_its_words() -> None:
    page = "<html><head><title>Attention Required! | Cloudflare</title></head>Ray 8f2 for jane@example.org</html>"
    recorded = record_demo(Source("kraken-messy", {"/0/private/OpenOrders": page}, {"/0/private/OpenOrders": 403}))
    text = text_of(recorded)
    assert (True, False, False) == ("Attention Required" in text, "Ray" in text, "jane" in text)


def test_a_message_keeps_its_known_words_only() -> None:
    body = {"error": ["EGeneral:Permission denied for 203.0.113.9, Jane"]}
    text = text_of(record_demo(Source("kraken-messy", {"/0/private/OpenOrders": body})))
    assert ("EGeneral:Permission denied for" in text, "203.0.113.9" in text, "Jane" in text) == (True, False, False)


def test_a_request_that_a_recording_does_not_have_is_unread(messy: tuple[Recorded, list[Answer]]) -> None:
    recording = messy[0].recording
    without = replace(recording, answers=tuple(a for a in recording.answers if a.request.path != "asset/balances"))
    (account,) = asyncio.run(replay(without)).accounts
    (funding,) = [r.result for r in account.snapshot.readings if r.surface == "funding"]
    assert isinstance(funding, Unread)
    assert "The recording holds no answer to this request; make another one with `audit record`." == str(funding.reason)


def changed(recorded: Recorded, path: str, old: str, new: str) -> Any:
    """The recording with something in an answer that was overlooked."""
    answers = tuple(
        replace(answer, body=answer.body.replace(old, new, 1)) if answer.request.path == path else answer
        for answer in recorded.recording.answers
    )
    return replace(recorded.anonymised, recording=replace(recorded.recording, answers=answers))


@pytest.mark.campaign(one_of=5)
@pytest.mark.parametrize(
    ("overlooked", "words"),
    [
        ("710000000000000001", "an id, a name or an address"),
        ("x-2600000000000000101", "an id, a name or an address"),
        ("jane@example.org", "e-mail"),
        ("198.51.100.7", "an IP address"),
        ("https://t.example.org/jane", "a link"),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "an address, an id or a token"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "an address, an id or a token"),
        ("a8Jk29LmQp47xZ01bnWe", "an address, an id or a token"),
        ("demo-messy-secret", "a key, a secret or a signature"),
        ("4ohmsvSQjMm2CUYCVLQXKNXQpwQCmAYTR8jXVJdlKQo=", "a key, a secret or a signature"),
    ],
)
def test_what_was_overlooked_stops_it(messy: tuple[Recorded, list[Answer]], overlooked: str, words: str) -> None:
    spoiled = changed(messy[0], "asset/balances", '"USDT"', f'"{overlooked}"')
    found = [str(sentence) for sentence in leaks(spoiled, ["demo-messy-secret"])]
    assert [] == list(leaks(messy[0].anonymised, ["demo-messy-secret"]))
    assert [True] == [words in sentence for sentence in found if words in sentence]


def test_nothing_is_recorded_where_a_secret_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SECRETS, "_known", set())
    SECRETS.learn("spoken-back-12345")
    tickers = {"error": [], "result": {"XXBTZUSD": {"c": ["60000.0", "0.1"], "x": "spoken-back-12345"}}}
    with pytest.raises(UserError, match="was not written: something looks like a key"):
        record_demo(Source("kraken-messy", {"/0/public/Ticker": tickers}))
