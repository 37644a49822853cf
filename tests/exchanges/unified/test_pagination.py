"""A list that a unified method gives only in part is asked for the rest, and is not whole where that cannot be."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from auditor.exchanges.unified.pagination import SeenAssets, UnifiedList
from auditor.exchanges.unified.records import CallAnswer
from auditor.exchanges.unified.spec import ForEach, UnifiedCall, UnifiedPages, Window
from auditor.model.records import Area
from auditor.spec.fields import MalformedError
from auditor.transport.cursor_pagination import PageLostError

NOW = datetime(2026, 7, 1, tzinfo=UTC)


class Pages_:  # noqa: N801 - it stands in for what asks
    """Answers a call page by page, and notes what was asked."""

    def __init__(self, pages: list[tuple[list[Any], Any]]) -> None:
        self.pages: Iterator[tuple[list[Any], Any]] = iter(pages)
        self.asked: list[dict[str, Any]] = []
        self.ccxt = type("Ccxt", (), {"markets": {}})()

    async def call(self, call: UnifiedCall, params: Any, symbol: str | None = None) -> tuple[CallAnswer, list[Any]]:
        self.asked.append({**params, **({} if symbol is None else {"symbol": symbol})})
        rows, body = next(self.pages)
        return CallAnswer(call, [(None, row) for row in rows], [], str), [body]


def call(**more: Any) -> UnifiedCall:
    values = {"id": "p", "area": Area.ORDERS, "title": "P", "method": "fetch_open_orders", "at": "/x"}
    return UnifiedCall(**{**values, **more})


def read(asked: Pages_, assets: set[str] | None = None, **more: Any) -> list[Any]:
    answers = asyncio.run(UnifiedList(asked, call(**more), NOW).all(SeenAssets(assets or set())))  # type: ignore[arg-type]
    return [row for answer in answers for _key, row in answer.rows]


def test_a_cursor_is_followed_to_its_end() -> None:
    asked = Pages_([([1, 2], {"n": "a"}), ([3], {"n": "b"}), ([4], {"n": ""})])
    assert [1, 2, 3, 4] == read(asked, pages=UnifiedPages(kind="cursor", param="c", at="n"))
    assert [{}, {"c": "a"}, {"c": "b"}] == asked.asked


def test_a_cursor_that_comes_again_is_a_page_lost() -> None:
    with pytest.raises(PageLostError):
        read(Pages_([([1], {"n": "a"}), ([1], {"n": "a"})]), pages=UnifiedPages(kind="cursor", param="c", at="n"))


def test_pages_are_asked_until_one_is_empty_whatever_their_size() -> None:
    asked = Pages_([([1, 2], {}), ([3], {}), ([], {})])
    assert [1, 2, 3] == read(asked, pages=UnifiedPages(kind="page", param="p", first=1))
    assert [{"p": 1}, {"p": 2}, {"p": 3}] == asked.asked


def test_rows_are_skipped_by_how_many_came() -> None:
    asked = Pages_([([1, 2], {}), ([3], {}), ([], {})])
    assert [1, 2, 3] == read(asked, pages=UnifiedPages(kind="skip", param="o"))
    assert [{}, {"o": 2}, {"o": 3}] == asked.asked


def test_the_last_row_says_where_to_go_on() -> None:
    asked = Pages_([([{"id": "9"}, {"id": "8"}], {}), ([], {})])
    read(asked, pages=UnifiedPages(kind="last", param="before", at="id"))
    assert [{}, {"before": "8"}] == asked.asked
    with pytest.raises(PageLostError, match="no id"):
        read(Pages_([([{}], {})]), pages=UnifiedPages(kind="last", param="before", at="id"))


def test_a_full_page_without_a_way_on_is_a_page_lost() -> None:
    assert [1] == read(Pages_([([1], {})]), size=2)
    with pytest.raises(PageLostError, match="full"):
        read(Pages_([([1, 2], {})]), size=2)


def test_a_list_that_never_ends_is_a_page_lost() -> None:
    with pytest.raises(PageLostError, match="more than"):
        read(Pages_([([n], {}) for n in range(1000)]), pages=UnifiedPages(kind="skip", param="o"))


def test_stretches_of_time_leave_no_gap() -> None:
    asked = Pages_([([], {})] * 5)
    read(asked, window=Window(start="from", end="to", days=30, back=100, unit="s"))
    edges = [(one["from"], one["to"]) for one in asked.asked]
    assert all(later[0] == earlier[1] for later, earlier in pairwise(edges))
    assert (NOW.timestamp(), (NOW - timedelta(days=100)).timestamp()) == (edges[0][1], edges[-1][0])


EACH_MARKET = ForEach(what="market")


def market(base: str, quote: str, **more: Any) -> dict[str, Any]:
    return {"symbol": f"{base}/{quote}", "base": base, "quote": quote, "spot": True, "active": True, **more}


def test_a_list_that_must_name_its_market_is_asked_in_those_of_what_was_seen() -> None:
    asked = Pages_([([], {})] * 5)
    found = [market("BTC", "USDT"), market("ETH", "USDT"), market("BTC", "EUR", active=False), market("BTC", "USDC")]
    asked.ccxt.markets = {one["symbol"]: one for one in found}
    read(asked, {"BTC"}, each=EACH_MARKET)
    assert [{"symbol": "BTC/USDC"}, {"symbol": "BTC/USDT"}] == asked.asked


def inverse(settle: str, *margins: str) -> dict[str, Any]:
    return {"symbol": settle, "inverse": True, "settleId": settle, "info": {"supportMarginCoins": [*margins]}}


def test_inverse_contracts_are_asked_for_each_coin_that_may_secure_one() -> None:
    asked = Pages_([([], {})] * 5)
    asked.ccxt.markets = {str(n): one for n, one in enumerate([inverse("ETH"), inverse("BTC", "BTC", "USDC")])}
    read(asked, each=ForEach(what="coin", param="coin"))
    assert [{"coin": "BTC"}, {"coin": "ETH"}, {"coin": "USDC"}] == asked.asked


def test_a_list_by_coin_is_not_empty_where_no_coin_is_known() -> None:
    with pytest.raises(MalformedError, match="no coin"):
        read(Pages_([]), each=ForEach(what="coin", param="coin"))


def test_a_list_by_account_is_asked_for_every_account_that_another_place_shows() -> None:
    asked = Pages_([([1], {}), ([2], {})])
    seen = SeenAssets(rows={"wallets": [{"id": "b"}, {"id": "a"}, {"id": "b"}]})
    each = ForEach(what="row", param="account", places=("wallets",), field="id")
    asyncio.run(UnifiedList(asked, call(each=each), NOW).all(seen))  # type: ignore[arg-type]
    assert [{"account": "a"}, {"account": "b"}] == asked.asked


def test_an_account_without_its_number_is_not_passed_over() -> None:
    each = ForEach(what="row", param="account", places=("wallets",), field="id")
    with pytest.raises(PageLostError, match="no id"):
        asyncio.run(UnifiedList(Pages_([]), call(each=each), NOW).all(SeenAssets(rows={"wallets": [{}]})))  # type: ignore[arg-type]


def test_too_many_markets_are_not_asked_and_not_empty() -> None:
    asked = Pages_([])
    asked.ccxt.markets = {str(n): market("BTC", str(n)) for n in range(400)}
    with pytest.raises(MalformedError, match="too many"):
        read(asked, {"BTC"}, each=EACH_MARKET)


def test_rows_that_the_answer_says_are_there_are_a_page_lost_when_nobody_says_where() -> None:
    pages = UnifiedPages(kind="cursor", param="c", at="n", more="more")
    asked = Pages_([([1], {"n": "a", "more": True}), ([2], {"n": "b", "more": False})])
    assert [1, 2] == read(asked, pages=pages)
    with pytest.raises(PageLostError, match="more rows"):
        read(Pages_([([1], {"n": "", "more": True})]), pages=pages)


def test_a_page_that_is_the_one_before_it_is_a_page_lost() -> None:
    with pytest.raises(PageLostError, match="same page"):
        read(Pages_([([1, 2], {}), ([1, 2], {})]), pages=UnifiedPages(kind="skip", param="o"))


def test_a_stretch_of_time_that_fills_its_page_is_asked_again_in_halves() -> None:
    asked = Pages_([([1, 2], {}), ([1], {}), ([2], {})])
    window = Window(start="from", end="to", days=30, back=30, unit="s")
    assert [1, 2] == read(asked, window=window, size=2)
    whole, later, earlier = [(one["from"], one["to"]) for one in asked.asked]
    assert (whole[0], later[0], whole[1]) == (earlier[0], earlier[1], later[1])


def test_a_moment_that_fills_its_page_is_a_page_lost() -> None:
    with pytest.raises(PageLostError, match="full"):
        read(Pages_([([1, 2], {})] * 99), window=Window(start="from", end="to", days=1, back=1), size=2)
