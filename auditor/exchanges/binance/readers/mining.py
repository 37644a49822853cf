"""Binance: how to read what a mining account, which only its pool user's name shows, is still to be paid or still does.

What was paid lies in the funding wallet; what a day earned is paid the day after.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from auditor.exchanges.binance.readers.rows import not_read, records_of
from auditor.i18n import _, mark
from auditor.model.records import Bot, Flow, Record
from auditor.model.reference_data import Named
from auditor.model.snapshot import Reading, Trouble, Unread
from auditor.spec.fields import Malformed, Row, amount, number, rows, text
from auditor.spec.surface import Context, Reader, Scope, listed, whole

PAID = "2"
UNPAID = {"0": mark("not paid yet"), "1": mark("being paid")}
OVER = frozenset({"1", "2"})
PROFIT = (text("time"), text("coinName"), number("profitAmount"), text("status"))
RESALE = (text("configId"), text("status"))
TODAY = (text("userName"), number("validNum"), rows("earned", text("coin"), amount("amount")))


def within(name: str) -> Callable[[object], list[object]]:
    """The rows in list ``name`` of an answer's data."""
    return lambda answer: listed(name)(_data(answer))


def algorithm(row: Row, context: Context) -> Iterable[Record]:
    """An algorithm by which the mining account may mine."""
    name = str(context.scope.known["name"])
    yield Named(subject=f"{name}:{row.text('algoName')}", row={}, name=name, part=row.text("algoName"))


def each_account(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope] | None:
    """One asking for each mining account and algorithm; none when nobody named one, None when they were not read."""
    if _nobody(read):
        return []
    return None if not_read(read) else [Scope(params={"algo": n.part, "userName": n.name}) for n in _named(read)]


def once(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope] | None:
    """One asking where a mining account is named."""
    scopes = each_account(read)
    return scopes and [Scope()]


def _nobody(read: Mapping[str, Sequence[Reading]]) -> bool:
    results = [reading.result for readings in read.values() for reading in readings]
    return any(isinstance(result, Unread) and result.trouble is Trouble.UNNAMED for result in results)


def _named(read: Mapping[str, Sequence[Reading]]) -> Iterable[Named]:
    return (record for record in records_of(read) if isinstance(record, Named))


def profit(direction: str) -> Reader:
    """What one day earned, or a bonus, until it is paid."""

    def read(row: Row, context: Context) -> Iterable[Record]:
        state = row.text("status")
        if state != PAID:
            yield _flow(
                row,
                f"{_whose(context)}:{row.text('time')}:{row.text('coinName')}:{row.hint('type')}",
                (direction, row.text("coinName"), state),
                UNPAID.get(state, mark("in a state that Binance's documentation does not name")),
            )

    return read


def _flow(row: Row, subject: str, words: tuple[str, str, str], reason: str) -> Flow:
    direction, asset, state = words
    return Flow(
        subject=subject,
        row=row.raw,
        direction=direction,
        asset=asset,
        amount=row.amount("profitAmount"),
        state=state,
        reason=reason,
        stuck=False,
        known=state in UNPAID,
        started_at=row.hint_time("time"),
        ready_at=None,
    )


def _whose(context: Context) -> str:
    return f"{context.scope.params.get('userName')}:{context.scope.params.get('algo')}"


def resale(row: Row, _context: Context) -> Iterable[Record]:
    """Hash rate that is lent to another pool user, until it was cancelled or its time is over."""
    state = row.text("status")
    if state not in OVER:
        yield _bot(row, row.text("configId"), mark("hash rate resale"), mark("running") if state == "0" else state)


def today(row: Row, context: Context) -> Iterable[Record]:
    """Miners that work now, and what they have earned today, which no list shows yet."""
    if row.text("userName").casefold() != str(context.scope.params["userName"]).casefold():
        raise Malformed(_("the answer is about {name}").format(name=row.text("userName")))
    if row.amount("validNum"):
        yield _bot(row, _whose(context), mark("mining"), mark("running"))
    for each in row.rows("earned"):
        if each.amount("amount"):
            yield Flow(
                subject=f"{_whose(context)}:{each.text('coin')}",
                row=row.raw,
                direction=mark("mining earning"),
                asset=each.text("coin"),
                amount=each.amount("amount"),
                state=mark("today"),
                reason=UNPAID["0"],
                stuck=False,
                known=True,
                started_at=None,
                ready_at=None,
            )


def statistics(answer: object) -> list[object]:
    """The account's one row, with what it earned today by coin."""
    data = _data(answer)
    earned = data.get("profitToday")
    if not isinstance(earned, dict):
        raise Malformed(_("{name} is not {kind}").format(name="profitToday", kind=_("an object")))
    return [{**data, "earned": [{"coin": coin, "amount": figure} for coin, figure in earned.items()]}]


def _data(answer: object) -> dict[str, object]:
    (outer,) = whole(answer)
    data = outer.get("data") if isinstance(outer, dict) else None
    (inner,) = whole(data)
    return dict(inner) if isinstance(inner, dict) else {}


def _bot(row: Row, subject: str, kind: str, state: str) -> Bot:
    return Bot(subject=subject, row=row.raw, kind=kind, state=state, market=None, assets=(), amount=None, asset=None)
