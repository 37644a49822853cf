"""Turn the result of a unified method and its raw rows into records.

ccxt's parsed rows count only where each raw row has a counterpart and no amount is missing; figures that ccxt drops
are taken from the raw row by the field names in ``calls/<id>.toml``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from auditor.exchanges.unified.answers import Row, ShownRows, value_at
from auditor.exchanges.unified.balances import balances, debts, raw_balance, repeated_assets
from auditor.exchanges.unified.call_answer import CallAnswer, Seen, parsed_or_doubt
from auditor.exchanges.unified.figures import (
    AMOUNTS,
    ASSETS,
    IDS,
    MARKETS,
    Doubts,
    amount_of,
    amount_or_none,
    evidence,
    figures_of,
    first_text,
    moment,
    other_figures,
    present,
    required_text,
    text_or_unknown,
)
from auditor.exchanges.unified.spec import ASK, States
from auditor.exchanges.unified.totals import wallet_totals
from auditor.i18n import _, mark
from auditor.model import amounts
from auditor.model.records import Flow, Order, Part, Position, Record
from auditor.spec.fields import MalformedError, unreadable_row

# What every reader knows to be final, unless the exchange explains the word otherwise.
PLAINLY_OVER = frozenset({"rejected", "failed", "cancelled", "canceled", "expired"})
NOT_OVER = mark("final by that word, but another field says that it is held up")
UNKNOWN = mark("in a state that this program does not know")


def read_answer(answer: CallAnswer) -> tuple[list[Record], Doubts]:
    """Return the records of one answer, and what was not exactly understood in it, row by row.

    Whatever an odd row makes ccxt or this program raise is such a doubt: it never hides another row.
    """
    records: list[Record] = []
    doubts: Doubts = [*answer.doubts, *_miscount(answer)]
    read = READERS[answer.call.method]
    twice = repeated_assets(answer) if read is balances else frozenset()
    seen = Seen(ShownRows(answer.shown), twice)
    for row in answer.rows:
        if not isinstance(row[1], dict | list):
            doubts.append(MalformedError(_("a row is neither an object nor a list")))
            continue
        try:
            records += read(answer, row, doubts, seen)
        except MalformedError as error:
            doubts.append(error)
        except Exception as error:  # noqa: BLE001 - see above
            doubts.append(unreadable_row(error))
    holds = any(record.holds for record in records)
    records += wallet_totals(answer.call, answer.bodies, doubts, holds=holds)
    return records, doubts


def _miscount(answer: CallAnswer) -> Iterator[MalformedError]:
    """Yield a doubt where ccxt shows another number of rows than the exchange gave; balances are checked by row."""
    shown = answer.shown
    if isinstance(shown, list) and len(answer.rows) != len(shown):
        text = _("the exchange gave {count} rows, and ccxt shows {shown} of them")
        yield MalformedError(text.format(count=len(answer.rows), shown=len(shown)))


def orders(answer: CallAnswer, row: Row, doubts: Doubts, seen: Seen) -> Iterator[Record]:
    """Yield the open order of a raw row, whatever its state: the list has only open ones.

    Raises MalformedError for a row that names neither an order nor a market.
    """
    key, raw = row
    if isinstance(raw, dict) and not first_text(raw, raw):
        doubts.append(MalformedError(_("an order has no fields")))
    item = parsed_or_doubt(row, doubts, seen)
    market = str(item.get("symbol") or first_text(raw, MARKETS))
    own = item.get("id") or first_text(raw, IDS) or (key if answer.call.rows.endswith("{}") else "")
    name = (
        text_or_unknown(own, _("the id of an order"), doubts) if market else required_text(own, _("the id of an order"))
    )
    yield Order(
        subject=name,
        row=evidence(raw),
        market=market,
        kind=str(item.get("type") or "order").lower().replace("_", " "),
        side=item.get("side"),
        amount=amounts.bounded(item.get("amount")),
        state=str(item.get("status") or "open"),
        price=amounts.bounded(item.get("price")) or None,
        started_at=moment(item.get("timestamp")),
    )


def positions(answer: CallAnswer, row: Row, doubts: Doubts, seen: Seen) -> Iterator[Record]:
    """Yield the position of a raw row, even of one that holds only margin."""
    raw = row[1]
    item = parsed_or_doubt(row, doubts, seen)
    side = item.get("side")
    shown_market = item.get("symbol") or first_text(raw, MARKETS)
    market = text_or_unknown(shown_market, _("the market of a position"), doubts)
    figures = figures_of(answer.call, raw, doubts)
    # Without ccxt's number of contracts the exchange's own figure is the size.
    contracts = item.get("contracts")
    size = figures.get(Part.OTHER) if contracts is None else contracts
    amount = amount_of(size, _("the position in {market}").format(market=market), doubts)
    position = Position(
        subject=f"{market}:{side or answer.call.id}",
        row=evidence(raw),
        market=market,
        kind="position",
        side=side,
        amount=amount,
        held=present({Part.MARGIN: item.get("initialMargin")}) | other_figures(amount, figures),
    )
    yield from (position,) if item or position.holds else ()


def flows(answer: CallAnswer, row: Row, doubts: Doubts, seen: Seen) -> Iterator[Record]:
    """Yield the movement of a raw row unless its state, in the exchange's own words, is final."""
    states = answer.call.states
    if states is None:
        raise MalformedError(_("no states are written down for this list"))
    raw = row[1]
    item = parsed_or_doubt(row, doubts, seen)
    state = text_or_unknown(value_at(raw, states.field), states.field, doubts)
    asset = item.get("currency") or answer.code(first_text(raw, ASSETS))
    if isinstance(raw, dict | list) and raw and not _is_final(states, state, raw):
        yield Flow(
            subject=str(item.get("id") or item.get("txid") or first_text(raw, IDS) or answer.call.id),
            row=evidence(raw),
            direction=answer.call.direction,
            asset=text_or_unknown(asset, _("the asset of a movement"), doubts),
            amount=_moved_amount(item, raw, doubts),
            state=state,
            reason=states.words.get(state, NOT_OVER if state in states.final else UNKNOWN),
            stuck=state in states.stuck,
            known=state in states.words or state in states.final,
            started_at=moment(item.get("timestamp")),
            ready_at=None,
        )


