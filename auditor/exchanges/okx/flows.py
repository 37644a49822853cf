"""OKX: deposits and withdrawals that are not final.

Conversions: `auditor.exchanges.okx.conversions`.
"""

from collections.abc import Iterable, Mapping

from auditor.exchanges.okx.conversions import CONVERSIONS
from auditor.exchanges.okx.lists import AFTER_TIME, RECENT, UNNAMED_STATE, lists_by_state
from auditor.exchanges.okx.sources import DOC, DOC25
from auditor.exchanges.shared.readers import with_fields
from auditor.i18n import mark
from auditor.model.records import Area, Flow, Record
from auditor.spec.endpoint import Cursor, Endpoint, Limit
from auditor.spec.fields import amount, text, time
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import Surface


def unfinished_flow(
    direction: str,
    *,
    number: str,
    final: frozenset[str],
    states: Mapping[str, str],
    stuck: frozenset[str] = frozenset(),
) -> Reader:
    """Return the reader of deposits or withdrawals in any state but ``final``, known or not.

    ``number``: the field of its id, as a hint; ``states``: the open ones with their meaning.
    """

    @reads(text("state"), text("ccy"), amount("amt"))
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
            reason=states.get(state, UNNAMED_STATE),
            stuck=state in stuck,
            known=state in states,
            started_at=row.hint_time("ts") or row.hint_time("cTime"),
            ready_at=None,
        )

    return read


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
deposit = unfinished_flow(
    mark("deposit"),
    number="depId",
    final=frozenset({"2"}),
    states=DEPOSIT_STATES,
    stuck=frozenset({"11", "12", "13", "14"}),
)
DEPOSITS = Surface(
    id="deposits",
    area=Area.FLOWS,
    title="Deposits under way",
    endpoint=Endpoint(
        path="asset/deposit-history",
        limit=Limit(6, 1),
        queries=lists_by_state("state", DEPOSIT_STATES, rest=RECENT),
        pagination=AFTER_TIME,
        source=f"{DOC}, Funding account, Get deposit history",
    ),
    reader=with_fields(deposit, time("ts")),
)

MANUAL_REVIEW = ("4", "5", "6", "8", "9", "12")
WITHDRAWAL_STATES = {
    "-3": mark("being cancelled"),
    "0": mark("waiting"),
    "1": mark("being broadcast"),
    **dict.fromkeys(MANUAL_REVIEW, mark("waiting for manual review")),
    "7": mark("approved"),
    "10": mark("waiting for transfer"),
    "15": mark("waiting for validation"),
    "16": mark("waiting up to 24 hours for legal reasons"),
    "17": mark("waiting for the Travel Rule check"),
    "19": mark("waiting for OKX's hot wallet to be filled"),
}
withdrawal = unfinished_flow(
    mark("withdrawal"),
    number="wdId",
    final=frozenset({"-2", "-1", "2"}),
    states=WITHDRAWAL_STATES,
    stuck=frozenset({*MANUAL_REVIEW, "16"}),
)
WITHDRAWALS = Surface(
    id="withdrawals",
    area=Area.FLOWS,
    title="Withdrawals under way",
    endpoint=Endpoint(
        path="asset/withdrawal-history",
        limit=Limit(6, 1),
        queries=lists_by_state("state", WITHDRAWAL_STATES, rest=RECENT),
        pagination=AFTER_TIME,
        source=f"{DOC}, Funding account, Get withdrawal history",
    ),
    reader=with_fields(withdrawal, time("ts")),
)

FIAT_STATES = {
    "pending": mark("pending"),
    "processing": mark("being processed"),
    "inqueue": mark("in the queue"),
}
FIAT_FINAL = frozenset({"completed", "failed", "canceled"})


def _fiat_transfers(surface: str, title: str, path: str, *, direction: str, page: str) -> Surface:
    reader = unfinished_flow(direction, number="ordId", final=FIAT_FINAL, states=FIAT_STATES)
    return Surface(
        id=surface,
        area=Area.FLOWS,
        title=title,
        endpoint=Endpoint(
            path=path,
            limit=Limit(3, 1),
            queries=lists_by_state("state", FIAT_STATES, rest=RECENT),
            # Here "before" is the end of the time range, unlike everywhere else in v5.
            pagination=Cursor(cursor="before", key="uTime"),
            source=f"{DOC25}, Funding account, {page}",
        ),
        reader=with_fields(reader, text("ordId")),
    )


FLOWS = (
    DEPOSITS,
    WITHDRAWALS,
    _fiat_transfers(
        "fiat-deposits",
        "Fiat deposits under way",
        "fiat/deposit-order-history",
        direction="fiat deposit",
        page="Get deposit order history",
    ),
    _fiat_transfers(
        "fiat-withdrawals",
        "Fiat withdrawals under way",
        "fiat/withdrawal-order-history",
        direction="fiat withdrawal",
        page="Get withdrawal order history",
    ),
    *CONVERSIONS,
)
