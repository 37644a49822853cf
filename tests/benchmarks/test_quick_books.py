"""The books of the benchmark of archives: a page that is found quickly is the one that the exchange gives."""

import pytest

from auditor import demo
from auditor.demo.okx import answers
from auditor.demo.okx.answers import OkxQuery, answer
from auditor.demo.okx.endpoints import ENDPOINTS
from auditor.demo.okx.story import story_account
from benchmarks import quick_books

NOW = 1_795_849_200
ACCOUNT = story_account(demo.account("empty"), NOW, events=400, days=120)
ASKED: tuple[tuple[str, dict[str, str], str], ...] = (
    ("asset/bills-history", {"pagingType": "2"}, "billId"),
    ("asset/bills-history", {}, "ts"),
    ("account/bills-archive", {}, "billId"),
    ("trade/fills-history", {"instType": "SPOT"}, "billId"),
    ("trade/orders-history-archive", {"instType": "SWAP"}, "ordId"),
    ("asset/deposit-history", {}, "ts"),
    ("asset/bills", {"type": "1", "limit": "7"}, "ts"),
)


def pages() -> list[list[dict[str, str]]]:
    """Every page of each list, and one that begins before the first row."""
    found = []
    for path, params, key in ASKED:
        cursor: dict[str, str] = {}
        while True:
            endpoint = ENDPOINTS[path]
            query = OkxQuery(path, {**params, **cursor}, ACCOUNT, endpoint=endpoint, now_ms=str(NOW * 1000), status=())
            found.append(answer(query))
            if not found[-1]:
                break
            cursor = {"after": found[-1][-1][key]}
    return found


def test_each_page_that_is_found_quickly_is_the_one_that_the_exchange_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = pages()
    monkeypatch.setattr(OkxQuery, "select", OkxQuery.select)
    for path in ("asset/bills-history", "account/bills-archive", "trade/fills-history"):
        monkeypatch.setitem(answers._SHAPES, path, answers._SHAPES[path])
    quick_books.install(ACCOUNT)

    assert len(expected) > 2 * len(ASKED)
    assert expected == pages()
