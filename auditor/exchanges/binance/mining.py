"""Binance: unpaid earnings of mining accounts, and miners that still run.

A mining account is shown only by the name of its pool user. Paid earnings are in the funding wallet; a day's earnings
are paid the day after. Only a refusal shows whether a mining account exists; it proves nothing about other places.
"""

from collections.abc import Callable, Iterable, Sequence

from auditor.exchanges.binance.errors import SOME_ACCOUNTS
from auditor.exchanges.binance.flow_reader import UNKNOWN_STATE
from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.i18n import Text, _, mark
from auditor.model.records import Area, Bot, Flow, Record
from auditor.model.reference_data import Named
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.endpoint import Numbered
from auditor.spec.fields import MalformedError, amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import RequestPlan, Surface
from auditor.spec.words import state_in_words

MINING_PAGES = Numbered(number="pageIndex", limit="pageSize", size=200, total="data.totalNum")


def _data(answer: object) -> dict[str, object]:
    (outer,) = object_row(answer)
    data = outer.get("data") if isinstance(outer, dict) else None
    (inner,) = object_row(data)
    return dict(inner) if isinstance(inner, dict) else {}


def rows_in_data(name: str) -> Callable[[object], list[object]]:
    """Select the rows in list ``name`` of an answer's data."""
    return lambda answer: rows_in(name)(_data(answer))


@reads(text("algoName"))
def algorithm(row: Row, context: Context) -> Iterable[Record]:
    """Read an algorithm that the mining account may use."""
    name = str(context.scope.known["name"])
    yield Named(subject=f"{name}:{row.text('algoName')}", row={}, name=name, part=row.text("algoName"))


ALGORITHMS = Surface(
    id="mining",
    area=Area.BOTS,
    title="Mining pool, by the names of its users",
    endpoint=documented(SAPI, "mining/pub/algoList", sapi(1), rows=rows_in("data")),
    reader=algorithm,
    manual_check=SOME_ACCOUNTS,
    named="mining",
    value=False,
)


def _is_nobody_named(readings: Readings) -> bool:
    results = [reading.result for found in readings.values() for reading in found]
    return any(isinstance(result, Unread) and result.trouble is Trouble.UNNAMED for result in results)


def _accounts(readings: Readings) -> Sequence[Scope] | None:
    """Plan a request for each mining account and algorithm.

    No request when the user named no account; None when the algorithms were not read.
    """
    if _is_nobody_named(readings):
        return []
    if is_unread(readings):
        return None
    algorithms = (record for record in records_in(readings) if isinstance(record, Named))
    return [Scope(params={"algo": found.part, "userName": found.name}) for found in algorithms]


def _once(readings: Readings) -> Sequence[Scope] | None:
    """Plan one request where the user named a mining account."""
    scopes = _accounts(readings)
    return scopes and [Scope()]


_NO_ACCOUNT = "No mining account was named."
EACH_ACCOUNT = RequestPlan(after=("mining",), scopes=_accounts, nothing=_NO_ACCOUNT)
ANY_ACCOUNT = RequestPlan(after=("mining",), scopes=_once, nothing=_NO_ACCOUNT)

PAID = "2"
UNPAID = {"0": mark("not paid yet"), "1": mark("being paid")}


def _bot(row: Row, subject: str, kind: str, state: Text, *, ending: str) -> Bot:
    return Bot(
        subject=subject,
        row=row.raw,
        kind=kind,
        state=state,
        market=None,
        assets=(),
        amount=None,
        asset=None,
        ending=ending,
    )


def _account(context: Context) -> str:
    return f"{context.scope.params.get('userName')}:{context.scope.params.get('algo')}"


def statistics_row(answer: object) -> list[object]:
    """Return the account's one row, with today's earnings as a list of coins."""
    data = _data(answer)
    earned = data.get("profitToday")
    if not isinstance(earned, dict):
        raise MalformedError(_("{name} is not {kind}").format(name="profitToday", kind=_("an object")))
    return [{**data, "earned": [{"coin": coin, "amount": figure} for coin, figure in earned.items()]}]


