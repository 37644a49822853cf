"""A list that a unified method gives only in part is asked for the rest, and is not whole where that cannot be."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from auditor.exchanges.unified.call_answer import CallAnswer
from auditor.exchanges.unified.list_read import ListRead
from auditor.exchanges.unified.pagination import SeenAssets, UnifiedList
from auditor.exchanges.unified.spec import ForEach, UnifiedCall, UnifiedPages, Window
from auditor.i18n import _
from auditor.model.records import Area
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.fields import MalformedError
from auditor.transport.cursor_pagination import PageLostError
from auditor.transport.errors import RequestFailedError

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


async def once(attempt: Callable[[], Awaitable[Any]]) -> Any:
    return await attempt()


def read_all(asked: Pages_, seen: SeenAssets | None = None, **more: Any) -> ListRead:
    listed = UnifiedList(asked, call(**more), NOW, once)  # type: ignore[arg-type]
    return asyncio.run(listed.all(seen or SeenAssets()))


def read(asked: Pages_, assets: set[str] | None = None, **more: Any) -> list[Any]:
    """The rows of a list that is read to its end."""
    whole = read_all(asked, SeenAssets(assets or set()), **more)
    assert [] == whole.failures
    return [row for answer in whole.answers for _key, row in answer.rows]


def reasons(partly_read: ListRead) -> list[str]:
    return [str(failure.unread.reason) for failure in partly_read.failures]


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
    cut = read_all(Pages_([([1, 2], {})]), size=2)
    assert ([1, 2], 1) == ([row for each in cut.answers for _key, row in each.rows], len(cut.failures))
    assert "the page is full" in reasons(cut)[0]


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
    read_all(asked, seen, each=each)
    assert [{"account": "a"}, {"account": "b"}] == asked.asked


def test_an_account_without_its_number_is_not_passed_over() -> None:
    each = ForEach(what="row", param="account", places=("wallets",), field="id")
    asked = Pages_([([1], {})])
    partly = read_all(asked, SeenAssets(rows={"wallets": [{}, {"id": "a"}]}), each=each)
    assert ["The answer was not understood: a row has no id to ask by."] == reasons(partly)
    assert [{"account": "a"}] == asked.asked


def test_too_many_markets_are_asked_in_part_and_the_rest_is_said() -> None:
    asked = Pages_([([], {})] * 400)
    asked.ccxt.markets = {str(n): market("BTC", str(n)) for n in range(400)}
    partly = read_all(asked, SeenAssets({"BTC"}), each=EACH_MARKET)
    assert (300, 1) == (len(asked.asked), len(partly.failures))
    assert "there are 400 of them to ask for, too many" in reasons(partly)[0]


def test_a_wallet_that_cannot_be_asked_hides_no_other() -> None:
    class Refusing(Pages_):
        async def call(self, call: UnifiedCall, params: Any, symbol: str | None = None) -> Any:
            if params == {"account": "a"}:
                raise RequestFailedError(Unread(reason=_("no"), trouble=Trouble.EXCHANGE), retry=False)
            return await super().call(call, params, symbol)

    each = ForEach(what="row", param="account", places=("wallets",), field="id")
    wallets = SeenAssets(rows={"wallets": [{"id": "a"}, {"id": "b"}]})
    partly = read_all(Refusing([([1], {})]), wallets, each=each)

    assert ([1], ["no"]) == ([row for one in partly.answers for _key, row in one.rows], reasons(partly))


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
    cut = read_all(Pages_([([1, 2], {})] * 999), window=Window(start="from", end="to", days=1, back=1), size=2)
    assert {"The answer was not understood: the page is full, and ccxt has no way to ask for the next one."} == set(
        reasons(cut)
    )
