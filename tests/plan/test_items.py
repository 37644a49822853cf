"""Findings that are alike share a line, and none is dropped."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from auditor.i18n import verbatim
from auditor.model.records import Area
from auditor.model.report import Finding, Severity
from auditor.plan.items import Item, Task, items, mark_done

JANUARY = datetime(2026, 1, 12, 9, tzinfo=UTC)
TITLES = {("main", "orders"): verbatim("Open orders"), ("main", "algo"): verbatim("Trigger orders")}


def order(number: int, **more: object) -> Finding:
    made = Finding(
        rule="open-order",
        severity=Severity.BLOCKER,
        account="main",
        area=Area.ORDERS,
        surface="orders",
        subject=f"o{number}",
        message=verbatim(f"order {number}"),
        remedy=verbatim("Cancel it."),
        market="BTC-USDT",
        side="buy",
        since=JANUARY + timedelta(days=number),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def listed(*findings: Finding, tasks: tuple[Task, ...] = ()) -> tuple[Item, ...]:
    return items(findings, tasks, TITLES, lambda finding: finding.remedy)


def texts(*findings: Finding) -> list[str]:
    return [str(item.text).replace(" 09:00:00+00:00", "") for item in listed(*findings)]


def test_orders_of_one_market_are_one_line_that_holds_them_all() -> None:
    orders = [order(number) for number in range(51)]

    (item,) = listed(*orders)

    assert ["BTC-USDT: 51 open orders, all buy, 2026-01-12 to 2026-03-03"] == texts(*orders)
    assert (51, tuple(orders)) == (item.count, item.findings)


def test_a_line_counts_the_orders_of_each_side() -> None:
    orders = [*(order(n, since=None) for n in range(3)), *(order(n, since=None, side="SELL") for n in range(3, 5))]

    assert ["BTC-USDT: 5 open orders, 3 buy, 2 sell"] == texts(*orders)


def test_a_line_says_of_how_many_the_amount_is_not_known() -> None:
    known = order(0, area=Area.EARN, market=None, side=None, asset="BTC", amount=Decimal(5), since=None)
    unknown = replace(known, subject="o1", amount=None)

    assert ["Open orders: BTC (2), 5 BTC and 1 without an amount"] == texts(known, unknown)


def test_orders_of_one_day_name_that_day_once() -> None:
    assert ["BTC-USDT: 2 open orders, all buy, 2026-01-12"] == texts(order(0), order(0, subject="x"))


def test_a_single_order_keeps_its_own_sentence() -> None:
    assert ["order 1", "order 2"] == texts(order(1), order(2, market="ETH-USDT"))


@pytest.mark.parametrize(
    "difference",
    [
        {"account": "other"},
        {"surface": "algo"},
        {"rule": "another-rule"},
        {"owner": "alice"},
        {"market": "ETH-USDT"},
        {"severity": Severity.WARNING},
        {"muted": True},
    ],
)
def test_what_differs_in_a_way_that_matters_keeps_a_line_of_its_own(difference: dict[str, object]) -> None:
    assert [1, 1] == [item.count for item in listed(order(1), order(2, **difference))]


def test_orders_of_one_market_in_two_places_say_where_they_are() -> None:
    orders = [order(n, since=None, surface=place) for place in ("orders", "algo") for n in (1, 2)]

    assert [
        "Open orders: BTC-USDT: 2 open orders, all buy",
        "Trigger orders: BTC-USDT: 2 open orders, all buy",
    ] == texts(*orders)


def test_a_line_of_orders_names_no_place_beside_a_single_order_elsewhere() -> None:
    orders = [order(1, since=None), order(2, since=None), order(3, surface="algo")]

    assert ["BTC-USDT: 2 open orders, all buy", "order 3"] == texts(*orders)


def test_holdings_of_one_asset_are_added_up_with_the_days_on_which_they_are_paid_out() -> None:
    earn = {"rule": "earn-held", "area": Area.EARN, "surface": "orders", "market": None, "side": None, "asset": "USDT"}
    first = order(1, **earn, amount=Decimal("1.5"), since=None, ready_at=JANUARY)
    last = order(2, **earn, amount=Decimal(2), since=None, ready_at=JANUARY + timedelta(days=5))

    assert ["Open orders: USDT (2), 3.5 USDT in all, paid out 2026-01-12 to 2026-01-17"] == texts(first, last)


def test_movements_that_are_stuck_each_say_what_to_do() -> None:
    stuck = [order(n, rule="flow-stuck", area=Area.FLOWS, market=None, side=None, asset="BTC") for n in (1, 2)]
    assert ["order 1", "order 2"] == texts(*stuck)


def test_what_names_neither_market_nor_asset_is_never_grouped() -> None:
    assert [1, 1] == [item.count for item in listed(order(1, market=None), order(2, market=None))]


def test_items_are_numbered_within_their_step_findings_first() -> None:
    task = Task(text=verbatim("look"), key="look/1")

    assert [(1, "order 1"), (2, "look")] == [(i.number, str(i.text)) for i in listed(order(1), tasks=(task,))]


def test_the_value_of_a_line_is_the_sum_of_what_has_a_price_and_counts_the_rest() -> None:
    priced, unpriced = (order(n, asset="BTC", value_usd=value) for n, value in ((1, Decimal(5)), (2, None)))

    (item,) = listed(priced, unpriced)

    assert (Decimal(5), 1) == (item.value_usd, item.unpriced)


def test_a_line_is_done_only_when_the_owner_said_so_of_all_of_it() -> None:
    (item,) = listed(order(1), order(2))
    first, last = item.keys
    day = date(2026, 11, 28)

    assert (False, True) == (mark_done(item, {first: day}).done, mark_done(item, {first: day, last: day}).done)
