"""Turn the result of a unified method and its raw rows into records.

ccxt's parsed rows count only where each raw row has a counterpart and no amount is missing; figures that ccxt drops
are taken from the raw row by the field names in ``calls/<id>.toml``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from auditor.exchanges.unified.answers import Row, pair_rows, value_at
from auditor.exchanges.unified.spec import States, UnifiedCall
from auditor.i18n import _, mark
from auditor.model import amounts
from auditor.model.records import Balance, Debt, Flow, Order, Part, Position, Record
from auditor.spec.fields import LATEST, MalformedError

MAYBE = "?"
OWED = (Part.LIABILITY, Part.INTEREST)
NOT_OVER = mark("final by that word, but another field says that it is held up")
UNKNOWN = mark("in a state that this program does not know")


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """One answered call: the raw rows, ccxt's parsed result (``shown``), and ccxt's spelling of asset codes."""

    call: UnifiedCall
    rows: Sequence[Row]
    shown: Any
    code: Callable[[str], str]


def balances(answer: CallAnswer) -> Iterator[Record]:
    """Yield a balance for each raw row, and a debt for its liability.

    Raises MalformedError for a row that ccxt overwrote with another of the same asset.
    """
    call, seen = answer.call, set[str]()
    for key, raw in answer.rows:
        code = answer.code(key or "" if not call.asset else _text(raw, call.asset))
        account = answer.shown.get(code)
        if not isinstance(account, dict):
            raise MalformedError(_("ccxt does not show the balance of {code}").format(code=code))
        if code in seen and not call.several:
            raise MalformedError(_("{code} has two rows, of which ccxt shows one").format(code=code))
        yield from _holding(call, code, raw, account)
        seen.add(code)


def _holding(call: UnifiedCall, code: str, raw: object, account: Mapping[str, Any]) -> Iterator[Record]:
    figures = _figures(call, raw)
    total = _amount(account.get("total"), f"the balance of {code}")
    # ccxt adds up an asset's rows, but each is a holding of its own.
    own = figures[Part.OTHER] if call.several and not call.adds else total
    amount = _sum(raw, call.adds) if call.adds else own
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


def orders(answer: CallAnswer) -> Iterator[Record]:
    """Yield an open order for each raw row, whatever its state: the list has only open ones."""
    for raw, item in pair_rows(answer.rows, answer.shown):
        yield Order(
            subject=_required_text(item.get("id"), "the id of an order"),
            row=_evidence(raw),
            market=str(item.get("symbol") or ""),
            kind=str(item.get("type") or "order"),
            side=item.get("side"),
            amount=_decimal(item.get("amount")),
            state=str(item.get("status") or "open"),
        )


def positions(answer: CallAnswer) -> Iterator[Record]:
    """Yield a position for each raw row, including rows that hold only margin."""
    for raw, item in pair_rows(answer.rows, answer.shown):
        side = item.get("side")
        market = _required_text(item.get("symbol"), "the market of a position")
        figures = _figures(answer.call, raw)
        # Without ccxt's number of contracts the exchange's own figure is the size.
        contracts = item.get("contracts")
        amount = _amount(figures.get(Part.OTHER) if contracts is None else contracts, f"the position in {market}")
        yield Position(
            subject=f"{market}:{side or answer.call.id}",
            row=_evidence(raw),
            market=market,
            kind="position",
            side=side,
            amount=amount,
            held=_present({Part.MARGIN: item.get("initialMargin")}) | _other_figures(amount, figures),
        )


def debts(answer: CallAnswer) -> Iterator[Record]:
    """Yield each debt by its raw figures: ccxt's interest is only a part of it."""
    for raw, item in pair_rows(answer.rows, answer.shown):
        code = _required_text(item.get("currency"), "the asset of a debt")
        held = _figures(answer.call, raw)
        if Part.LIABILITY not in held:
            held[Part.INTEREST] = _amount(item.get("interest"), f"the debt in {code}")
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


def flows(answer: CallAnswer) -> Iterator[Record]:
    """Yield each movement whose state, in the exchange's own words, is not final."""
    states = answer.call.states
    if states is None:
        raise MalformedError(_("no states are written down for this list"))
    for raw, item in pair_rows(answer.rows, answer.shown):
        state = _text(raw, states.field)
        if not _is_final(states, state, raw):
            yield Flow(
                subject=str(item.get("id") or item.get("txid") or answer.call.id),
                row=_evidence(raw),
                direction=answer.call.direction,
                asset=_required_text(item.get("currency"), "the asset of a movement"),
                amount=_amount(item.get("amount"), "the amount of a movement"),
                state=state,
                reason=states.words.get(state, NOT_OVER if state in states.final else UNKNOWN),
                stuck=state in states.stuck,
                known=state in states.words or state in states.final,
                started_at=_moment(item.get("timestamp")),
                ready_at=None,
            )


READERS: Mapping[str, Callable[[CallAnswer], Iterator[Record]]] = {
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


def _figures(call: UnifiedCall, raw: object) -> dict[str, Decimal]:
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
            raise MalformedError(_("{name} is not an amount").format(name=name))
        held[part] = held.get(part) or figure
    return held


def _sum(raw: object, names: Iterable[str]) -> Decimal:
    """Return the exact sum of several figures of one row."""
    figures = [amounts.parse(value_at(raw, name)) for name in names]
    known = [figure for figure in figures if figure is not None]
    if len(known) != len(figures):
        raise MalformedError(_("{name} is not an amount").format(name=", ".join(names)))
    return amounts.total(known)


def _other_figures(amount: Decimal, figures: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the figures without the raw amount, which counts only where ccxt's amount is zero."""
    return {part: figure for part, figure in figures.items() if part != Part.OTHER or not amount}


def _present(parts: Mapping[str, object]) -> dict[str, Decimal]:
    return {part: amount for part, value in parts.items() if (amount := _decimal(value)) is not None}


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _amount(value: object, what: str) -> Decimal:
    amount = _decimal(value)
    if amount is None:
        raise MalformedError(_("{what} did not parse").format(what=what))
    return amount


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
