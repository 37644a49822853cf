"""OKX: Simple Earn, dual investment, stable rewards and OKUSD.

On-chain products: `auditor.exchanges.okx.staking`.
"""

from collections.abc import Iterable, Sequence

from auditor.exchanges.okx.lists import AFTER_ORDER, lists_by_state
from auditor.exchanges.okx.sources import ATK, CCXT, DOC
from auditor.exchanges.okx.staking import STAKING
from auditor.exchanges.okx.words import EARN_STATES
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.exchanges.shared.readers import earning
from auditor.i18n import _, mark
from auditor.model.records import Area, Earning, Record
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Cursor, Endpoint, Limit
from auditor.spec.fields import MalformedError, amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import rows_in_single
from auditor.spec.surface import NeverUsed, RequestPlan, Surface
from auditor.spec.words import state_in_words

NO_SAVINGS = {"58002": "Savings was never activated on this account."}

SIMPLE_EARN = Surface(
    id="simple-earn",
    area=Area.EARN,
    title="Simple Earn flexible",
    endpoint=Endpoint(
        path="finance/savings/balance", limit=Limit(6, 1), source=f"{DOC}, Simple earn flexible, Get saving balance"
    ),
    reader=earning(
        product=mark("Simple Earn flexible"),
        asset="ccy",
        amount="amt",
        state=mark("held"),
        lent="loanAmt",
        pending="pendingAmt",
        redeeming=optional_amount("redemptAmt"),
    ),
    never_used=NeverUsed(codes=NO_SAVINGS),
)


@reads(text("state"))
def fixed_earn_order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an order of fixed-term Simple Earn that is neither paid out nor cancelled.

    Only its state is read: the answer is not documented.
    """
    state = row.text("state")
    # The state "expired" is not documented: the order may be waiting for its payout.
    if state in {"settled", "cancelled"}:
        return
    yield Earning(
        subject=row.hint("ordId") or row.hint("reqId") or row.hint("cTime") or state,
        row=row.raw,
        product=mark("Simple Earn fixed"),
        asset=row.hint("ccy") or "?",
        amount=row.hint_amount("amt"),
        held={},
        state=state_in_words(state, EARN_STATES),
        redeeming=False,
        ready_at=row.hint_time("expTime"),
    )


SIMPLE_EARN_FIXED = Surface(
    id="simple-earn-fixed",
    area=Area.EARN,
    title="Simple Earn fixed-term",
    endpoint=Endpoint(
        path="finance/simple-earn-fixed/order-list",
        limit=Limit(3, 1),
        queries=lists_by_state("state", ("pending", "earning")),
        source=ATK,
    ),
    reader=fixed_earn_order,
    standing=Standing.UNDOCUMENTED,
    never_used=NeverUsed(codes=NO_SAVINGS),
)


@reads(text("ordId"), text("state"), amount("notionalSz"), text("notionalCcy"))
def dual_investment(row: Row, _context: Context) -> Iterable[Record]:
    """Read a dual investment that is not settled."""
    state = row.text("state")
    if state in {"settled", "redeemed", "rejected"}:
        return
    yield Earning(
        subject=row.text("ordId"),
        row=row.raw,
        product=mark("Dual investment"),
        asset=row.text("notionalCcy"),
        amount=row.amount("notionalSz") or None,
        held={},
        state=state_in_words(state, EARN_STATES),
        redeeming=state in {"pending_settle", "pending_redeem"},
        ready_at=row.hint_time("expTime"),
    )


DUAL_INVESTMENT = Surface(
    id="dual-investment",
    area=Area.EARN,
    title="Dual investment",
    endpoint=Endpoint(
        path="finance/sfp/dcd/order-history",
        limit=Limit(1, 1),
        pagination=Cursor(cursor="endId", key="ordId"),
        source=f"{DOC}, Dual investment, Get order history",
    ),
    reader=dual_investment,
)


@reads(text("ccy"), amount("amt"), text("state"))
def stable_reward(row: Row, _context: Context) -> Iterable[Record]:
    """Read an asset in stable rewards.

    The amount includes the trading and funding wallets and redemptions under way: it overlaps their balances.
    """
    asset = row.text("ccy")
    yield Earning(
        subject=asset,
        row=row.raw,
        product=mark("Stable rewards"),
        asset=asset,
        amount=row.amount("amt"),
        held={},
        state=state_in_words(row.text("state"), EARN_STATES),
        redeeming=False,
        ready_at=None,
        same_as=(("funding", "trading", "stable-rewards-requests"),),
    )


STABLE_REWARDS = Surface(
    id="stable-rewards",
    area=Area.EARN,
    title="Stable rewards",
    endpoint=Endpoint(
        path="finance/stable-rewards/balance",
        limit=Limit(5, 2),
        rows=rows_in_single("details"),
        source=f"{DOC}, Stable rewards, Get balance",
    ),
    reader=stable_reward,
)

DOCUMENTED_REWARD = "USDG"


def stable_reward_scopes(readings: Readings) -> Sequence[Scope] | None:
    """Return one request for each asset in stable rewards, and for the documented one.

    None when stable rewards were not read.
    """
    if is_unread(readings):
        return None
    # An asset whose subscription is pending is not a balance yet.
    assets = dict.fromkeys((DOCUMENTED_REWARD, *(record.subject for record in records_in(readings))))
    return [Scope(params={"ccy": asset}) for asset in assets]


@reads(text("ordId"), text("type"), text("status"), text("ccy"), amount("ccyAmt"))
def stable_reward_request(row: Row, _context: Context) -> Iterable[Record]:
    """Read a subscription or redemption of stable rewards that is not final."""
    state = row.text("status")
    if state in {"success", "failed"}:
        return
    yield Earning(
        subject=row.text("ordId"),
        row=row.raw,
        product=mark("Stable rewards"),
        asset=row.text("ccy"),
        amount=row.amount("ccyAmt") or None,
        held={},
        state=state_in_words(state, EARN_STATES),
        redeeming=row.text("type") != "subscribe",
        ready_at=None,
    )


STABLE_REWARDS_REQUESTS = Surface(
    id="stable-rewards-requests",
    area=Area.EARN,
    title="Stable rewards: subscriptions and redemptions under way",
    endpoint=Endpoint(
        path="finance/stable-rewards/subscribe-redeem-history",
        limit=Limit(5, 2),
        pagination=AFTER_ORDER,
        source=f"{DOC}, Stable rewards, Get subscribe and redeem history; withdrawn in the copy of July 2026",
    ),
    reader=stable_reward_request,
    standing=Standing.UNDOCUMENTED,
    plan=RequestPlan(after=("stable-rewards",), scopes=stable_reward_scopes),
)


@reads()
def unknown_answer(_row: Row, _context: Context) -> Iterable[Record]:
    """Refuse an answer whose rows no documentation describes: it may hold something."""
    raise MalformedError(_("OKX gave an unexpected answer; check this product in the app"))


OKUSD = Surface(
    id="okusd",
    area=Area.EARN,
    title="OKUSD",
    endpoint=Endpoint(path="finance/okusd/account", limit=Limit(1, 1), source=CCXT),
    reader=unknown_answer,
    standing=Standing.UNDOCUMENTED,
)

EARN = (
    SIMPLE_EARN,
    SIMPLE_EARN_FIXED,
    *STAKING,
    DUAL_INVESTMENT,
    STABLE_REWARDS,
    STABLE_REWARDS_REQUESTS,
    OKUSD,
)
