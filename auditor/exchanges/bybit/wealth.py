"""Bybit: private wealth management, which is documented for its clients only."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.bybit.earn_rows import EarnRow, earn_place, earn_rows, over_in
from auditor.exchanges.bybit.errors import SOME_ACCOUNTS
from auditor.exchanges.bybit.sources import PAGES_OF_50, documented
from auditor.exchanges.bybit.words import EARN_STATES
from auditor.i18n import mark
from auditor.model.records import Earning, Record
from auditor.spec.fields import amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.words import state_in_words

WEALTH = mark("Private wealth management")
# Set up and not subscribed yet: its amounts are what was chosen.
CHOSEN, ACTIVE, CLOSED = "PendingSubscription", "Active", "Closed"


@reads(
    text("planId"),
    text("status"),
    amount("currentAssetUsd"),
    rows("investmentDistribution", text("coin"), amount("currentAmount")),
)
def wealth_plan(row: Row, _context: Context) -> Iterable[Record]:
    """Read what a plan is invested in; of one that is set up only, nothing is invested yet."""
    state, shares = row.text("status"), row.rows("investmentDistribution")
    is_empty = not any(share.amount("currentAmount") for share in shares)
    if state == CLOSED and is_empty and not row.amount("currentAssetUsd"):
        return
    for index, share in enumerate(shares if state != CHOSEN else ()):
        yield _plan(row, f"{row.text('planId')}:{index}", share.text("coin"), share.amount("currentAmount"))
    if state == CHOSEN or is_empty:
        yield _plan(row, row.text("planId"), "USD", _worth(state, row.amount("currentAssetUsd")))


def _worth(state: str, shown: Decimal) -> Decimal | None:
    """Return what a plan is worth; 0 says nothing of one in a state that nobody knows."""
    if state == CHOSEN or (not shown and state not in {ACTIVE, CLOSED}):
        return None
    return shown


def _plan(row: Row, subject: str, asset: str, figure: Decimal | None) -> Earning:
    return Earning(
        subject=subject,
        row=row.raw,
        product=WEALTH,
        asset=asset,
        amount=figure,
        held={},
        state=state_in_words(row.text("status"), EARN_STATES),
        redeeming=False,
        ready_at=None,
    )


WEALTH_MANAGEMENT = (
    earn_place(
        "wealth-plans",
        "Private wealth management: plans",
        documented("v5/earn/pwm/investment-plan/all", "Earn, PWM, Get All Investment Plans", pages=PAGES_OF_50),
        wealth_plan,
        manual_check=SOME_ACCOUNTS,
    ),
    earn_place(
        "wealth-orders",
        "Private wealth management: orders under way",
        documented(
            "v5/earn/pwm/investment-plan/order",
            "Earn, PWM, Get Investment Plan Orders",
            pages=PAGES_OF_50,
        ),
        earn_rows(
            EarnRow(product=WEALTH, number="orderId", asset="coin", amount="amount", moves=True),
            over_in("Completed", "Failed"),
        ),
        manual_check=SOME_ACCOUNTS,
    ),
)
