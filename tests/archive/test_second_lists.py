"""The second witness: two changes that cancel out leave no trace in a balance, and another list shows them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from auditor import demo
from auditor.archive.list_group import ListGroup, ListProof
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.archive.verify import verify
from auditor.demo.faults import Call, Reply
from auditor.demo.okx import story
from auditor.demo.okx.story import FILLS, FUNDING, TRADING
from auditor.exchanges.registry import load
from auditor.spec.ledger import LedgerEntry
from auditor.spec.second_list import ListedRow
from tests.archive.archiving import SECOND, Doubts, archived, rows_of, told

pytestmark = pytest.mark.usefixtures("without_exports")

Row = dict[str, Any]


def of_a_week() -> demo.Account:
    """An account so young that a second list shows each of its rows."""
    return told(events=90, days=5)


def outcome_of(account: demo.Account, to: Path) -> Outcome:
    return archived(account, to).outcome


def without(account: demo.Account, path: str, *lost: Row) -> demo.Account:
    return account.with_rows(path, [row for row in account.books[path] if row not in lost])


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = archived(of_a_week(), tmp_path_factory.mktemp("week"))
    assert (ArchiveStatus.COMPLETE, (), ()) == (made.outcome.status, made.outcome.faults, made.outcome.gaps)
    return made.folder


def test_an_account_whose_every_row_stands_in_two_lists_is_complete(week: Path) -> None:
    assert (ArchiveStatus.COMPLETE, 0) == (verify(week).outcome.status, verify(week).outcome.exit_code)


def test_each_second_list_that_lacks_a_row_is_named(tmp_path: Path) -> None:
    account = of_a_week()
    for path in SECOND:
        account = without(account, path, account.books[path][0])
    outcome = outcome_of(account, tmp_path)
    named = {str(gap).partition(":")[0] for gap in outcome.gaps if ", the first of" in str(gap)}

    assert (ArchiveStatus.PARTIAL, len(SECOND)) == (outcome.status, len(named))


@pytest.mark.campaign(one_of=14)
@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize("path", SECOND)
def test_a_row_that_a_second_list_lacks_keeps_an_archive_from_being_complete(
    tmp_path: Path, path: str, place: int
) -> None:
    account = of_a_week()
    outcome = outcome_of(without(account, path, account.books[path][place]), tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)


CHANGED = {
    story.FUNDING_MONTH: "balChg",
    story.TRADING_WEEK: "bal",
    story.FILLS: "tradeId",
    story.DEPOSITS: "amt",
    story.WITHDRAWALS: "amt",
    story.SUB_TRANSFERS: "amt",
    story.CONVERSIONS: "fillBaseSz",
}


@pytest.mark.campaign(one_of=7)
@pytest.mark.parametrize("path", SECOND)
def test_a_row_that_is_another_in_a_second_list_keeps_an_archive_from_being_complete(tmp_path: Path, path: str) -> None:
    account = of_a_week()
    first, *others = account.books[path]
    name = CHANGED[path]
    changed = {**first, name: format(Decimal(first[name]) + 1, "f")}

    assert ArchiveStatus.COMPLETE is not outcome_of(account.with_rows(path, [changed, *others]), tmp_path).status


@pytest.mark.campaign(one_of=7)
@pytest.mark.parametrize("path", SECOND)
def test_a_second_list_that_is_refused_keeps_an_archive_from_being_complete(tmp_path: Path, path: str) -> None:
    refused = of_a_week().with_(refuses={path: "50120"})
    outcome = outcome_of(refused, tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any("was not read to its end" in str(gap) for gap in outcome.gaps)


def refusing_fills(kind: str, code: str) -> Callable[[Call], Reply | None]:
    """Refuse the fills of one kind of instrument, as OKX does where it does not offer it."""

    def fault(call: Call) -> Reply | None:
        is_struck = call.path == FILLS and call.query.get("instType") == kind
        return Reply(200, {"code": code, "data": [], "msg": "Parameter instType error"}) if is_struck else None

    return fault


def test_a_kind_that_the_site_does_not_have_and_the_ledger_does_not_show_leaves_nothing_open(tmp_path: Path) -> None:
    outcome = archived(of_a_week(), tmp_path, fault=refusing_fills("EVENTS", "51000")).outcome

    assert (ArchiveStatus.COMPLETE, ()) == (outcome.status, outcome.gaps)
    assert any("EVENTS" in str(note) and "refused" in str(note) for note in outcome.notes)


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize(("kind", "code"), [("SWAP", "51000"), ("SPOT", "51000"), ("EVENTS", "50120")])
def test_a_kind_that_the_ledger_shows_or_that_only_the_key_may_not_read_is_left_open(
    tmp_path: Path, kind: str, code: str
) -> None:
    outcome = archived(of_a_week(), tmp_path, fault=refusing_fills(kind, code)).outcome

    assert ArchiveStatus.PARTIAL is outcome.status
    assert any(f"Fills ({kind})" in str(gap) and "not read to its end" in str(gap) for gap in outcome.gaps)


def passed_on(rows: list[Row]) -> tuple[Row, Row]:
    """Return the first deposit that was sent straight on, with its withdrawal: neighbours that cancel out."""
    for row, following in pairwise(rows):
        if (row["type"], following["type"]) == ("1", "2") and Decimal(row["balChg"]) == -Decimal(following["balChg"]):
            return row, following
    raise AssertionError


def test_a_deposit_and_its_withdrawal_that_a_ledger_lost_are_missed_by_their_own_lists(tmp_path: Path) -> None:
    """They are older than a month, so that no other list of bills has them."""
    account = told()
    outcome = outcome_of(without(account, FUNDING, *passed_on(list(account.books[FUNDING]))), tmp_path)
    told_faults = [fault for fault in outcome.faults if "is not in the ledger" in str(fault)]

    assert (ArchiveStatus.DIFFERS, 2) == (outcome.status, len(told_faults))


def cancelling(account: demo.Account, path: str, types: tuple[str, str], times: str) -> demo.Account:
    """Return the account with two more rows behind the newest one in another list, which cancel out."""
    last = account.books[path][-1]
    change, number = Decimal(5), int(last["billId"])
    pair = [
        {
            **last,
            "billId": str(number + 1),
            "type": types[0],
            "balChg": "-5",
            "bal": str(Decimal(last["bal"]) - change),
        },
        {**last, "billId": str(number + 2), "type": types[1], "balChg": "5", "bal": last["bal"]},
    ]
    return account.with_rows(times, [*account.books[times], *pair])


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize(
    ("path", "twin", "types"),
    [(FUNDING, story.FUNDING_MONTH, ("75", "76")), (TRADING, story.TRADING_WEEK, ("12", "12"))],
)
def test_into_earn_and_back_that_a_ledger_lost_is_missed_by_the_other_list_of_bills(
    tmp_path: Path, path: str, twin: str, types: tuple[str, str]
) -> None:
    outcome = outcome_of(cancelling(of_a_week(), path, types, twin), tmp_path)

    assert (ArchiveStatus.DIFFERS, 2) == (outcome.status, len(outcome.faults))


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("path", [story.SUB_TRANSFERS, story.CONVERSIONS])
def test_what_cancelled_out_and_both_ledgers_lost_is_missed_by_the_list_of_it(tmp_path: Path, path: str) -> None:
    """To a sub-account and back, or a conversion there and back: it may be in either wallet, nothing contradicts."""
    account = of_a_week()
    first = account.books[path][0]
    there = {**first, "amt": "3", "fillBaseSz": "3", "fillQuoteSz": "5"}
    name = "billId" if "billId" in first else "tradeId"
    back = {**there, name: "2", "type": "1", "side": "buy"}
    outcome = outcome_of(account.with_rows(path, [{**there, name: "1"}, back, *account.books[path]]), tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert ["2"] == [str(gap).rpartition(": ")[2].strip(".") for gap in outcome.gaps]


def test_conversions_in_the_trading_account_are_seen_there() -> None:
    """The healthy account, which is complete, has some: this guards the test above."""
    converted = [row for row in of_a_week().books[TRADING] if row["type"] == "27"]
    assert len(converted) > 1


def test_a_fill_whose_rows_a_ledger_lost_is_missed(tmp_path: Path) -> None:
    account = told()
    first = account.books[story.FILLS][0]
    more = {**first, "tradeId": "1", "billId": str(int(first["billId"]) + 1)}
    outcome = outcome_of(account.with_rows(story.FILLS, [more, *account.books[story.FILLS]]), tmp_path)

    assert (ArchiveStatus.DIFFERS, 1) == (outcome.status, len(outcome.faults))


def test_halves_of_transfers_without_another_are_counted(tmp_path: Path) -> None:
    """Moved to Trading and back, which the Trading ledger lost."""
    account = told()
    last = account.books[FUNDING][-1]
    number, balance = int(last["billId"]), Decimal(last["bal"])
    halves = [
        {**last, "billId": str(number + 1), "type": "131", "balChg": "-1", "bal": str(balance - 1)},
        {**last, "billId": str(number + 2), "type": "130", "balChg": "1", "bal": last["bal"]},
    ]
    outcome = outcome_of(account.with_rows(FUNDING, [*account.books[FUNDING], *halves]), tmp_path)

    assert any("whose other half is in no list here: 2." in str(gap) for gap in Doubts.of(outcome).gaps)


def test_a_deposit_that_is_not_final_is_no_row_that_is_missing(tmp_path: Path) -> None:
    account = of_a_week()
    first = account.books[story.DEPOSITS][0]
    under_way = {**first, "depId": "1", "state": "0", "amt": "17"}
    outcome = outcome_of(account.with_rows(story.DEPOSITS, [*account.books[story.DEPOSITS], under_way]), tmp_path)

    assert ArchiveStatus.COMPLETE is outcome.status


def test_a_sub_account_is_not_asked_for_what_only_the_main_account_may_see(tmp_path: Path) -> None:
    sub = of_a_week().with_(kind="1", main_uid="700000000000000001", uid="700000000000000002")
    outcome = outcome_of(sub.with_rows(story.SUB_TRANSFERS, []), tmp_path)

    assert not any("sub-accounts" in str(gap) for gap in outcome.gaps)


@pytest.mark.parametrize(
    ("table", "paths", "columns"),
    [
        (
            "fills",
            {story.FILLS: ("billId", "instId", "fillPx", "fillSz", "fee")},
            ("instrument", "price", "amount", "fee"),
        ),
        (
            "movements",
            {story.DEPOSITS: ("depId", "ccy", "amt", "txId"), story.WITHDRAWALS: ("wdId", "ccy", "amt", "txId")},
            ("asset", "amount", "txid"),
        ),
        ("conversions", {story.CONVERSIONS: ("tradeId", "fillBaseSz", "fillQuoteSz")}, ("amount", "other_amount")),
    ],
)
def test_every_row_of_a_second_list_is_in_its_table_once_digit_for_digit(
    week: Path, table: str, paths: dict[str, tuple[str, ...]], columns: tuple[str, ...]
) -> None:
    books = of_a_week().books
    expected = sorted(tuple(row[name] for name in names) for path, names in paths.items() for row in books[path])

    assert expected == sorted((row["id"], *(row[name] for name in columns)) for row in rows_of(week, f"{table}.csv"))


def test_a_fill_says_whether_its_amount_is_of_coins_or_of_contracts(week: Path) -> None:
    """15 of a swap at 64,000 are not 960,000."""
    kinds = {row["billId"]: row["instType"] for row in of_a_week().books[FILLS]}
    units = {(kinds[row["id"]], row["amount_unit"]) for row in rows_of(week, "fills.csv")}

    assert {("SPOT", "coin"), ("SWAP", "contracts")} == units


def test_a_fill_names_both_sides_of_a_trade_in_the_ledger(week: Path) -> None:
    books = of_a_week().books
    expected: dict[tuple[str, str], set[str]] = {}
    for row in books[TRADING]:
        expected.setdefault((row["ordId"], row["tradeId"]), set()).add(row["billId"])

    fills = rows_of(week, "fills.csv")
    assert {1, 2} == {len(row["ledger_ids"].split()) for row in fills}
    assert [expected[row["order_id"], row["trade_id"]] for row in fills] == [
        set(row["ledger_ids"].split()) for row in fills
    ]


def test_a_deposit_that_was_created_before_it_was_credited_has_both_times(week: Path) -> None:
    rows = {row["id"]: row for row in rows_of(week, "ledger.csv") if row["wallet"] == "funding"}
    moved = [row for row in rows_of(week, "movements.csv") if row["ledger_ids"]]

    assert moved
    assert [rows[row["ledger_ids"]]["time"] for row in moved] == [row["credited"] for row in moved]
    assert any(row["time"] < row["credited"] for row in moved)


def test_a_conversion_names_the_coin_given_and_the_coin_received(week: Path) -> None:
    rows = {row["id"]: row for row in rows_of(week, "ledger.csv")}
    converted = rows_of(week, "conversions.csv")

    assert converted
    assert [{row["asset"], row["other_asset"]} for row in converted] == [
        {rows[one]["asset"] for one in row["ledger_ids"].split()} for row in converted
    ]


def test_transfers_name_both_wallets_and_the_rows_of_both_ledgers(week: Path) -> None:
    books = of_a_week().books
    halves = {row["billId"] for row in books[FUNDING] if row["type"] in {"130", "131"}}
    halves |= {row["billId"] for row in books[TRADING] if row["type"] == "1"}
    rows = rows_of(week, "transfers.csv")
    own = [row for row in rows if row["from_wallet"]]

    received = {row["billId"]: row["balChg"] for path in (FUNDING, TRADING) for row in books[path]}

    assert halves == {one for row in own for one in row["ledger_ids"].split()}
    assert [received[row["ledger_ids"].split()[1]] for row in own] == [row["amount"] for row in own]
    assert {("funding", "trading"), ("trading", "funding")} == {(row["from_wallet"], row["to_wallet"]) for row in own}
    assert len(books[story.SUB_TRANSFERS]) == len([row for row in rows if row["to_account"] == "demo-sub"])


def test_a_deposit_that_its_list_dates_a_week_after_the_ledger_is_the_same_deposit(tmp_path: Path) -> None:
    account = of_a_week()
    first, *others = account.books[story.DEPOSITS]
    late = {**first, "ts": str(int(account.books[story.DEPOSITS][-1]["ts"]) + 60_000)}

    assert ArchiveStatus.COMPLETE is outcome_of(account.with_rows(story.DEPOSITS, [*others, late]), tmp_path).status


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("path", [story.DEPOSITS, story.WITHDRAWALS])
def test_a_row_that_comes_twice_and_is_another_the_second_time_is_no_proof(tmp_path: Path, path: str) -> None:
    account = of_a_week()
    first, *others = account.books[path]
    outcome = outcome_of(account.with_rows(path, [{**first, "feeCcy": "OKB", "chain": "X"}, first, *others]), tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)


def test_rows_that_have_found_their_other_half_are_not_kept() -> None:
    """An order comes before its trades, and most orders have some: memory must not grow with them."""
    history = load("okx").history
    assert history is not None
    listed = next(one for one in history.seconds if one.id == "orders-spot")
    group = ListGroup([ListProof(listed)], 0, 0)
    for number in range(1, 200):
        row = ListedRow(id=str(number), time=number, cells=(), marks=(str(number),), due=False, expected=True)
        group.take_row(group.lists[0], row)
        entry = LedgerEntry(
            number=number,
            time=number,
            asset="BTC",
            change=Decimal(1),
            balance=Decimal(1),
            digits=("1", "1"),
            kind="trade",
            type="2",
            order_id=str(number),
        )
        group.take_entry(entry)
        group.take_entry(entry)
    group.settle()

    assert {} == dict(group._rows)
    assert (0, 0) == (group.unlisted, group.lists[0].nowhere)


@pytest.mark.parametrize("since", [0, 55, None])
def test_rows_after_the_end_of_all_lists_are_counted_like_those_that_waited_for_nothing(since: int | None) -> None:
    history = load("okx").history
    assert history is not None
    listed = next(one for one in history.seconds if one.id == "orders-spot")
    marks = [f"{number}" for number in range(100)]
    entries = [trade(time)._replace(order_id=mark) for time, mark in enumerate(marks)]
    groups = [ListGroup([ListProof(listed), ListProof(listed)], since, 0) for _time in range(2)]
    for group in groups:
        row = ListedRow(id="1", time=1, cells=(), marks=("3", "70", "90"), legs=2)
        group.take_row(group.lists[0], row)
    for _list in groups[1].lists:
        groups[1].end_list()
    for group in groups:
        for entry in entries:
            group.take_entry(entry, must_be_here=entry.number % 5 > 0)
        group.settle()

    waited, counted = groups
    assert (waited.unlisted, waited.first_unlisted) == (counted.unlisted, counted.first_unlisted)
    assert [one.missing for one in waited.lists] == [one.missing for one in counted.lists]
    assert since is None or counted.unlisted > 0


def trade(number: int) -> LedgerEntry:
    return LedgerEntry(number, number, "BTC", Decimal(1), Decimal(1), ("1", "1"), "trade", "2")


def test_a_deposit_that_arrives_while_the_balances_are_compared_is_found_in_its_list_too(tmp_path: Path) -> None:
    """The second lists were read before it came; its row is in the ledger, and in the balance."""
    whole = of_a_week()
    paths = (FUNDING, story.FUNDING_MONTH, story.DEPOSITS, "asset/balances")
    bill, deposit = whole.books[FUNDING][-1], whole.books[story.DEPOSITS][-1]
    number, time = str(int(bill["billId"]) + 1), str(int(bill["ts"]) + 1000)
    row = {**bill, "billId": number, "ccy": "AVAX", "type": "1", "balChg": "7", "bal": "7", "ts": time}
    arriving: dict[str, Row] = dict.fromkeys(paths, row)
    arriving[story.DEPOSITS] = {**deposit, "depId": "1", "ccy": "AVAX", "amt": "7", "ts": time}
    arriving["asset/balances"] = {"ccy": "AVAX", "bal": "7"}
    account = whole.with_(books={**whole.books, **{path: list(whole.books[path]) for path in paths}})
    asked: list[str] = []

    def arrive(call: Call) -> None:
        if call.path == "asset/balances" and not asked:
            asked.append(call.path)
            for path, one in arriving.items():
                account.books[path].append(one)  # type: ignore[attr-defined]

    outcome = archived(account, tmp_path, fault=arrive).outcome

    assert [] == list(map(str, outcome.gaps))
    assert ArchiveStatus.COMPLETE is outcome.status
    assert asked


@pytest.mark.parametrize("is_ledger_first", [False, True])
def test_a_row_of_before_the_ledgers_reach_takes_nothing_from_a_later_one_with_the_same_amount(
    is_ledger_first: bool,
) -> None:
    """Two conversions into as many coins, years apart: the ledger has the rows of the later one alone."""
    history = load("okx").history
    assert history is not None
    listed = next(one for one in history.seconds if one.id == "conversions")
    group, late = ListGroup([ListProof(listed)], 0, 1000), 600 * story.DAY

    def take_row(time: int, given: str) -> None:
        marks = ((given, Decimal(-3)), ("USDC", Decimal(5)))
        row = ListedRow(id=given, time=time, cells=(), marks=marks, due=False, expected=True, legs=2)
        group.take_row(group.lists[0], row)

    def take_entries() -> None:
        for asset, change in (("DOGE", -3), ("USDC", 5)):
            entry = LedgerEntry(
                number=1,
                time=late,
                asset=asset,
                change=Decimal(change),
                balance=Decimal(1),
                digits=("1", "1"),
                kind="conversion",
                type="27",
            )
            group.take_entry(entry)

    take_row(1, "SOL")
    steps = (take_entries, lambda: take_row(late, "DOGE"))
    for step in steps if is_ledger_first else reversed(steps):
        step()
    group.settle()

    assert (0, 0) == (group.unlisted, group.lists[0].nowhere)


def test_a_row_with_fewer_cells_than_its_table_has_columns_is_not_read() -> None:
    """Each of its cells would stand under the name of the next column."""
    fills = next(one for one in load("okx").history.seconds if one.table == "fills")  # type: ignore[union-attr]
    short = replace(fills, fields=(), read=lambda _row: ListedRow(id="1", time=0, cells=("BTC-USDT", "buy")))
    with pytest.raises(ValueError, match=fills.id):
        short.listed({})
