"""What a summary counts and adds up."""

from decimal import Decimal

from auditor.i18n import verbatim
from auditor.model.records import Area, Record
from auditor.model.snapshot import NotApplicable, Standing, Trouble
from auditor.plan.totals import Places, Sum, Totals, is_unreadable, places, totals
from tests import builders as b
from tests.plan.test_steps import report_of


def totals_of(*records: Record) -> Totals:
    return totals(report_of(*records))


def of(value: str, count: int, unpriced: int = 0) -> Sum:
    return Sum(value_usd=Decimal(value), count=count, unpriced=unpriced)


def test_what_is_still_there_is_the_sum_of_balances_earn_bots_and_flows() -> None:
    held = (b.balance("10", "USDT"), b.earning("20"), b.bot(), b.flow("40", "USDT"))

    assert totals_of(*held).left == of("170.00", 4)


def test_an_asset_without_a_price_is_counted_and_not_in_the_sum() -> None:
    assert totals_of(b.balance("10", "USDT"), b.balance("77", "GONE")).left == of("10.00", 2, 1)


def test_an_amount_that_the_exchange_does_not_state_is_counted() -> None:
    assert totals_of(b.earning(None)).left == of("0", 1, 1)


def test_collateral_is_locked_and_not_still_there() -> None:
    figures = totals_of(b.debt("5", collateral=True))

    assert (figures.locked, figures.left) == (of("5.00", 1), of("0", 0))


def test_a_debt_is_owed_as_a_positive_value_and_not_still_there() -> None:
    figures = totals_of(b.balance("-7.5", "USDT"))

    assert (figures.owed, figures.left) == (of("7.50", 1), of("0", 0))


def test_orders_are_counted_as_blockers_and_are_worth_nothing_by_themselves() -> None:
    figures = totals_of(b.order(), b.order(subject="o2"))

    assert (figures.blockers, figures.left) == (2, of("0", 0))


def test_a_place_that_is_not_documented_and_did_not_answer_is_no_place_that_no_key_can_read() -> None:
    silent, closed = (
        b.unread(trouble, standing=Standing.UNDOCUMENTED) for trouble in (Trouble.NETWORK, Trouble.EXCHANGE)
    )

    assert [is_unreadable(reading) for reading in (silent, closed)] == [False, True]


def test_places_are_counted_by_what_came_of_reading_them() -> None:
    readings = (
        *(b.reading(), b.reading(surface="other")),
        b.unread(),
        b.unread(standing=Standing.UNDOCUMENTED, surface="silent"),
        b.unread(Trouble.UNAVAILABLE, standing=Standing.UNDOCUMENTED, surface="hidden"),
        b.reading(area=Area.BOTS, result=NotApplicable(reason=verbatim("none"), source="")),
    )

    assert places(readings) == Places(checked=2, unchecked=2, unreadable=1, absent=1)
