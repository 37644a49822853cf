"""KuCoin: deposits, withdrawals and conversions that are not final.

Lists are asked for without a state: a filter knows only some of the states of a deposit (change log, June 2026).
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from auditor.exchanges.kucoin.account_mode import WHEN_UNIFIED
from auditor.exchanges.kucoin.errors import REFUSED_TO_READERS
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.sites import UNIFIED_V2, V1, management, spot, unified
from auditor.exchanges.kucoin.sources import CONVERT, UTA, documented
from auditor.exchanges.kucoin.words import PLAINLY_FINAL
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.i18n import _, mark
from auditor.model.records import Area, Flow, Record
from auditor.model.reference_data import Named
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import MalformedError, amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface

UNKNOWN_STATE = mark("in a state that KuCoin's documentation does not name")
RETURNING = mark("failed, and the money is still to come back")
DEBT_LEFT = mark("rolled back, and a debt is left")
SUCCESS, FAILURE = "SUCCESS", "FAILURE"
FLOW = (text("status"), text("currency"), amount("amount"))
DEPOSIT_STATES: Mapping[str, str] = {
    "PROCESSING": mark("being processed"),
    "PRE_SUCCESS": mark("credited before the last confirmation"),
    "WAIT_TRM_MGT": mark("waiting for the Travel Rule check"),
    "TRM_MGT_REJECTED": mark("refused in the Travel Rule check: support wants papers"),
    "WAIT_RISK_MGT": mark("waiting for the risk check"),
    "RISK_MGT_REJECTED": mark("refused in the risk check: ask support"),
    "ROLLBACKING": mark("being reversed"),
    "ROLLBACK": mark("reversed and not credited: ask support"),
}
STUCK_DEPOSITS = frozenset({"WAIT_TRM_MGT", "TRM_MGT_REJECTED", "WAIT_RISK_MGT", "RISK_MGT_REJECTED", "ROLLBACK"})
WITHDRAWAL_STATES: Mapping[str, str] = {
    "REVIEW": mark("under review"),
    "PROCESSING": mark("being processed"),
    "WALLET_PROCESSING": mark("being sent"),
}
# Of a withdrawal that failed: nothing was taken, or it is back.
CAME_BACK = frozenset({"NOT_RETURN", SUCCESS})
NO_DEBT: tuple[object, ...] = (None, False, "", "false", "0")


def _subject(row: Row) -> str:
    """Return the row's id; the deposits of classic accounts have none, so what tells them apart."""
    parts = (row.hint(name) for name in ("walletTxId", "createdAt", "amount"))
    return row.hint("id") or ":".join(filter(None, parts)) or "?"


def _flow(
    row: Row, direction: str, state: str, reason: str, figure: Decimal | None, *, stuck: bool, known: bool
) -> Flow:
    return Flow(
        subject=_subject(row),
        row=row.raw,
        direction=direction,
        asset=row.text("currency"),
        amount=figure,
        state=state,
        reason=reason,
        stuck=stuck,
        known=known,
        started_at=row.hint_time("createdAt"),
        ready_at=None,
    )


@reads(*FLOW)
def deposit(row: Row, _context: Context) -> Iterable[Record]:
    """Read a deposit that is not final, or that left a debt when it was rolled back (``arrears``)."""
    state, direction = row.text("status"), mark("deposit")
    if row.raw.get("arrears") not in NO_DEBT:
        yield _flow(row, direction, state, DEBT_LEFT, row.amount("amount"), stuck=True, known=True)
    elif state not in {SUCCESS, FAILURE} and state.casefold() not in PLAINLY_FINAL - {"rejected"}:
        reason, known = DEPOSIT_STATES.get(state, UNKNOWN_STATE), state in DEPOSIT_STATES
        figure = row.amount("amount")
        yield _flow(row, direction, state, reason, figure, stuck=state in STUCK_DEPOSITS, known=known)


