"""Bybit: deposits, withdrawals and transfers that are not final. Conversions: `auditor.exchanges.bybit.conversions`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.exchanges.bybit.sources import LONG, PAGES_OF_50, ROWS, SHORT, documented, windows
from auditor.exchanges.shared.key_rights import moment
from auditor.i18n import mark
from auditor.model.amounts import ZERO
from auditor.model.records import Area, Flow, Record
from auditor.spec.endpoint import Limit, Query
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader
from auditor.spec.surface import AppliesTo, Surface

UNNAMED_STATE = mark("in a state that Bybit's documentation does not name")
IN_TRADES = mark("trades of it are under way")
MAIN_ACCOUNTS = AppliesTo(kinds=frozenset({"main"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowShape:
    """The fields of a movement, the states in which it is over, and what its other states mean.

    ``number``: its id, as a hint, else that of the next field; ``started``: evidence, in seconds or milliseconds;
    ``holds``: by field, what its values mean that keep even a finished one from the user (None: nothing is kept), where
    another value but 0 is unknown; ``frozen``: an amount that keeps one from being over.
    """

    direction: str
    asset: str = "coin"
    amount: str = "amount"
    state: str = "status"
    number: tuple[str, ...]
    started: str
    over: frozenset[str]
    states: Mapping[str, str]
    stuck: frozenset[str] = frozenset()
    holds: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    frozen: str = ""


def unfinished(shape: FlowShape) -> Reader:
    """Return the reader of movements that are not over, or that something holds."""

    def read(row: Row, context: Context) -> Iterable[Record]:
        state, hold = row.text(shape.state), _hold(shape, row)
        frozen = row.amount_or_none(shape.frozen) if shape.frozen else None
        if hold is None and state in shape.over and not frozen:
            return
        reason = (hold or shape.states.get(state)) or (IN_TRADES if frozen else UNNAMED_STATE)
        yield Flow(
            subject=next(filter(None, map(row.hint, shape.number)), state),
            row=row.raw,
            owner=context.scope.owner,
            direction=shape.direction,
            asset=row.text(shape.asset),
            amount=row.amount(shape.amount) or frozen or ZERO,
            state=state,
            reason=reason,
            stuck=hold is not None or state in shape.stuck,
            known=bool(hold or frozen) or state in shape.states,
            started_at=moment(row.raw.get(shape.started)),
            ready_at=None,
        )

    frozen = (optional_amount(shape.frozen),) if shape.frozen else ()
    return Reader((text(shape.state), text(shape.asset), amount(shape.amount), *frozen), read)


def _hold(shape: FlowShape, row: Row) -> str | None:
    """Return what holds a movement: "" for something that is not documented, None for nothing.

    A field that is missing or blank says nothing: older rows lack it.
    """
    for name, meanings in shape.holds.items():
        value = row.raw.get(name)
        hold = None if value is None or str(value) in {"", "0"} else meanings.get(str(value), "")
        if hold is not None:
            return hold
    return None


# 70011: rolled back and deducted; 70012: the rollback came to nothing, and it stays credited.
DEPOSITED = frozenset({"3", "4", "10012", "70011", "70012"})
DEPOSITED_INSIDE = frozenset({"2", "3"})
WITHDRAWN = frozenset({"success", "CancelByUser", "Reject", "Fail"})
TRANSFERRED = frozenset({"SUCCESS", "FAILED"})
DEPOSIT_STATES = {
    "0": mark("unknown to Bybit"),
    "1": mark("to be confirmed"),
    "2": mark("being processed"),
    "7": mark("being rolled back"),
    "10011": mark("on its way to the funding pool"),
    "70013": mark("its rollback failed and is reviewed by hand"),
}
DEPOSIT_HOLDS = {
    "10": mark("the daily limit is reached"),
    "20": mark("on hold for an anti-money-laundering check: submit documents on the site"),
    "50": mark("blocked: withdraw it from the website"),
}
deposit = unfinished(
    FlowShape(
        direction=mark("deposit"),
        number=("id", "txID"),
        started="successAt",
        over=DEPOSITED,
        states=DEPOSIT_STATES,
        stuck=frozenset({"0", "70013"}),
        holds={"depositType": DEPOSIT_HOLDS},
    )
)
# A request covers less than 30 days.
MONTH, WEEK = windows(29), windows(7)
DEPOSITS = Surface(
    id="deposits",
    area=Area.FLOWS,
    title="Deposits of the last 400 days",
    endpoint=documented(
        "v5/asset/deposit/query-record",
        "Asset, Deposit, Get Deposit Records (on-chain)",
        Limit(100, 60),
        Query(back=LONG),
        rows=ROWS,
        pages=PAGES_OF_50,
        windows=MONTH,
    ),
    reader=deposit,
)
INTERNAL_DEPOSITS = Surface(
    id="internal-deposits",
    area=Area.FLOWS,
    title="Deposits from other Bybit users of the last 400 days",
    endpoint=documented(
        "v5/asset/deposit/query-internal-record",
        "Asset, Deposit, Get Internal Deposit Records (off-chain)",
        Limit(300, 1),
        Query(back=LONG),
        rows=ROWS,
        pages=PAGES_OF_50,
        windows=MONTH,
    ),
    reader=unfinished(
        FlowShape(
            direction=mark("deposit"),
            number=("id", "txID"),
            started="createdTime",
            over=DEPOSITED_INSIDE,
            states={"1": mark("being processed")},
            # Collected (2) and completed (3): the user has nothing left to do.
            holds={"complianceStatus": {"1": mark("Bybit waits for information from you"), "2": None, "3": None}},
        )
    ),
)
WITHDRAWALS = Surface(
    id="withdrawals",
    area=Area.FLOWS,
    title="Withdrawals of the last 400 days",
    endpoint=documented(
        "v5/asset/withdraw/query-record",
        "Asset, Withdraw, Get Withdrawal Records",
        Limit(300, 60),
        # Without it, withdrawals to other Bybit users are left out.
        Query(params={"withdrawType": "2"}, back=LONG),
        rows=ROWS,
        pages=PAGES_OF_50,
        windows=MONTH,
    ),
    reader=unfinished(
        FlowShape(
            direction=mark("withdrawal"),
            number=("withdrawId", "txID"),
            started="createTime",
            over=WITHDRAWN,
            states={
                "SecurityCheck": mark("in a security check"),
                "Pending": mark("pending"),
                "BlockchainConfirmed": mark("confirmed on its chain"),
                "MoreInformationRequired": mark("Bybit waits for information from you"),
                "Unknown": mark("unknown to Bybit"),
            },
            stuck=frozenset({"MoreInformationRequired"}),
        )
    ),
    applies_to=MAIN_ACCOUNTS,
)


def _transfers(surface: str, title: str, path: str, page: str, *, limit: Limit, right: str) -> Surface:
    return Surface(
        id=surface,
        area=Area.FLOWS,
        title=title,
        endpoint=documented(
            path, f"Asset, Transfer, {page}", limit, Query(back=SHORT), pages=PAGES_OF_50, windows=WEEK
        ),
        reader=unfinished(
            FlowShape(
                direction=mark("transfer"),
                number=("transferId",),
                started="timestamp",
                over=TRANSFERRED,
                states={"PENDING": mark("pending")},
            )
        ),
        right=right,
    )


FLOWS = (
    DEPOSITS,
    INTERNAL_DEPOSITS,
    WITHDRAWALS,
    _transfers(
        "transfers",
        "Transfers between your wallets of the last 28 days",
        "v5/asset/transfer/query-inter-transfer-list",
        "Get Internal Transfer Records",
        limit=Limit(60, 60),
        right="Wallet: Account Transfer",
    ),
    _transfers(
        "universal-transfers",
        "Transfers between your accounts of the last 28 days",
        "v5/asset/transfer/query-universal-transfer-list",
        "Get Universal Transfer Records",
        limit=Limit(5, 1),
        right="Wallet: Subaccount Transfer",
    ),
)
