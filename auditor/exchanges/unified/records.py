"""From what a unified method gave, and the rows that it was made of, to records.

What ccxt parsed is believed only where each raw row has its counterpart and no amount is missing; figures that ccxt
drops are taken from the raw row by the names that are written down of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from auditor.exchanges.unified.answers import Row, dig, paired
from auditor.exchanges.unified.spec import Call, States
from auditor.i18n import _, mark
from auditor.model import amounts
from auditor.model.records import Balance, Debt, Flow, Order, Part, Position, Record
from auditor.spec.fields import LATEST, Malformed

MAYBE = "?"
OWED = (Part.LIABILITY, Part.INTEREST)
NOT_OVER = mark("final by that word, but another field says that it is held up")
UNKNOWN = mark("in a state that this program does not know")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered call: the raw rows, what ccxt made of them, and how ccxt spells an asset's code."""

    call: Call
    rows: Sequence[Row]
    shown: Any
    code: Callable[[str], str]


def balances(answer: Answer) -> Iterator[Record]:
    """A balance for each raw row, and a debt for what is owed beside it.

    A row that ccxt lost to another of the same asset makes the wallet unreadable.
    """
    call, seen = answer.call, set[str]()
    for key, raw in answer.rows:
        code = answer.code(key or "" if not call.asset else _text(raw, call.asset))
        account = answer.shown.get(code)
        if not isinstance(account, dict):
            raise Malformed(_("ccxt does not show the balance of {code}").format(code=code))
        if code in seen and not call.several:
            raise Malformed(_("{code} has two rows, of which ccxt shows one").format(code=code))
        yield from _holding(call, code, raw, account)
        seen.add(code)


def _holding(call: Call, code: str, raw: object, account: Mapping[str, Any]) -> Iterator[Record]:
    figures = _figures(call, raw)
    total = _amount(account.get("total"), f"the balance of {code}")
    # ccxt adds up an asset's rows; each is a holding of its own.
    own = figures[Part.OTHER] if call.several and not call.adds else total
    amount = _sum(raw, call.adds) if call.adds else own
    parts = _given({Part.AVAILABLE: account.get("free"), Part.FROZEN: account.get("used")})
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
        held={**({} if call.several else parts), **_beside(amount, figures)},
    )


def orders(answer: Answer) -> Iterator[Record]:
    """An open order for each raw row, whatever its state: the list is of open ones."""
    for raw, item in paired(answer.rows, answer.shown):
        yield Order(
            subject=_said(item.get("id"), "the id of an order"),
            row=_evidence(raw),
            market=str(item.get("symbol") or ""),
            kind=str(item.get("type") or "order"),
            side=item.get("side"),
            amount=_known(item.get("amount")),
            state=str(item.get("status") or "open"),
        )


def positions(answer: Answer) -> Iterator[Record]:
    """A position for each raw row, or the margin that is left in one."""
    for raw, item in paired(answer.rows, answer.shown):
        side = item.get("side")
        market = _said(item.get("symbol"), "the market of a position")
        figures = _figures(answer.call, raw)
        # Where ccxt counts no contracts the exchange's own figure is the size.
        contracts = item.get("contracts")
        amount = _amount(figures.get(Part.OTHER) if contracts is None else contracts, f"the position in {market}")
        yield Position(
            subject=f"{market}:{side or answer.call.id}",
            row=_evidence(raw),
            market=market,
            kind="position",
            side=side,
            amount=amount,
            held=_given({Part.MARGIN: item.get("initialMargin")}) | _beside(amount, figures),
        )


def debts(answer: Answer) -> Iterator[Record]:
    """What is owed, by the raw figures: what ccxt calls interest is only a part of it."""
    for raw, item in paired(answer.rows, answer.shown):
        code = _said(item.get("currency"), "the asset of a debt")
        held = _figures(answer.call, raw)
        if Part.LIABILITY not in held:
            held[Part.INTEREST] = _amount(item.get("interest"), f"the debt in {code}")
        yield _debt(code, code, raw, held)