@reads(*FLOW)
def withdrawal(row: Row, _context: Context) -> Iterable[Record]:
    """Read a withdrawal that is not final; of one that failed its number, since the money may still be on its way."""
    state = row.text("status")
    if state == FAILURE:
        number = row.hint("id")
        if not number:
            raise MalformedError(_("{name} is missing").format(name="id"))
        yield Named(subject=number, row={}, name=number, part=FAILURE)
    elif state != SUCCESS and state.casefold() not in PLAINLY_FINAL:
        reason, known = WITHDRAWAL_STATES.get(state, UNKNOWN_STATE), state in WITHDRAWAL_STATES
        figure = row.amount("amount")
        yield _flow(row, mark("withdrawal"), state, reason, figure, stuck=False, known=known)


@reads(text("currency"), text("returnStatus"))
def failed_withdrawal(row: Row, _context: Context) -> Iterable[Record]:
    """Read a withdrawal that failed, unless nothing was taken or the money is back."""
    state = row.text("returnStatus")
    if state not in CAME_BACK:
        figure = row.hint_amount("amount")
        yield _flow(row, mark("withdrawal"), state, RETURNING, figure, stuck=False, known=state == "PROCESSING")


def _history(name: str, title: str, endpoint: Endpoint, reader: Reader, plan: RequestPlan | None = None) -> Surface:
    return Surface(id=name, area=Area.FLOWS, title=title, endpoint=endpoint, reader=reader, plan=plan)


def _each_failed(*surfaces: str) -> RequestPlan:
    def scopes(readings: Readings) -> Sequence[Scope]:
        failed = (record for record in records_in(readings, *surfaces) if isinstance(record, Named))
        return [Scope(params={"withdrawalId": name}) for name in dict.fromkeys(record.name for record in failed)]

    return RequestPlan(after=surfaces, scopes=scopes, nothing="KuCoin lists no failed withdrawal.")


@reads(text("orderId"), text("status"))
def conversion(row: Row, _context: Context) -> Iterable[Record]:
    """Read a conversion that is not over."""
    state = row.text("status")
    if state not in {SUCCESS, "FAIL"} and state.casefold() not in PLAINLY_FINAL:
        yield Flow(
            subject=row.text("orderId"),
            row=row.raw,
            direction=mark("conversion"),
            asset=row.hint("fromCurrency") or "?",
            amount=row.hint_amount("fromCurrencySize"),
            state=state,
            reason=mark("running") if state == "OPEN" else UNKNOWN_STATE,
            stuck=False,
            known=state == "OPEN",
            started_at=row.hint_time("orderTime"),
            ready_at=None,
        )


CONVERSIONS = Surface(
    id="conversions",
    area=Area.FLOWS,
    title="Conversions running",
    endpoint=documented(
        V1,
        "convert/order/history",
        spot(5),
        queries=(Query(params={"status": "OPEN"}), Query()),
        pagination=pages(100, "page"),
        rows=ITEMS,
        source=CONVERT,
    ),
    reader=conversion,
    manual_check=REFUSED_TO_READERS,
)

FLOWS = (
    _history(
        "deposits",
        "Deposits, as far back as KuCoin lists them",
        documented(V1, "deposits", management(5), pagination=pages(500), rows=ITEMS),
        deposit,
    ),
    _history(
        "withdrawals",
        "Withdrawals, as far back as KuCoin lists them",
        documented(V1, "withdrawals", management(20), pagination=pages(500), rows=ITEMS),
        withdrawal,
    ),
    _history(
        "unified-deposits",
        "Unified account: deposits",
        documented(UNIFIED_V2, "asset/deposit/history", unified(5), pagination=pages(500), rows=ITEMS, source=UTA),
        deposit,
        WHEN_UNIFIED,
    ),
    _history(
        "unified-withdrawals",
        "Unified account: withdrawals",
        documented(UNIFIED_V2, "asset/withdrawal/history", unified(5), pagination=pages(500), rows=ITEMS, source=UTA),
        withdrawal,
        WHEN_UNIFIED,
    ),
    _history(
        "failed-withdrawals",
        "Withdrawals that failed: whether the money came back",
        documented(V1, "withdrawals/{withdrawalId}", management(20), rows=object_row),
        failed_withdrawal,
        _each_failed("withdrawals", "unified-withdrawals"),
    ),
    CONVERSIONS,
)
