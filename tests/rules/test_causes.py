"""One cause is one finding, which names every place that shows it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from auditor.assessment.account_view import AccountView
from auditor.audit.report_builder import build_report
from auditor.model.records import Bot, Debt, Earning, Part, Places
from auditor.model.report import Finding, Severity, Verdict
from auditor.model.snapshot import Reading
from auditor.rules._engine import findings
from tests.builders import NOW, balance, bot, debt, earning, price, reading, snapshot

WALLET, LIST, TOTAL = "trading", "one-click-repay", "borrowing"
IN_WALLET: Places = ((WALLET,),)
SOL_PRICE = price("SOL/USDT", "131.22")


def owed(amount: str | None, asset: str = "SOL", same_as: Places = (), **held: str) -> Debt:
    figures = {part: Decimal(figure) for part, figure in held.items()}
    return replace(debt(amount, asset), held=figures, same_as=same_as)


def at(surface: str, *records: Any) -> Reading:
    return reading(*records, surface=surface, title=surface)


def blocking(*readings: Reading) -> list[Finding]:
    found = findings(snapshot(*readings, at("prices", SOL_PRICE, price("ADA/USDT", "0.55"))))
    return [finding for finding in found if finding.severity is Severity.BLOCKER]


def blockers_with_places(*readings: Reading) -> list[tuple[str, list[str]]]:
    return [(finding.surface, [str(place) for place in finding.also_seen_in]) for finding in blocking(*readings)]


LOAN = at(WALLET, owed("2.5", cross="2.5", interest="0.0003"))
NEGATIVE = replace(balance("-2.5", "SOL", wallet="trading", parts={"equity": "-2.5003"}), same_as=((WALLET,),))
FIVE_PLACES = (
    at(WALLET, NEGATIVE, owed("2.5", cross="2.5", interest="0.0003")),
    at(
        TOTAL,
        replace(owed("328.1", "USD", (*IN_WALLET, (TOTAL,)), interest="0.04"), worth=True, subject="borrowing"),
        owed("2.5", same_as=IN_WALLET, interest="0.0003"),
    ),
    at(LIST, owed("2.5003", same_as=IN_WALLET)),
    at(f"{LIST}-v2", owed("2.5003", same_as=(*IN_WALLET, (LIST,)))),
)


def test_one_loan_seen_in_five_places_is_one_thing_to_clear() -> None:
    ((place, also),) = blockers_with_places(*FIVE_PLACES)
    assert WALLET == place
    assert ["trading: -2.5 SOL", "borrowing: 328.1 USD (interest 0.04)", "one-click-repay: 2.5003 SOL"] == [
        next(line for line in also if line.startswith(start)) for start in ("trading", "borrowing: 328", LIST)
    ]
    assert 5 == len(also)


def test_one_loan_is_counted_once_in_dollars_and_every_row_stays_as_evidence() -> None:
    (finding,) = blocking(*FIVE_PLACES)
    assert Decimal("328.05") == finding.value_usd
    rows = finding.evidence["also_seen_in"]
    assert isinstance(rows, list)
    assert 5 == len(rows)


@pytest.mark.parametrize(
    "shown",
    ["2.6", "2.49", "25", None],
    ids=["more than the interest", "less than the loan", "ten times", "no amount"],
)
def test_an_amount_that_no_other_place_shows_stays_a_debt_of_its_own(shown: str | None) -> None:
    assert [WALLET, LIST] == [
        place for place, _also in blockers_with_places(LOAN, at(LIST, owed(shown, same_as=IN_WALLET)))
    ]


def test_a_negative_balance_and_the_loan_of_a_sub_account_are_two() -> None:
    negative = replace(balance("-5", "SOL", wallet="trading"), same_as=((WALLET, "subaccount-trading"),))
    lent = replace(owed("5"), owner="sub1")
    assert [(WALLET, []), ("subaccount-trading", [])] == blockers_with_places(
        at(WALLET, negative), at("subaccount-trading", lent)
    )


def test_one_loan_is_repeated_once_however_large_the_loan_beside_it_is() -> None:
    loans = at("loans", *(replace(owed(size), subject=size) for size in ("1000", "5000")))
    twice = (replace(owed("1000", same_as=(("loans",),)), subject=name) for name in ("first", "second"))
    assert [("loans", ["requests: 1000 SOL"]), ("loans", []), ("requests", [])] == blockers_with_places(
        loans, at("requests", *twice)
    )


def test_an_asset_repeats_no_debt_of_the_same_size() -> None:
    kept = replace(earning("10", "SOL"), same_as=((WALLET,),))
    assert [(WALLET, []), ("rewards", [])] == blockers_with_places(
        at(WALLET, balance("-10", "SOL")), at("rewards", kept)
    )


@pytest.mark.parametrize("sizes", [("2.5", "1"), ("1", "2.5")])
def test_rows_under_one_name_are_not_gone_while_one_of_them_is_nowhere_else(sizes: tuple[str, str]) -> None:
    rows = at(LIST, *(owed(size, same_as=IN_WALLET) for size in sizes))
    assert [(WALLET, []), (LIST, [])] == blockers_with_places(at(WALLET, owed("2.5")), rows)


def test_two_loans_of_the_same_size_are_two() -> None:
    flexible = at("flexible-loan", owed("2.5"))
    assert [WALLET, "flexible-loan"] == [place for place, _also in blockers_with_places(LOAN, flexible)]


def test_a_list_that_shows_two_loans_where_the_wallet_shows_one_leaves_the_second() -> None:
    first, second = owed("2.5", same_as=IN_WALLET), replace(owed("2.5", same_as=IN_WALLET), subject="isolated:SOL")
    assert [(WALLET, 1), (LIST, 0)] == [
        (place, len(also)) for place, also in blockers_with_places(LOAN, at(LIST, first, second))
    ]


def test_a_list_that_splits_a_loan_by_its_margin_repeats_both_parts() -> None:
    wallet = at(WALLET, owed("5", cross="3", isolated="2"))
    parts = [replace(owed(amount, same_as=IN_WALLET), subject=amount) for amount in ("3", "2")]
    assert [(WALLET, 2)] == [(place, len(also)) for place, also in blockers_with_places(wallet, at(LIST, *parts))]


def test_the_loan_of_another_coin_repeats_nothing() -> None:
    assert [WALLET, LIST] == [
        place for place, _also in blockers_with_places(LOAN, at(LIST, owed("2.5", "ADA", IN_WALLET)))
    ]


def test_what_repeats_a_place_that_was_not_read_blocks_by_itself() -> None:
    lists = (at(LIST, owed("2.5003", same_as=IN_WALLET)), at("v2", owed("2.5003", same_as=(*IN_WALLET, (LIST,)))))
    assert [(LIST, ["v2: 2.5003 SOL"])] == blockers_with_places(*lists)


def total(amount: str) -> Reading:
    return at(TOTAL, replace(owed(amount, "USD", IN_WALLET), worth=True))


def test_a_total_that_is_more_than_the_loans_seen_blocks_by_itself() -> None:
    assert [WALLET, TOTAL] == [place for place, _also in blockers_with_places(LOAN, total("340"))]
    assert [WALLET] == [place for place, _also in blockers_with_places(LOAN, total("328.4"))]


def test_a_total_of_a_loan_without_a_price_blocks_by_itself() -> None:
    unpriced = at(WALLET, owed("3", "GONE"))
    assert [WALLET, TOTAL] == [place for place, _also in blockers_with_places(unpriced, total("3"))]


@pytest.mark.parametrize("more", [{"in_bots": "12"}, {"equity": "9.5"}, {"isolated": "1"}])
def test_a_balance_below_zero_that_holds_something_else_as_well_is_told_by_itself(more: dict[str, str]) -> None:
    holding = replace(balance("-2.5", "SOL", wallet="trading", parts=more), same_as=IN_WALLET)
    assert {WALLET, "spot"} == {place for place, _also in blockers_with_places(LOAN, at("spot", holding))}


def test_interest_that_the_other_place_does_not_show_is_no_repetition() -> None:
    wallet = at(WALLET, owed("0", interest="0.003"))
    assert [WALLET, LIST] == [
        p for p, _also in blockers_with_places(wallet, at(LIST, owed("0", same_as=IN_WALLET, interest="5")))
    ]


def funds(amount: str, asset: str, subject: str, *, worth: bool) -> Bot:
    record = replace(bot("funds in the wallet", subject=subject), amount=Decimal(amount), asset=asset)
    return replace(record, worth=worth, same_as=(("bots",),) if worth else ())


def test_a_wallet_told_in_two_units_is_one_thing_to_clear() -> None:
    parts, worth = funds("1.5", "SOL", "bots:SOL", worth=False), funds("196", "USDT", "bots", worth=True)
    assert [("bots", ["bots: 196 USDT"])] == blockers_with_places(at("bots", parts, worth))


def test_a_wallet_that_is_worth_more_than_its_coins_is_told_twice() -> None:
    parts, worth = funds("1.5", "SOL", "bots:SOL", worth=False), funds("250", "USDT", "bots", worth=True)
    assert [("bots", []), ("bots", [])] == blockers_with_places(at("bots", parts, worth))


def rewards(amount: str) -> Earning:
    return replace(earning(amount, "USDG"), same_as=(("funding", "requests"),))


@pytest.mark.parametrize(("amount", "places"), [("260.4", 2), ("260.5", 3), ("220.4", 2)])
def test_a_product_that_only_counts_the_wallets_is_no_holding_of_its_own(amount: str, places: int) -> None:
    wallet, request = at("funding", balance("220.4", "USDG")), at("requests", earning("40", "USDG"))
    assert places == len(blockers_with_places(wallet, request, at("rewards", rewards(amount))))


def test_an_account_is_as_blocked_as_before_and_so_are_its_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = snapshot(*FIVE_PLACES, at("prices", SOL_PRICE))
    merged = build_report(whole, now=NOW)
    monkeypatch.setattr("auditor.rules._engine.one_finding_for_each_cause", lambda _snapshot, found: found)
    apart = build_report(whole, now=NOW)
    assert Verdict.BLOCKED == merged.verdict == apart.verdict
    assert [line.status for line in apart.requirements] == [line.status for line in merged.requirements]


def test_figures_that_cannot_be_compared_leave_every_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_view: AccountView, _reported: object) -> None:
        raise OverflowError("a figure beyond everything")

    monkeypatch.setattr("auditor.rules._causes.repetitions", failing)
    assert 6 == len(blocking(*FIVE_PLACES))


def test_a_value_is_that_of_the_figure_that_is_not_zero() -> None:
    (finding,) = blocking(at("sub", balance("0", "SOL", parts={Part.EQUITY: "2"})))
    assert (Decimal(0), Decimal("262.44")) == (finding.amount, finding.value_usd)


def test_a_price_that_is_not_known_is_not_a_cent() -> None:
    (finding,) = blocking(at("sub", balance("0", "GONE", parts={Part.EQUITY: "2"})))
    assert finding.value_usd is None


def test_nothing_has_no_value() -> None:
    (finding,) = blocking(at("loan", owed("0", interest="0")), at("w", balance("1", "SOL")))
    assert "w" == finding.surface
    view = AccountView(snapshot(at("prices", SOL_PRICE)), snapshot(at("prices", SOL_PRICE)).accounts[0])
    assert view.value_usd("SOL", Decimal(0)) is None