def _debt(subject: str, code: str, raw: object, owed: Mapping[str, Decimal]) -> Debt:
    """``owed``: the figures, of which the first is the amount and the others stand beside it."""
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


def flows(answer: Answer) -> Iterator[Record]:
    """Whatever moves in any state but a final one, by the exchange's own word for it."""
    states = answer.call.states
    if states is None:
        raise Malformed(_("no states are written down for this list"))
    for raw, item in paired(answer.rows, answer.shown):
        state = _text(raw, states.field)
        if not _over(states, state, raw):
            yield Flow(
                subject=str(item.get("id") or item.get("txid") or answer.call.id),
                row=_evidence(raw),
                direction=answer.call.direction,
                asset=_said(item.get("currency"), "the asset of a movement"),
                amount=_amount(item.get("amount"), "the amount of a movement"),
                state=state,
                reason=states.words.get(state, NOT_OVER if state in states.final else UNKNOWN),
                stuck=state in states.stuck,
                known=state in states.words or state in states.final,
                started_at=_moment(item.get("timestamp")),
                ready_at=None,
            )


READERS: Mapping[str, Callable[[Answer], Iterator[Record]]] = {
    "fetch_balance": balances,
    "fetch_open_orders": orders,
    "fetch_positions": positions,
    "fetch_deposits": flows,
    "fetch_withdrawals": flows,
    "fetch_deposits_withdrawals": flows,
    "fetch_borrow_interest": debts,
}


def distinct(found: Iterable[Record]) -> Iterator[Record]:
    """``found`` with a subject of its own for each; what two stretches of one list show alike is one thing."""
    seen: dict[str, Record] = {}
    for record in found:
        known = seen.get(record.subject)
        if known is not None and known == record and isinstance(record, Flow | Order):
            continue
        name = record.subject if known is None else f"{record.subject}:{len(seen)}"
        seen[name] = replace(record, subject=name)
        yield seen[name]


def _over(states: States, state: str, raw: object) -> bool:
    if state not in states.final:
        return False
    beside = dig(raw, states.beside) if states.beside else None
    if beside not in {None, ""} and str(beside) not in states.beside_final:
        return False
    above = states.above_zero.get(state)
    return above is None or (amounts.parse(str(dig(raw, above) or "")) or 0) > 0


def _figures(call: Call, raw: object) -> dict[str, Decimal]:
    """Figures that prove a holding. Of several under one name the first that is not zero stands for all."""
    held: dict[str, Decimal] = {}
    for name, part in call.figures.items():
        value = dig(raw, name.removesuffix(MAYBE))
        if name.endswith(MAYBE) and value in {None, ""}:
            continue
        figure = amounts.parse(value)
        if figure is None:
            raise Malformed(_("{name} is not an amount").format(name=name))
        held[part] = held.get(part) or figure
    return held


def _sum(raw: object, names: Iterable[str]) -> Decimal:
    """The exact sum of several figures of one row."""
    figures = [amounts.parse(dig(raw, name)) for name in names]
    known = [figure for figure in figures if figure is not None]
    if len(known) != len(figures):
        raise Malformed(_("{name} is not an amount").format(name=", ".join(names)))
    return amounts.total(known)


def _beside(amount: Decimal, figures: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Figures beside the amount. The raw amount itself is one only where ccxt made nothing of it."""
    return {part: figure for part, figure in figures.items() if part != Part.OTHER or not amount}


def _given(parts: Mapping[str, object]) -> dict[str, Decimal]:
    return {part: amount for part, value in parts.items() if (amount := _known(value)) is not None}


def _known(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _amount(value: object, what: str) -> Decimal:
    amount = _known(value)
    if amount is None:
        raise Malformed(_("{what} did not parse").format(what=what))
    return amount


def _said(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Malformed(_("{what} is missing").format(what=what))
    return value


def _text(raw: object, name: str) -> str:
    return _said(dig(raw, name), name)


def _evidence(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, dict) else {"row": raw}


def _moment(value: object) -> datetime | None:
    known = isinstance(value, int) and 0 < value / 1000 < LATEST.timestamp()
    return datetime.fromtimestamp(int(str(value)) / 1000, UTC) if known else None
