"""Whatever an exchange answers in place of what it should: no place that it spoils is ever read as empty."""

from typing import Any

import pytest

from auditor.demo import Reply
from auditor.exchanges.unified import spec as facts
from auditor.model.report import Verdict
from auditor.model.snapshot import Read, Unread
from tests.exchanges.unified.conftest import IMITATED, Audit, Audited, account_of

SPOILED: dict[str, Reply] = {
    "an empty object": Reply(200, {}),
    "nothing": Reply(200, ""),
    "a page": Reply(200, "<html><body>maintenance</body></html>"),
    "half an answer": Reply(200, '{"result": {"list": ['),
    "a field named twice": Reply(200, '{"result": {}, "data": [], "result": {}, "data": []}'),
    "no number": Reply(200, '{"result": NaN, "data": NaN, "error": []}'),
    "nulls": Reply(200, {"result": None, "data": None, "accounts": None, "orders": None, "positions": None}),
    "texts": Reply(200, {"result": "x", "data": "x", "accounts": "x", "orders": "x", "positions": "x"}),
    "empty objects within": Reply(200, {"result": {}, "data": {}, "error": [], "retCode": 0, "code": "200000"}),
    "a text": Reply(200, '"ok"'),
    "a server's trouble": Reply(503, {"message": "try later"}),
    "another's success": Reply(204, {}),
}
# Kraken's wallet that holds nothing is an empty object.
CASES = [(e, name) for e in IMITATED for name in SPOILED if (e, name) != ("kraken", "empty objects within")]


def places(exchange: str, mode: str) -> tuple[list[str], set[str]]:
    """The ids and paths of all that is read of an account in ``mode``."""
    told = facts.load_spec(exchange)
    assert told is not None
    calls = [call for call in told.calls if call.mode in {"", mode}]
    return [call.id for call in calls], {call.at for call in calls}


@pytest.mark.campaign(one_of=5)
@pytest.mark.parametrize(("exchange", "name"), CASES)
def test_a_spoiled_answer_leaves_its_place_unread(exchange: str, name: str, audit: Audit) -> None:
    ids, paths = places(exchange, "unified")
    account = account_of(exchange, "messy")
    for path in paths:
        account = account.with_refusal(path, SPOILED[name])
    audited = audit(exchange, account)
    assert [] == [place for place in ids if not isinstance(audited.result(place), Unread)]
    assert Verdict.INCOMPLETE is audited.report.verdict


@pytest.mark.parametrize("exchange", IMITATED)
def test_rows_without_their_fields_are_not_empty(exchange: str, messy: dict[str, Audited], audit: Audit) -> None:
    account = account_of(exchange, "messy")
    for path in account.books:
        account = account.with_rows(path, [_bare(row) for row in account.rows(path)])
    audited = audit(exchange, account)
    held = [r.surface for r in messy[exchange].account.readings if _holds(r.result)]
    assert [] == [place for place in held if not (_holds(audited.result(place)) or _unread(audited, place))]


def _bare(row: Any) -> Any:
    """The row with nothing in it but what the demo itself needs to find it."""
    kept = {"asset", "currency_pair", "symbol", "type", "time", "timestamp", "cTime", "orderId", "txid"}
    kept |= {"category", "successAt", "createTime", "_settle", "id", "productType", "currency"}
    kept |= {"insertTime", "applyTime"}
    return {name: value for name, value in row.items() if name in kept}


def _holds(result: object) -> bool:
    return isinstance(result, Read) and any(record.holds for record in result.records)


def _unread(audited: Audited, place: str) -> bool:
    return isinstance(audited.result(place), Unread)
