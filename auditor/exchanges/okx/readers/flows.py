"""OKX: how to read a row of a deposit, a withdrawal or a conversion."""

from collections.abc import Iterable, Mapping

from auditor.i18n import mark
from auditor.model.records import Flow, Record
from auditor.spec.fields import Row
from auditor.spec.surface import Context, Reader

UNNAMED = mark("in a state that OKX's documentation does not name")
DEPOSIT_STATES = {
    "0": mark("waiting for confirmations"),
    "1": mark("credited, but cannot be withdrawn yet"),
    "8": mark("pending: deposits of this coin are suspended"),
    "11": mark("the address matches a blacklist"),
    "12": mark("the account or the deposit is frozen"),
    "13": mark("intercepted on its way to a sub-account"),
    "14": mark("waiting for identity verification (KYC limit)"),
    "17": mark("waiting for the Travel Rule check"),
}
STUCK_DEPOSITS = frozenset({"11", "12", "13", "14"})
WITHDRAWAL_STATES = {
    "-3": mark("being cancelled"),
    "0": mark("waiting"),
    "1": mark("being broadcast"),
    **dict.fromkeys(("4", "5", "6", "8", "9", "12"), mark("waiting for manual review")),
    "7": mark("approved"),
    "10": mark("waiting for transfer"),
    "15": mark("waiting for validation"),
    "16": mark("waiting up to 24 hours for legal reasons"),
    "17": mark("waiting for the Travel Rule check"),
    "19": mark("waiting for OKX's hot wallet to be filled"),
}
STUCK_WITHDRAWALS = frozenset({"4", "5", "6", "8", "9", "12", "16"})


def flow(
    direction: str, number: str, final: frozenset[str], states: Mapping[str, str], stuck: frozenset[str] = frozenset()
) -> Reader:
    """A deposit or withdrawal in any state but the final ones, known or not."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        state = row.text("state")
        if state in final:
            return
        yield Flow(
            subject=row.hint(number) or row.hint("txId") or row.hint("ts") or row.hint("cTime"),
            row=row.raw,
            direction=direction,
            asset=row.text("ccy"),
            amount=row.amount("amt"),
            state=state,
            reason=states.get(state, UNNAMED),
            stuck=state in stuck,
            known=state in states,
            started_at=row.hint_time("ts") or row.hint_time("cTime"),
            ready_at=None,
        )

    return read


FIAT_STATES = {
    "pending": mark("pending"),
    "processing": mark("being processed"),
    "inqueue": mark("in the queue"),
}


def conversion(row: Row, _context: Context) -> Iterable[Record]:
    """An easy-convert conversion that is still running."""
    state = row.text("status")
    if state in {"filled", "failed"}:
        return
    yield Flow(
        subject=f"{row.text('fromCcy')}:{row.hint('uTime')}",
        row=row.raw,
        direction=mark("conversion"),
        asset=row.text("fromCcy"),
        amount=row.hint_amount("fillFromSz"),
        state=state,
        reason=mark("running") if state == "running" else UNNAMED,
        stuck=False,
        known=state == "running",
        started_at=row.hint_time("uTime"),
        ready_at=None,
    )


def fiat_trade(row: Row, _context: Context) -> Iterable[Record]:
    """A purchase or sale against fiat that is still being processed (institutional accounts)."""
    state = row.text("state")
    if state in {"completed", "failed"}:
        return
    yield Flow(
        subject=row.text("ordId"),
        row=row.raw,
        direction=mark("fiat trade"),
        asset=row.hint("fromCcy"),
        amount=row.hint_amount("rfqAmt"),
        state=state,
        reason=mark("being processed") if state == "processing" else UNNAMED,
        stuck=False,
        known=state == "processing",
        started_at=row.hint_time("cTime"),
        ready_at=None,
    )
