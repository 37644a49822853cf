"""Turn the result of a unified method and its raw rows into records.

ccxt's parsed rows count only where each raw row has a counterpart and no amount is missing; figures that ccxt drops
are taken from the raw row by the field names in ``calls/<id>.toml``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from auditor.exchanges.unified.answers import Row, parsed_row, value_at
from auditor.exchanges.unified.spec import States, UnifiedCall
from auditor.i18n import _, mark
from auditor.model import amounts
from auditor.model.records import Balance, Debt, Flow, Order, Part, Position, Record
from auditor.spec.fields import LATEST, UNKNOWN_TEXT, MalformedError, unreadable_row

MAYBE = "?"
OWED = (Part.LIABILITY, Part.INTEREST)
NOT_OVER = mark("final by that word, but another field says that it is held up")
UNKNOWN = mark("in a state that this program does not know")


Doubts = list[MalformedError]


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """One answered call: the raw rows, ccxt's parsed result (``shown``), and ccxt's spelling of asset codes.

    ``doubts``: places of the answer whose rows were not found.
    """

    call: UnifiedCall
    rows: Sequence[Row]
    shown: Any
    code: Callable[[str], str]
    doubts: tuple[MalformedError, ...] = ()


def read_answer(answer: CallAnswer) -> tuple[list[Record], Doubts]:
    """Return the records of one answer, and what was not exactly understood in it, row by row.

    Whatever an odd row makes ccxt or this program raise is such a doubt: it never hides another row.
    """
    records: list[Record] = []
    doubts: Doubts = [*answer.doubts, *_miscount(answer)]
    read = READERS[answer.call.method]
    seen: set[str] = set()
    for row in answer.rows:
        try:
            records += read(answer, row, doubts, seen)
        except MalformedError as error:
            doubts.append(error)
        except Exception as error:  # noqa: BLE001 - see above
            doubts.append(unreadable_row(error))
    return records, doubts


def _miscount(answer: CallAnswer) -> Iterator[MalformedError]:
    """Yield a doubt where ccxt shows another number of rows than the exchange gave; balances are checked by row."""
    shown = answer.shown
    if isinstance(shown, list) and len(answer.rows) != len(shown):
        text = _("the exchange gave {count} rows, and ccxt shows {shown} of them")
        yield MalformedError(text.format(count=len(answer.rows), shown=len(shown)))


def balances(answer: CallAnswer, row: Row, doubts: Doubts, seen: set[str]) -> Iterator[Record]:
    """Yield the balance of a raw row, and a debt for its liability.

    Raises MalformedError for a row that ccxt overwrote with another of the same asset.
    """
    call, (key, raw) = answer.call, row
    code = answer.code(key or "" if not call.asset else _text(raw, call.asset))
    account = answer.shown.get(code)
    if not isinstance(account, dict):
        raise MalformedError(_("ccxt does not show the balance of {code}").format(code=code))
    if code in seen and not call.several:
        raise MalformedError(_("{code} has two rows, of which ccxt shows one").format(code=code))
    seen.add(code)
    yield from _holding(call, code, raw, account, doubts)


def _holding(call: UnifiedCall, code: str, raw: object, account: Mapping[str, Any], doubts: Doubts) -> Iterator[Record]:
    figures = _figures(call, raw, doubts)
    total = _amount(account.get("total"), f"the balance of {code}", doubts)
    # ccxt adds up an asset's rows, but each is a holding of its own.
    own = figures.get(Part.OTHER, total) if call.several and not call.adds else total
    amount = _sum(raw, call.adds, doubts) if call.adds else own
    parts = _present({Part.AVAILABLE: account.get("free"), Part.FROZEN: account.get("used")})
    owed: dict[str, Decimal] = {part: figures[part] for part in OWED if figures.get(part)}
    if owed and amount >= 0 and call.owes:
        yield _debt(f"{code}:owed", code, raw, owed)
        figures = {part: figure for part, figure in figures.items() if part not in OWED}
    yield Balance(
        subject=f"{code}:{_text(raw, call.named_by)}" if call.named_by else code,
        row=_evidence(raw),
        wallet=call.wallet or call.id,
        asset=code,
        amount=amount,
        held={**({} if call.several else parts), **_other_figures(amount, figures)},
    )


def orders(answer: CallAnswer, row: Row, _doubts: Doubts, _seen: set[str]) -> Iterator[Record]:
    """Yield the open order of a raw row, whatever its state: the list has only open ones."""
    raw, item = row[1], parsed_row(row[1], answer.shown)
    yield Order(
        subject=_required_text(item.get("id"), "the id of an order"),
        row=_evidence(raw),
        market=str(item.get("symbol") or ""),
        kind=str(item.get("type") or "order"),
        side=item.get("side"),
        amount=_decimal(item.get("amount")),
        state=str(item.get("status") or "open"),
    )


def positions(answer: CallAnswer, row: Row, doubts: Doubts, _seen: set[str]) -> Iterator[Record]:
    """Yield the position of a raw row, even of one that holds only margin."""
    raw, item = row[1], parsed_row(row[1], answer.shown)
    side = item.get("side")
    market = _required_text(item.get("symbol"), "the market of a position")
    figures = _figures(answer.call, raw, doubts)
    # Without ccxt's number of contracts the exchange's own figure is the size.
    contracts = item.get("contracts")
    size = figures.get(Part.OTHER) if contracts is None else contracts
    amount = _amount(size, f"the position in {market}", doubts)
    yield Position(
        subject=f"{market}:{side or answer.call.id}",
        row=_evidence(raw),
        market=market,
        kind="position",
        side=side,
        amount=amount,
        held=_present({Part.MARGIN: item.get("initialMargin")}) | _other_figures(amount, figures),
    )


def debts(answer: CallAnswer, row: Row, doubts: Doubts, _seen: set[str]) -> Iterator[Record]:
    """Yield the debt of a raw row by its raw figures: ccxt's interest is only a part of it."""
    raw, item = row[1], parsed_row(row[1], answer.shown)
    code = _required_text(item.get("currency"), "the asset of a debt")
    held = _figures(answer.call, raw, doubts)
    if Part.LIABILITY not in held:
        held[Part.INTEREST] = _amount(item.get("interest"), f"the debt in {code}", doubts)
    yield _debt(code, code, raw, held)


