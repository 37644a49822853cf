"""Money that moves while it is read: never clean unless nothing moved.

Over real HTTP to the demo exchange where a fault moves something at a chosen call, and with accounts that are made up
where the order of several accounts matters.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from auditor.audit.collector import Collected
from auditor.audit.confirmation import LEDGER, ROUNDS, read_and_confirm
from auditor.demo import Account, Call, Fault, Reply
from auditor.i18n import verbatim
from auditor.model.account import Options
from auditor.model.records import Area, Balance
from auditor.model.report import Verdict
from auditor.model.snapshot import NotApplicable, Read, Reading, Standing, Trouble, Unread
from tests import builders
from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench, bench
from tests.exchanges.findings import result, unread
from tests.exchanges.okx.bare import BARE, KEPT
from tests.exchanges.okx.samples import ORDER, SAMPLES
from tests.exchanges.samples import ago

FUNDING, SAVINGS, ORDERS, DEPOSITS = (
    "asset/balances",
    "finance/savings/balance",
    "trade/orders-pending",
    "asset/deposit-history",
)
BILLS = "asset/bills"
IN_FUNDING = BARE.with_rows(FUNDING, SAMPLES["funding"].rows)
IN_EARN = BARE.with_rows(SAVINGS, SAMPLES["simple-earn"].rows)
IN_ORDER = BARE.with_rows(ORDERS, [{**ORDER, "ordId": "2609000000000000011"}])
IN_SUB = replace(BARE, books={**KEPT, "asset/subaccount/balances": SAMPLES["subaccount-funding"].rows})
OUT_OF_SUB = replace(IN_FUNDING, books={**KEPT, **IN_FUNDING.books})


@pytest.fixture(scope="module")
def shared() -> Iterator[Bench]:
    with bench() as one:
        yield one


class At:
    """Does something when a path is asked for the nth time, before or after that question is answered."""

    def __init__(self, path: str, act: Callable[[], None], times: int = 1) -> None:
        self.path, self.act, self.left = path, act, times

    def __call__(self, call: Call) -> None:
        if call.path == self.path:
            self.left -= 1
            if self.left == 0:
                self.act()


def moves(shared: Bench, at: str, after: Account, times: int = 1) -> Fault:
    """Once ``at`` was asked (and answered as before), the exchange has ``after``."""
    return At(at, lambda: shared.put(after), times)


def by_surface(audited: DemoAudit) -> set[str]:
    return {finding.surface for finding in audited.report.findings if finding.severity == "blocker"}


def asked(audited: DemoAudit, path: str) -> int:
    return sum(call.path == path for call in audited.calls)


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        pytest.param(IN_EARN, FUNDING, IN_FUNDING, id="earn to balance"),
        pytest.param(IN_ORDER, FUNDING, IN_FUNDING, id="order to balance"),
        pytest.param(IN_SUB, FUNDING, OUT_OF_SUB, id="sub to main"),
        pytest.param(IN_FUNDING, FUNDING, IN_EARN, id="balance to earn"),
        pytest.param(BARE, FUNDING, IN_FUNDING, id="nowhere to balance"),
    ],
)
def test_money_that_moves_while_it_is_read_is_found(shared: Bench, before: Account, at: str, after: Account) -> None:
    audited = shared.audit(before, fault=moves(shared, at, after))

    assert (Verdict.BLOCKED, None) == (audited.report.verdict, audited.report.confirmed_at)
    assert by_surface(audited) & {"funding", "simple-earn", "orders"}


def test_balances_are_read_before_anything_that_they_can_go_to(shared: Bench) -> None:
    paths = [call.path for call in shared.audit(BARE).calls]

    wallets = {FUNDING, "account/balance", "asset/non-tradable-assets", "asset/asset-valuation"}
    first_other = next(n for n, path in enumerate(paths) if path in {SAVINGS, ORDERS, "account/positions", DEPOSITS})
    assert wallets <= set(paths[:first_other])
    assert {BILLS, "account/bills"} <= set(paths[: min(paths.index(path) for path in wallets)])
    assert {BILLS, "account/bills"} == set(paths[-2:])


def test_a_balance_that_is_wrong_for_a_moment_is_found(shared: Bench) -> None:
    wrong = iter([Reply(edit=lambda body: {**body, "data": []})])

    audited = shared.audit(IN_FUNDING, fault=lambda call: next(wrong, None) if call.path == FUNDING else None)

    assert (Verdict.BLOCKED, {"funding"}) == (audited.report.verdict, by_surface(audited) - {"valuation"})


def ledger(number: int) -> Reply:
    return Reply(body={"code": "0", "msg": "", "data": [{"billId": str(number)}]})


def test_a_ledger_that_went_on_means_that_all_is_read_again(shared: Bench) -> None:
    newest = iter([ledger(1), ledger(2), ledger(2)])

    audited = shared.audit(BARE, fault=lambda call: next(newest) if call.path == BILLS else None)

    once, settled = asked(shared.audit(BARE), ORDERS), result(audited, LEDGER)
    assert (Verdict.CLEAN, 3, True) == (audited.report.verdict, asked(audited, BILLS), isinstance(settled, Read))
    assert (2 * once, 3) == (asked(audited, ORDERS), asked(audited, FUNDING))


def test_an_account_that_never_holds_still_is_unsettled(shared: Bench) -> None:
    newest = iter(range(100))

    audited = shared.audit(BARE, fault=lambda call: ledger(next(newest)) if call.path == BILLS else None)

    trouble = unread(audited, LEDGER)
    assert (Verdict.INCOMPLETE, Trouble.UNSETTLED) == (audited.report.verdict, trouble.trouble)
    assert "Something moved each time the account was read; stop what trades there, and audit again." == str(
        trouble.reason
    )
    assert (ROUNDS + 1, None) == (asked(audited, BILLS), audited.snapshot.accounts[0].confirmed_at)
    assert "met" not in {line.status for line in audited.report.requirements}


def test_a_ledger_that_cannot_be_read_leaves_the_account_unproved(shared: Bench) -> None:
    broken = Reply(status=403, body={"code": "50030", "msg": "No permission", "data": []})

    audited = shared.audit(BARE, fault=lambda call: broken if call.path == BILLS else None)

    assert (Verdict.INCOMPLETE, Trouble.PERMISSION) == (
        audited.report.verdict,
        unread(audited, "funding-ledger").trouble,
    )
    assert audited.snapshot.accounts[0].confirmed_at is None


@pytest.mark.parametrize(
    ("at", "times", "looks"),
    [
        pytest.param("account/bills", 1, 2, id="before everything"),
        pytest.param(FUNDING, 2, 3, id="between the two readings"),
        pytest.param("account/bills", 2, 2, id="after everything"),
    ],
)
def test_one_more_finished_row_is_something_that_moved(shared: Bench, at: str, times: int, looks: int) -> None:
    grown = BARE.with_rows(DEPOSITS, [{**(SAMPLES["deposits"].finished or {}), "depId": "71950", "ts": ago(1)}])

    audited = shared.audit(BARE, fault=moves(shared, at, grown, times))

    assert (Verdict.CLEAN, looks) == (audited.report.verdict, asked(audited, FUNDING))


def test_rows_in_another_order_are_nothing_that_moved(shared: Bench) -> None:
    rows = [{"ccy": name, "bal": "0.0", "availBal": "0", "frozenBal": "0"} for name in ("LTC", "ADA", "DOT")]
    turn = iter([rows, rows[::-1]])

    def fault(call: Call) -> Reply | None:
        return Reply(body={"code": "0", "msg": "", "data": next(turn)}) if call.path == FUNDING else None

    audited = shared.audit(BARE, fault=fault)

    assert (Verdict.CLEAN, 2) == (audited.report.verdict, asked(audited, FUNDING))


def test_readings_that_lie_too_far_apart_do_not_count(shared: Bench) -> None:
    audited = shared.audit(
        BARE,
        fault=lambda call: Reply(delay=0.2) if call.path == FUNDING else None,
        options=Options(pace=0, window=0.1),
    )

    said = "Reading took longer than the 0.1 s within which it counts; give more with --window."
    assert (Verdict.INCOMPLETE, said) == (audited.report.verdict, str(unread(audited, LEDGER).reason))


def test_the_window_and_the_confirmation_stand_in_the_report(shared: Bench) -> None:
    audited = shared.audit(BARE, options=Options(pace=0, window=77.0))

    (account,) = audited.snapshot.accounts
    times = [r.result.at for r in account.readings if isinstance(r.result, Read)]
    assert (77.0, max(times)) == (audited.report.window, audited.report.confirmed_at)


GONE = [("50119", 401), ("50111", 401), ("50008", 200), ("50100", 400)]


def dies(code: str, status: int, path: str, times: int) -> Fault:
    """From the nth question at ``path`` on, every private one is answered with ``code``."""
    dead: list[bool] = []
    trigger = At(path, lambda: dead.append(True), times)

    def fault(call: Call) -> Reply | None:
        trigger(call)
        return Reply(status=status, body={"code": code, "msg": "gone", "data": []}) if dead and call.account else None

    return fault


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize(("path", "times"), [(FUNDING, 1), (SAVINGS, 1), (FUNDING, 2), (SAVINGS, 2), (BILLS, 2)])
@pytest.mark.parametrize(("code", "status"), GONE)
def test_a_key_that_vanishes_in_the_middle_ends_with_its_own_message(
    shared: Bench, code: str, status: int, path: str, times: int
) -> None:
    audited = shared.audit(BARE, fault=dies(code, status, path, times))

    assert (Verdict.INCOMPLETE, None) == (audited.report.verdict, audited.report.confirmed_at)
    assert str(str(unread(audited, LEDGER).reason)).startswith(
        "The key stopped working while the account was read: it was deleted, or the account was closed. "
        f"The exchange said: gone (HTTP {status})."
    )


@pytest.mark.parametrize(("path", "times"), [(FUNDING, 1), (SAVINGS, 2), (BILLS, 2)])
@pytest.mark.parametrize("code", ["50012", "50007"])
def test_an_account_that_is_shut_in_the_middle_is_blocked_and_says_so(
    shared: Bench, code: str, path: str, times: int
) -> None:
    audited = shared.audit(BARE, fault=dies(code, 200, path, times))

    assert Verdict.BLOCKED == audited.report.verdict
    assert "account-restricted" in {finding.rule for finding in audited.report.findings}


def test_no_account_is_confirmed_before_all_were_read_once(shared: Bench) -> None:
    other = replace(
        BARE, name="other", apikey="demo-other-key", uid="710000000000000777", main_uid="710000000000000777"
    )

    audited = shared.audit(
        BARE, other, fault=lambda call: Reply(delay=0.05) if call.account == "other" and call.path == SAVINGS else None
    )

    order = [(call.account, call.path) for call in audited.calls]
    again = [n for n, call in enumerate(order) if call == ("bare", FUNDING)][1]
    assert ("other", SAVINGS) in order[:again]
    assert (Verdict.CLEAN, 2) == (audited.report.verdict, order.count(("other", SAVINGS)))


SUB = replace(BARE, name="cellar", apikey="demo-cellar-key", uid="710000000000000901", kind="1")
MAIN = replace(BARE, books=KEPT)


def test_a_sub_account_that_never_holds_still_leaves_its_main_account_unproved(shared: Bench) -> None:
    newest = iter(range(100))

    def fault(call: Call) -> Reply | None:
        return ledger(next(newest)) if (call.account, call.path) == ("cellar", BILLS) else None

    still, moving = shared.audit(MAIN, SUB), shared.audit(MAIN, SUB, fault=fault)

    assert [Verdict.CLEAN] * 2 == [account.verdict for account in still.report.accounts]
    assert [Verdict.INCOMPLETE] * 2 == [account.verdict for account in moving.report.accounts]
    assert "Not all of it was read with the key of cellar." == str(unread(moving, "subaccount-orders").reason)


# Below, accounts that are made up: what each of their looks shows is written out.

Looks = Sequence[Mapping[str, Any]]


@dataclass
class Made:
    """An account; ``looks``: what it shows each time it is read, the last of them from then on."""

    looks: Looks
    seen: int = -1
    whole: list[bool] = field(default_factory=list)
    exchange: str = "okx"

    @property
    def now(self) -> Mapping[str, Any]:
        return self.looks[min(max(self.seen, 0), len(self.looks) - 1)]

    async def first(self) -> tuple[Reading, ...]:
        return (builders.reading(area=Area.STATUS, surface="who"),)

    def settled(self, known: Sequence[Reading], _read: Sequence[Reading]) -> tuple[Reading, ...]:
        return tuple(known)

    async def ledgers(self) -> tuple[Reading, ...]:
        mark = builders.reading(area=Area.STATUS, surface="ledger")
        return (replace(mark, result=Read(records=(), rows=self.now.get("ledger", 0), at=self.at)),)

    async def surfaces(self, known: Sequence[Reading] = ()) -> tuple[Reading, ...]:
        self.seen += 1
        self.whole.append(not known)
        await asyncio.sleep(0)
        return tuple(self.now.get("shown", (replace(NOTHING, result=Read(records=(), rows=0, at=self.at)),)))

    @property
    def at(self) -> Any:
        return builders.NOW + timedelta(seconds=10 * self.seen)


NOTHING = builders.reading()
FIVE = {"shown": (builders.reading(builders.balance("5")),)}


def settle(*accounts: Made, window: float = 600) -> list[Collected]:
    return asyncio.run(read_and_confirm(accounts, window))  # type: ignore[arg-type]


def read(reading: Reading) -> Read:
    assert isinstance(reading.result, Read)
    return reading.result


def amounts(taken: Collected) -> set[str]:
    shown = [record for reading in taken.readings for record in read(reading).records]
    return {str(record.amount) for record in shown if isinstance(record, Balance)}


def end(taken: Collected) -> Read | Unread | NotApplicable | None:
    return next((reading.result for reading in taken.readings if reading.surface == LEDGER), None)


def test_an_account_is_not_confirmed_while_another_still_moves() -> None:
    """Money came to the second and went to the first, after the first had been read twice."""
    first = Made([{}, {}, FIVE])
    second = Made([{}, {"ledger": 2}, {"ledger": 2}])

    main, sub = settle(first, second)

    assert (None, None) == (main.confirmed_at, end(main))
    assert "5" in amounts(main)
    assert sub.confirmed_at is not None


def test_all_is_read_again_once_something_moved() -> None:
    moving = Made([{}, {"ledger": 1}, {"ledger": 1}])

    settle(moving)

    assert [True, False, True] == moving.whole


def test_accounts_that_hold_something_are_read_once_and_not_confirmed() -> None:
    held, empty = Made([FIVE]), Made([{}])

    blocked, clean = settle(held, empty)

    assert (0, None, None) == (held.seen, blocked.confirmed_at, end(blocked))
    last = builders.NOW + timedelta(seconds=10)
    assert (1, last, Read(records=(), rows=0, at=last)) == (empty.seen, clean.confirmed_at, end(clean))


def test_no_accounts_are_no_readings() -> None:
    assert [] == settle()


def test_only_the_account_that_still_moves_at_the_end_is_unsettled() -> None:
    still, restless = Made([{}]), Made([{"ledger": number} for number in range(9)])

    calm, moving = settle(still, restless)

    assert (ROUNDS, ROUNDS) == (still.seen, restless.seen)
    assert calm.confirmed_at is not None
    assert isinstance(end(moving), Unread)


def test_an_undocumented_place_that_cannot_be_read_does_not_hinder() -> None:
    lost = builders.unread(standing=Standing.UNDOCUMENTED)

    (taken,) = settle(Made([{"shown": (NOTHING, lost)}]))

    assert taken.confirmed_at is not None


def test_a_place_that_was_unread_and_then_read_is_something_that_moved() -> None:
    lost = builders.unread(standing=Standing.UNDOCUMENTED)
    found = replace(lost, result=NOTHING.result)

    (taken,) = settle(made := Made([{"shown": (lost,)}, {"shown": (found,)}]))

    assert (2, True) == (made.seen, taken.confirmed_at is not None)


def test_a_place_that_was_unread_and_then_does_not_apply_is_something_that_moved() -> None:
    lost = builders.unread(standing=Standing.UNDOCUMENTED)
    gone = replace(lost, result=NotApplicable(reason=verbatim("Not for this account."), source="written out here"))

    (taken,) = settle(made := Made([{"shown": (lost,)}, {"shown": (gone,)}]))

    assert (2, True) == (made.seen, taken.confirmed_at is not None)


def test_places_and_rows_in_another_order_are_nothing_that_moved() -> None:
    empty = builders.balance("0")
    places = [
        replace(NOTHING, owner=owner, result=Read(records=(empty, replace(empty, wallet="trading")), rows=2, at=at))
        for owner, at in ((None, builders.NOW), ("one", builders.NOW), ("two", builders.NOW))
    ]
    turned = [replace(p, result=replace(read(p), records=read(p).records[::-1])) for p in reversed(places)]

    (taken,) = settle(made := Made([{"shown": places}, {"shown": turned}]))

    assert (1, True) == (made.seen, taken.confirmed_at is not None)


def test_money_that_arrives_before_the_very_last_look_is_shown() -> None:
    late = Made([{}, {"ledger": 1}, {"ledger": 2}, FIVE])

    (taken,) = settle(late)

    assert (ROUNDS, None, None) == (late.seen, taken.confirmed_at, end(taken))
    assert "5" in amounts(taken)


def test_an_account_that_moves_beside_one_that_holds_something_is_read_until_it_is_still() -> None:
    held, moving = Made([FIVE]), Made([{}, {"ledger": 1}, {"ledger": 1}])

    blocked, clean = settle(held, moving)

    assert (0, 2) == (held.seen, moving.seen)
    assert (None, True) == (blocked.confirmed_at, clean.confirmed_at is not None)


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble is not Trouble.CREDENTIALS])
def test_only_a_key_that_is_refused_is_said_to_have_stopped_working(trouble: Trouble) -> None:
    lost = replace(NOTHING, result=Unread(reason=verbatim("It could not be read."), trouble=trouble))

    (taken,) = settle(Made([{"shown": (lost,)}]))

    assert None is end(taken)


def test_the_line_that_says_that_nothing_moved_stands_with_those_of_the_account() -> None:
    (taken,) = settle(Made([{}]))

    line = next(reading for reading in taken.readings if reading.surface == LEDGER)
    expected = (Area.STATUS, "Nothing moved while it was read", Standing.DOCUMENTED, "")
    assert expected == (line.area, line.title, line.standing, line.endpoint)


@pytest.mark.parametrize(("window", "counts"), [(20, True), (19.9, False), (1e300, True)])
def test_the_window_is_from_the_first_reading_to_the_last(window: float, counts: bool) -> None:
    (taken,) = settle(Made([{}]), window=window)

    # The ledger before the first look and the ledger after the last lie 20 s apart.
    assert counts == (taken.confirmed_at is not None)