@reads(text("userName"), amount("validNum"), rows("earned", text("coin"), amount("amount")))
def today(row: Row, context: Context) -> Iterable[Record]:
    """Read running miners, and today's earnings, which no list shows yet."""
    if row.text("userName").casefold() != str(context.scope.params["userName"]).casefold():
        raise MalformedError(_("the answer is about {name}").format(name=row.text("userName")))
    if row.amount("validNum"):
        ending = mark("Point your miners to another pool, and wait until the last earnings are paid.")
        yield _bot(row, _account(context), mark("mining"), mark("running"), ending=ending)
    for earning in row.rows("earned"):
        if earning.amount("amount"):
            yield Flow(
                subject=f"{_account(context)}:{earning.text('coin')}",
                row=row.raw,
                direction=mark("mining earning"),
                asset=earning.text("coin"),
                amount=earning.amount("amount"),
                state=mark("today"),
                reason=UNPAID["0"],
                stuck=False,
                known=True,
                started_at=None,
                ready_at=None,
            )


TODAY = Surface(
    id="mining-today",
    area=Area.BOTS,
    title="Mining: miners at work, and today's earnings",
    endpoint=documented(SAPI, "mining/statistics/user/status", sapi(1), rows=statistics_row),
    reader=today,
    manual_check=SOME_ACCOUNTS,
    plan=EACH_ACCOUNT,
)


def profit(direction: str) -> Reader:
    """Read one day's earnings, or a bonus, until it is paid."""

    @reads(text("time"), text("coinName"), amount("profitAmount"), text("status"))
    def read(row: Row, context: Context) -> Iterable[Record]:
        state = row.text("status")
        if state != PAID:
            yield Flow(
                subject=f"{_account(context)}:{row.text('time')}:{row.text('coinName')}:{row.hint('type')}",
                row=row.raw,
                direction=direction,
                asset=row.text("coinName"),
                amount=row.amount("profitAmount"),
                state=state,
                reason=UNPAID.get(state, UNKNOWN_STATE),
                stuck=False,
                known=state in UNPAID,
                started_at=row.hint_time("time"),
                ready_at=None,
            )

    return read


EARNINGS = Surface(
    id="mining-earnings",
    area=Area.BOTS,
    title="Mining: earnings not paid",
    endpoint=documented(
        SAPI, "mining/payment/list", sapi(1), pagination=MINING_PAGES, rows=rows_in_data("accountProfits")
    ),
    reader=profit(mark("mining earning")),
    manual_check=SOME_ACCOUNTS,
    plan=EACH_ACCOUNT,
)
BONUSES = Surface(
    id="mining-bonuses",
    area=Area.BOTS,
    title="Mining: bonuses not paid",
    endpoint=documented(
        SAPI, "mining/payment/other", sapi(1), pagination=MINING_PAGES, rows=rows_in_data("otherProfits")
    ),
    reader=profit(mark("mining bonus")),
    manual_check=SOME_ACCOUNTS,
    plan=EACH_ACCOUNT,
)

RESALE_OVER = frozenset({"1", "2"})


@reads(text("configId"), text("status"))
def resale(row: Row, _context: Context) -> Iterable[Record]:
    """Read hash rate lent to another pool user, until it is cancelled or its time is over."""
    state = row.text("status")
    if state not in RESALE_OVER:
        ending = mark("Cancel the resale in the mining pool's settings, or wait until its time is over.")
        in_words = state_in_words(state, {"0": mark("running")})
        yield _bot(row, row.text("configId"), mark("hash rate resale"), in_words, ending=ending)


RESALES = Surface(
    id="mining-resales",
    area=Area.BOTS,
    title="Mining: hash rate resold",
    endpoint=documented(
        SAPI,
        "mining/hash-transfer/config/details/list",
        sapi(1),
        pagination=MINING_PAGES,
        rows=rows_in_data("configDetails"),
    ),
    reader=resale,
    manual_check=SOME_ACCOUNTS,
    plan=ANY_ACCOUNT,
)

MINING = (ALGORITHMS, TODAY, EARNINGS, BONUSES, RESALES)