def _debt(subject: str, code: str, raw: object, owed: Mapping[str, Decimal]) -> Debt:
    """Return a debt. ``owed``: its figures; the first in the order of `OWED` is the amount."""
    amount = next(part for part in OWED if part in owed)
    return Debt(
        subject=subject,
        row=_evidence(raw),
        kind=mark("margin"),
        asset=code,
        amount=owed[amount],
        held={part: figure for part, figure in owed.items() if part != amount},
        collateral=False,
    )


def flows(answer: CallAnswer, row: Row, doubts: Doubts, _seen: set[str]) -> Iterator[Record]:
    """Yield the movement of a raw row unless its state, in the exchange's own words, is final."""
    states = answer.call.states
    if states is None:
        raise MalformedError(_("no states are written down for this list"))
    raw, item = row[1], parsed_row(row[1], answer.shown)
    state = _told_text(value_at(raw, states.field), states.field, doubts)
    if not _is_final(states, state, raw):
        yield Flow(
            subject=str(item.get("id") or item.get("txid") or answer.call.id),
            row=_evidence(raw),
            direction=answer.call.direction,
            asset=_told_text(item.get("currency"), "the asset of a movement", doubts),
            amount=_amount_or_none(item.get("amount"), "the amount of a movement", doubts),
            state=state,
            reason=states.words.get(state, NOT_OVER if state in states.final else UNKNOWN),
            stuck=state in states.stuck,
            known=state in states.words or state in states.final,
            started_at=_moment(item.get("timestamp")),
            ready_at=None,
        )