def _moved_amount(item: Mapping[str, Any], raw: object, doubts: Doubts) -> Decimal | None:
    if item:
        return amount_or_none(item.get("amount"), _("the amount of a movement"), doubts)
    return amounts.parse(first_text(raw, AMOUNTS))


def asked_rows(answer: CallAnswer, row: Row, doubts: Doubts, _seen: Seen) -> Iterator[Record]:
    """Yield the balance of a raw row that ccxt does not read; none where only the totals are asked for."""
    if answer.call.asset:
        yield raw_balance(answer, row[1], doubts)


RowReader = Callable[[CallAnswer, Row, Doubts, Seen], Iterator[Record]]
READERS: Mapping[str, RowReader] = {
    "fetch_balance": balances,
    "fetch_open_orders": orders,
    "fetch_positions": positions,
    "fetch_deposits": flows,
    "fetch_withdrawals": flows,
    "fetch_deposits_withdrawals": flows,
    "fetch_borrow_interest": debts,
    ASK: asked_rows,
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
    is_plain = state.lower() in PLAINLY_OVER and state not in states.words
    if state not in states.final and not is_plain:
        return False
    beside = value_at(raw, states.beside) if states.beside else None
    if beside not in {None, ""} and str(beside) not in states.beside_final:
        return False
    name = states.above_zero.get(state)
    above = value_at(raw, name) if name else None
    # An older or internal movement has no such field, and its absence says nothing.
    return above is None or above == "" or (amounts.parse(str(above)) or 0) > 0
