"""Binance: what went into Simple Earn and came out of it. What it paid beside is among the distributions."""

from auditor.exchanges.binance.archive_lists.listing import (
    FOR_EVER,
    FUNDING,
    MONTHLY,
    SPOT,
    amount_or_zero,
    change,
    counted_rows,
    moment_of,
    of_both,
)
from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.model.amounts import total
from auditor.spec.endpoint import Endpoint, Numbered, Query
from auditor.spec.fields import amount, optional_amount, optional_text, text, time
from auditor.spec.history import DerivedWallet
from auditor.spec.ledger import ShownBalances
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList
from auditor.spec.summed import Change, ChangedRow, ChangeList

FLEXIBLE, LOCKED = "flexible", "locked"
PAID_IN, PAID_OUT = frozenset({"SUCCESS"}), frozenset({"PAID", "SUCCESS"})
NOT_PAID = frozenset({"FAILED"})
FIELDS = (text("asset"), amount("amount"), text("status"), time("time"))


def _history(kind: str, name: str) -> Endpoint:
    return documented(
        SAPI,
        f"simple-earn/{kind}/history/{name}",
        sapi(150),
        windows=MONTHLY,
        pagination=Numbered(),
        rows=counted_rows("rows"),
    )


def subscription(row: Row, kind: str) -> ChangedRow:
    """Read a subscription: what each of the two wallets paid, or all of it where only the account is named."""
    state, number = row.text("status"), row.text("purchaseId")
    return ChangedRow(
        id=number,
        time=moment_of(row, "time"),
        changes=_paid_in(row) if state in PAID_IN else (),
        type=kind,
        ref=number,
        unknown=_doubt_of(row, state),
    )


def _doubt_of(row: Row, state: str) -> str:
    """Return what is not certain of a subscription: its state, or its parts where they do not come to its amount."""
    if state not in PAID_IN | NOT_PAID:
        return state
    paid = total(-change.amount for change in _paid_in(row))
    return "" if paid == row.amount("amount") else "amtFromSpot, amtFromFunding"


def _paid_in(row: Row) -> tuple[Change, ...]:
    coin = row.text("asset")
    parts = {SPOT: amount_or_zero(row, "amtFromSpot"), FUNDING: amount_or_zero(row, "amtFromFunding")}
    if not any(parts.values()):
        parts = {FUNDING if row.text_or_none("sourceAccount") == "FUNDING" else SPOT: row.amount("amount")}
    return tuple(change(wallet, coin, -size, "earn_in") for wallet, size in parts.items() if size)


def redemption(row: Row, kind: str) -> ChangedRow:
    """Read a redemption."""
    state, number = row.text("status"), row.text("redeemId")
    wallet = FUNDING if row.text_or_none("destAccount") == "FUNDING" else SPOT
    paid = (change(wallet, row.text("asset"), row.amount("amount"), "earn_out"),)
    return ChangedRow(
        id=number,
        time=moment_of(row, "time"),
        changes=paid if state in PAID_OUT else (),
        type=kind,
        ref=number,
        unknown="" if state in PAID_OUT | NOT_PAID else state,
    )


def reward(row: Row) -> ListedRow:
    """Read what a product earned: some of it stays inside, the rest is among the distributions."""
    texts = row.hints("asset", "rewards", "amount", "type", "projectId", "positionId", "time")
    asset, rewards, size, kind, project, position, _time = texts
    return ListedRow(
        id=" ".join(filter(None, texts)),
        time=moment_of(row, "time"),
        cells=("Simple Earn reward", kind, asset, rewards or size, "", "", "", "", "", project or position),
    )


def _subscriptions(kind: str, title: str) -> ChangeList:
    return of_both(
        id=f"{kind}-subscriptions",
        title=title,
        endpoint=_history(kind, "subscriptionRecord"),
        key="purchaseId",
        time="time",
        fields=(
            *(*FIELDS, text("purchaseId"), optional_amount("amtFromSpot"), optional_amount("amtFromFunding")),
            optional_text("sourceAccount"),
        ),
        read=lambda row: subscription(row, kind),
    )


def _redemptions(kind: str, title: str) -> ChangeList:
    return of_both(
        id=f"{kind}-redemptions",
        title=title,
        endpoint=_history(kind, "redemptionRecord"),
        key="redeemId",
        time="time",
        fields=(*FIELDS, text("redeemId"), optional_text("destAccount")),
        read=lambda row: redemption(row, kind),
    )


def _rewards(kind: str, title: str, size: str) -> SecondList:
    return SecondList(
        id=f"{kind}-rewards",
        title=title,
        wallet=SPOT,
        endpoint=_history(kind, "rewardsRecord"),
        reach=FOR_EVER,
        key="",
        time="time",
        ordered=False,
        fields=(text("asset"), amount(size), time("time")),
        read=reward,
        table="products",
        explains=True,
    )


def _wallet(kind: str, title: str, size: str, earned: str) -> DerivedWallet:
    endpoint = documented(
        SAPI,
        f"simple-earn/{kind}/position",
        sapi(150),
        queries=(Query(params={"size": "100"}),),
        rows=counted_rows("rows"),
    )
    return DerivedWallet(
        id=f"simple-earn-{kind}",
        title=title,
        beside=SPOT,
        also=(FUNDING,),
        types=frozenset({kind}),
        shown=ShownBalances(endpoint=endpoint, asset="asset", amount=size, several=True),
        accrued=earned,
    )


SUBSCRIPTIONS = _subscriptions(FLEXIBLE, mark("Simple Earn: flexible subscriptions"))
REDEMPTIONS = _redemptions(FLEXIBLE, mark("Simple Earn: flexible redemptions"))
LOCKED_SUBSCRIPTIONS = _subscriptions(LOCKED, mark("Simple Earn: locked subscriptions"))
LOCKED_REDEMPTIONS = _redemptions(LOCKED, mark("Simple Earn: locked redemptions"))
REWARDS = _rewards(FLEXIBLE, mark("Simple Earn: flexible rewards"), "rewards")
LOCKED_REWARDS = _rewards(LOCKED, mark("Simple Earn: locked rewards"), "amount")
FLEXIBLE_WALLET = _wallet(FLEXIBLE, mark("Simple Earn, flexible"), "totalAmount", "cumulativeTotalRewards")
LOCKED_WALLET = _wallet(LOCKED, mark("Simple Earn, locked"), "amount", "rewardAmt")