RowReader = Callable[[CallAnswer, Row, Doubts, set[str]], Iterator[Record]]
READERS: Mapping[str, RowReader] = {
    "fetch_balance": balances,
    "fetch_open_orders": orders,
    "fetch_positions": positions,
    "fetch_deposits": flows,
    "fetch_withdrawals": flows,
    "fetch_deposits_withdrawals": flows,
    "fetch_borrow_interest": debts,
}


def unique_records(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records, each with a unique subject.

    An order or flow that two windows show alike comes once.
    """
    seen: dict[str, Record] = {}
    for record in records:
        earlier = seen.get(record.subject)
        if earlier is not None and earlier == record and isinstance(record, Flow | Order):
            continue
        name = record.subject if earlier is None else f"{record.subject}:{len(seen)}"
        seen[name] = replace(record, subject=name)
        yield seen[name]


def _is_final(states: States, state: str, raw: object) -> bool:
    if state not in states.final:
        return False
    beside = value_at(raw, states.beside) if states.beside else None
    if beside not in {None, ""} and str(beside) not in states.beside_final:
        return False
    above = states.above_zero.get(state)
    return above is None or (amounts.parse(str(value_at(raw, above) or "")) or 0) > 0


def _figures(call: UnifiedCall, raw: object, doubts: Doubts) -> dict[str, Decimal]:
    """Return the figures that prove a holding.

    Of several for one part, the first that is not zero counts.
    """
    held: dict[str, Decimal] = {}
    for name, part in call.figures.items():
        value = value_at(raw, name.removesuffix(MAYBE))
        if name.endswith(MAYBE) and value in {None, ""}:
            continue
        figure = amounts.parse(value)
        if figure is None:
            doubts.append(MalformedError(_("{name} is not an amount").format(name=name)))
        else:
            held[part] = held.get(part) or figure
    return held


def _sum(raw: object, names: Iterable[str], doubts: Doubts) -> Decimal:
    """Return the exact sum of several figures of one row."""
    figures = {name: amounts.parse(value_at(raw, name)) for name in names}
    for name in (name for name, figure in figures.items() if figure is None):
        doubts.append(MalformedError(_("{name} is not an amount").format(name=name)))
    return amounts.total(figure for figure in figures.values() if figure is not None)


def _other_figures(amount: Decimal, figures: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the figures without the raw amount, which counts only where ccxt's amount is zero."""
    return {part: figure for part, figure in figures.items() if part != Part.OTHER or not amount}


def _present(parts: Mapping[str, object]) -> dict[str, Decimal]:
    return {part: amount for part, value in parts.items() if (amount := _decimal(value)) is not None}


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _amount(value: object, what: str, doubts: Doubts) -> Decimal:
    return _amount_or_none(value, what, doubts) or amounts.ZERO


def _amount_or_none(value: object, what: str, doubts: Doubts) -> Decimal | None:
    amount = _decimal(value)
    if amount is None:
        doubts.append(MalformedError(_("{what} did not parse").format(what=what)))
    return amount


def _told_text(value: object, what: str, doubts: Doubts) -> str:
    """Return a text, or `UNKNOWN_TEXT` for one that is missing."""
    try:
        return _required_text(value, what)
    except MalformedError as error:
        doubts.append(error)
        return UNKNOWN_TEXT


def _required_text(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise MalformedError(_("{what} is missing").format(what=what))
    return value


def _text(raw: object, name: str) -> str:
    return _required_text(value_at(raw, name), name)


def _evidence(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, dict) else {"row": raw}


def _moment(value: object) -> datetime | None:
    known = isinstance(value, int) and 0 < value / 1000 < LATEST.timestamp()
    return datetime.fromtimestamp(int(str(value)) / 1000, UTC) if known else None
