"""Kraken: deposits and withdrawals that are not final; each list has one for tokenised stocks beside it.

A withdrawal under way is in no balance. A state may have a property: Success with ``onhold`` or ``return`` is not over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.exchanges.kraken.asset_codes import usual_name
from auditor.exchanges.kraken.moments import seconds
from auditor.exchanges.kraken.rights import FUNDS, LEDGER
from auditor.exchanges.kraken.rows import rows_in_any
from auditor.exchanges.kraken.sources import private
from auditor.i18n import mark
from auditor.model.records import Area, Flow, Record
from auditor.spec.blanks import AccountSetup, Raw
from auditor.spec.endpoint import Query, Token
from auditor.spec.fields import Field, amount, optional_text, text
from auditor.spec.parsed_row import UNKNOWN_TEXT, Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.spelling import spelled
from auditor.spec.surface import ManualCheck, Surface

FINAL = ("Success", "Failure")
PROPERTY = "status-prop"
# Properties of a state that leave it what it is.
SETTLED = ("", "canceled", "cancel-denied")
PROPERTIES: Mapping[str, str] = {
    "onhold": mark("on hold"),
    "return": mark("on its way back"),
    "cancel-pending": mark("being cancelled"),
}
UNNAMED_STATE = mark("in a state that Kraken's documentation does not name")
DEPOSIT_STATES: Mapping[str, str] = {
    "Initial": mark("not confirmed yet"),
    "Pending": mark("waiting for confirmations"),
    "EarlyConfirmed": mark("credited before all confirmations"),
    "Settled": mark("seen, not credited yet"),
    "Partial": mark("credited in part"),
}
WITHDRAWAL_STATES: Mapping[str, str] = {
    "Initial": mark("not sent yet"),
    "Pending": mark("being sent"),
    "Settled": mark("sent, not confirmed yet"),
    "Partial": mark("sent in part"),
}
PAGES = Token(parameter="cursor", next="next_cursor", limit="", may_lack=True)
# Without a cursor the answer is one page without an end.
FIRST = {"cursor": "true"}
XSTOCKS = {"aclass": "tokenized_asset"}


def _spelled(word: str | None) -> str:
    """Return a property of a state in Kraken's spelling, blank for none."""
    return "onhold" if word == "on-hold" else word or ""


def _property(row: Raw) -> str:
    """Return the property of a state, in whatever spelling its field has; ``?`` for what is no text."""
    word = spelled(row, PROPERTY)
    return word if isinstance(word, str) else "" if word is None else UNKNOWN_TEXT


def _unless_over(field: Field) -> Field:
    """Return a strict field of a movement that is not over; one that is over is not reported."""
    return replace(field, proved_blank=_is_over)


def _is_over(row: Raw, _setup: AccountSetup) -> bool:
    return row.get("status") in FINAL and _property(row) in SETTLED


def unfinished_flow(direction: str, states: Mapping[str, str]) -> Reader:
    """Return the reader of deposits or withdrawals that are not final. ``states``: the open ones with their meaning."""

    @reads(text("status"), optional_text(PROPERTY), _unless_over(text("asset")), _unless_over(amount("amount")))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        state, about = row.text("status"), _spelled(row.text_or_none(PROPERTY) or _property(row.raw))
        if _is_over(row.raw, row.setup):
            return
        meaning = PROPERTIES.get(about) or states.get(state)
        yield Flow(
            subject=row.hint("refid") or row.hint("txid") or row.hint("time"),
            row=row.raw,
            direction=direction,
            asset=usual_name(row.text("asset")),
            amount=row.amount("amount"),
            state=f"{state}, {about}" if about else state,
            reason=meaning or UNNAMED_STATE,
            stuck=about == "onhold",
            known=meaning is not None,
            started_at=seconds(row.raw.get("time")),
            ready_at=None,
        )

    return read


DEPOSIT, WITHDRAWAL = (
    unfinished_flow(mark("deposit"), DEPOSIT_STATES),
    unfinished_flow(mark("withdrawal"), WITHDRAWAL_STATES),
)
DEPOSIT_ROWS, WITHDRAWAL_ROWS = rows_in_any("deposits", "deposit"), rows_in_any("withdrawals", "withdrawal")


DEPOSITS = Surface(
    id="deposits",
    area=Area.FLOWS,
    title="Deposits under way",
    endpoint=private(
        "DepositStatus",
        "Get Status of Recent Deposits",
        rows=DEPOSIT_ROWS,
        queries=(Query(params=FIRST),),
        pagination=PAGES,
    ),
    reader=DEPOSIT,
    right=FUNDS,
)
WITHDRAWALS = Surface(
    id="withdrawals",
    area=Area.FLOWS,
    title="Withdrawals under way",
    endpoint=private(
        "WithdrawStatus",
        "Get Status of Recent Withdrawals",
        rows=WITHDRAWAL_ROWS,
        queries=(Query(params=FIRST),),
        pagination=PAGES,
    ),
    reader=WITHDRAWAL,
    right=LEDGER,
)
XSTOCK_DEPOSITS = Surface(
    id="deposits-xstocks",
    area=Area.FLOWS,
    title="Deposits of tokenised stocks under way",
    endpoint=private(
        "DepositStatus",
        "Get Status of Recent Deposits",
        rows=DEPOSIT_ROWS,
        queries=(Query(params={**FIRST, **XSTOCKS}),),
        pagination=PAGES,
    ),
    reader=DEPOSIT,
    manual_check=ManualCheck(some_accounts=True),
    right=FUNDS,
)
XSTOCK_WITHDRAWALS = Surface(
    id="withdrawals-xstocks",
    area=Area.FLOWS,
    title="Withdrawals of tokenised stocks under way",
    endpoint=private(
        "WithdrawStatus",
        "Get Status of Recent Withdrawals",
        rows=WITHDRAWAL_ROWS,
        queries=(Query(params={**FIRST, **XSTOCKS}),),
        pagination=PAGES,
    ),
    reader=WITHDRAWAL,
    manual_check=ManualCheck(some_accounts=True),
    right=LEDGER,
)
FLOWS = (DEPOSITS, WITHDRAWALS, XSTOCK_DEPOSITS, XSTOCK_WITHDRAWALS)
