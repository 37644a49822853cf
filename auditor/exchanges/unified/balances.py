"""Balances and debts of an answer's rows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from auditor.exchanges.unified.answers import Row, value_at
from auditor.exchanges.unified.call_answer import CallAnswer, Seen, parsed_or_doubt
from auditor.exchanges.unified.figures import (
    ASSETS,
    Doubts,
    amount_of,
    amount_or_none,
    evidence,
    exact_sum,
    figures_of,
    first_text,
    other_figures,
    present,
    text_or_unknown,
)
from auditor.exchanges.unified.spec import UnifiedCall
from auditor.i18n import Message, _, mark
from auditor.model import amounts
from auditor.model.records import Balance, Debt, Part, Record, seen_amount
from auditor.spec.fields import MalformedError
from auditor.spec.parsed_row import UNKNOWN_TEXT

OWED = (Part.LIABILITY, Part.INTEREST)


def balances(answer: CallAnswer, row: Row, doubts: Doubts, seen: Seen) -> Iterator[Record]:
    """Yield the balance of a raw row, and a debt for its liability.

    A row that ccxt does not show, or overwrote with another of the same asset, is read by its raw figures, with a
    doubt.
    """
    call, (key, raw) = answer.call, row
    name = key or "" if not call.asset else _asset(call, raw, doubts)
    code = name if name == UNKNOWN_TEXT else answer.code(name)
    account = answer.shown.get(code) if isinstance(answer.shown, dict) else None
    if isinstance(account, dict) and (code not in seen.twice or call.several):
        yield from _holding(call, code, raw, account, doubts)
        return
    twice = _("{code} has two rows, of which ccxt shows one").format(code=code)
    doubts.append(MalformedError(twice if code in seen.twice else _not_shown(code)))
    balance = _raw_balance(call, code, raw, doubts)
    yield from (balance,) if balance.holds else ()


def repeated_assets(answer: CallAnswer) -> frozenset[str]:
    """Return the assets that several rows have in ccxt's spelling, such as Kraken's USD.HOLD and ZUSD.HOLD."""
    name = answer.call.asset
    names = [value_at(raw, name) if name else key for key, raw in answer.rows if isinstance(raw, dict)]
    counts = Counter(answer.code(one) for one in names if isinstance(one, str) and one)
    return frozenset(code for code, count in counts.items() if count > 1)


def raw_balance(answer: CallAnswer, raw: object, doubts: Doubts) -> Balance:
    """Return the balance of a raw row of a list that ccxt does not read."""
    name = _asset(answer.call, raw, doubts)
    return _raw_balance(answer.call, name if name == UNKNOWN_TEXT else answer.code(name), raw, doubts)


def _asset(call: UnifiedCall, raw: object, doubts: Doubts) -> str:
    """Return the name of a row's asset; with a doubt, the one that another of its fields gives."""
    name = text_or_unknown(value_at(raw, call.asset), call.asset, doubts)
    return (first_text(raw, ASSETS) or name) if name == UNKNOWN_TEXT else name


def _not_shown(code: str) -> Message:
    return _("ccxt does not show the balance of {code}").format(code=code)


def _raw_balance(call: UnifiedCall, code: str, raw: object, doubts: Doubts) -> Balance:
    """Return the balance that the raw figures alone show."""
    figures = figures_of(call, raw, doubts)
    parts = [figures.get(part, amounts.ZERO) for part in (Part.AVAILABLE, Part.FROZEN)]
    own = figures[Part.OTHER] if Part.OTHER in figures else amounts.total(parts)
    amount = exact_sum(raw, call.adds, doubts) if call.adds else own
    held = other_figures(amount, figures)
    return Balance(
        subject=_subject(call, code, raw, doubts),
        row=evidence(raw),
        wallet=call.wallet or call.id,
        asset=code,
        amount=amount,
        held=held,
    )


def _holding(call: UnifiedCall, code: str, raw: object, account: Mapping[str, Any], doubts: Doubts) -> Iterator[Record]:
    figures = figures_of(call, raw, doubts)
    # Of an answer without all the fields that ccxt adds up, the exchange's own figure is the amount.
    shown = figures.get(Part.OTHER) if account.get("total") is None else account["total"]
    parts = present({Part.AVAILABLE: account.get("free"), Part.FROZEN: account.get("used")})
    total = amount_or_none(shown, _("the balance of {code}").format(code=code), doubts)
    if total is None:
        total = seen_amount({part: figure for part, figure in (parts | figures).items() if part not in OWED})
    # ccxt adds up an asset's rows, but each is a holding of its own.
    own = figures.get(Part.OTHER, total) if call.several and not call.adds else total
    amount = exact_sum(raw, call.adds, doubts) if call.adds else own
    owed: dict[str, Decimal] = {part: figures[part] for part in OWED if figures.get(part)}
    if owed and amount >= 0 and call.owes:
        yield _debt(f"{code}:owed", code, raw, owed)
        figures = {part: figure for part, figure in figures.items() if part not in OWED}
    yield Balance(
        subject=_subject(call, code, raw, doubts),
        row=evidence(raw),
        wallet=call.wallet or call.id,
        asset=code,
        amount=amount,
        held={**({} if call.several else parts), **other_figures(amount, figures)},
    )


def _subject(call: UnifiedCall, code: str, raw: object, doubts: Doubts) -> str:
    """Return the asset, and the wallet where a row names it: in every surface that shows the same row."""
    if not call.named_by:
        return code
    return f"{code}:{text_or_unknown(value_at(raw, call.named_by), call.named_by, doubts)}"


def debts(answer: CallAnswer, row: Row, doubts: Doubts, seen: Seen) -> Iterator[Record]:
    """Yield the debt of a raw row by its raw figures: ccxt's interest is only a part of it."""
    raw = row[1]
    item = parsed_or_doubt(row, doubts, seen)
    shown_code = item.get("currency") or answer.code(first_text(raw, ASSETS))
    code = text_or_unknown(shown_code, _("the asset of a debt"), doubts)
    held = figures_of(answer.call, raw, doubts)
    if Part.LIABILITY not in held:
        held[Part.INTEREST] = amount_of(item.get("interest"), _("the debt in {code}").format(code=code), doubts)
    debt = _debt(code, code, raw, held)
    yield from (debt,) if item or debt.holds else ()


def _debt(subject: str, code: str, raw: object, owed: Mapping[str, Decimal]) -> Debt:
    """Return a debt. ``owed``: its figures; the first in the order of `OWED` is the amount."""
    amount = next(part for part in OWED if part in owed)
    return Debt(
        subject=subject,
        row=evidence(raw),
        kind=mark("margin"),
        asset=code,
        amount=owed[amount],
        held={part: figure for part, figure in owed.items() if part != amount},
        collateral=False,
    )
