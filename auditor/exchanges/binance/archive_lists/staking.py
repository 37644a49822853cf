"""Binance: what became another coin by staking and back, and what went into On-chain Yields and came out of it.

What was staked is a coin of its own in Spot, such as WBETH. What it earned only raises what that coin is worth.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from auditor.exchanges.binance.archive_lists.earn import FIELDS, redemption, subscription
from auditor.exchanges.binance.archive_lists.listing import SPOT, change, counted_rows, moment_of, of_both
from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.pages import QUARTER
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.spec.endpoint import Numbered, Windows
from auditor.spec.fields import optional_amount, optional_text, required, text
from auditor.spec.parsed_row import Row
from auditor.spec.summed import ChangedRow, ChangeList

DONE, FAILED = "SUCCESS", "FAILED"
ON_CHAIN = "on-chain"
NOT_OFFERED = dict.fromkeys(
    ("-1002", "-1016", "-1020", "-1099", "-2015"),
    mark("Binance does not give this list to this account or key. What it may hold would show in the sums."),
)
HALF_YEAR = timedelta(days=179)
"""Less than the 6 months that Binance states as the longest."""
# Each begins before Binance had the product.
SINCE_2020, SINCE_2023, SINCE_2024 = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2023, 2024))


def swap(row: Row, kind: str, given: str, taken: str) -> ChangedRow:
    """Read what became another coin. ``given``, ``taken``: how the names of both coins' fields begin.

    One that is under way may have left the wallet or not.
    """
    state, number = row.text("status"), moment_of(row, "time")
    coin, size = (f"{given}Asset", f"{given}Amount") if given else ("asset", "amount")
    both = (
        change(SPOT, row.text(coin), -row.amount(size), "conversion"),
        change(SPOT, row.text(f"{taken}Asset"), row.amount(f"{taken}Amount"), "conversion"),
    )
    texts = (row.text(coin), row.hint(size), row.text(f"{taken}Asset"), row.hint(f"{taken}Amount"))
    return ChangedRow(
        id="",
        time=number,
        changes=both if state == DONE else (),
        type=kind,
        cells=("", *texts, state, kind),
        unknown="" if state in {DONE, FAILED} else state,
        final=state in {DONE, FAILED},
    )


def _swaps(
    list_id: str,
    title: str,
    path: str,
    *,
    first: datetime,
    span: timedelta = QUARTER,
    given: str = "",
    taken: str = "distribute",
) -> ChangeList:
    coin, size = (f"{given}Asset", f"{given}Amount") if given else ("asset", "amount")
    return of_both(
        id=list_id,
        title=title,
        wallets=(SPOT,),
        endpoint=documented(
            SAPI,
            path,
            sapi(150),
            windows=Windows(span=span, first=first),
            pagination=Numbered(),
            rows=counted_rows("rows"),
        ),
        key="",
        time="time",
        fields=required(texts=f"{coin} {taken}Asset status", amounts=f"{size} {taken}Amount", times="time"),
        read=partial(swap, kind=list_id, given=given, taken=taken),
        table="conversions",
        unused=NOT_OFFERED,
    )


def _on_chain(list_id: str, title: str, name: str, key: str, read: Callable[[Row, str], ChangedRow]) -> ChangeList:
    return of_both(
        id=list_id,
        title=title,
        endpoint=documented(
            SAPI,
            f"onchain-yields/locked/history/{name}",
            sapi(50),
            windows=Windows(span=QUARTER, first=SINCE_2023),
            pagination=Numbered(),
            rows=counted_rows("rows"),
        ),
        key=key,
        time="time",
        fields=(
            *(*FIELDS, text(key), optional_amount("amtFromSpot"), optional_amount("amtFromFunding")),
            *(optional_text("sourceAccount"), optional_text("destAccount")),
        ),
        read=lambda row: read(row, ON_CHAIN),
        unused=NOT_OFFERED,
    )


_ETH, _SOL = partial(_swaps, first=SINCE_2020), partial(_swaps, first=SINCE_2024)
_DOLLARS = partial(_swaps, first=SINCE_2024, span=HALF_YEAR, taken="receive")
STAKING = (
    _ETH("eth-staking", mark("ETH staking"), "eth-staking/eth/history/stakingHistory"),
    _ETH("eth-redemptions", mark("ETH staking: redemptions"), "eth-staking/eth/history/redemptionHistory"),
    _ETH(
        "beth-wraps", mark("BETH wrapped as WBETH"), "eth-staking/wbeth/history/wrapHistory", given="from", taken="to"
    ),
    _ETH(
        "wbeth-unwraps",
        mark("WBETH unwrapped to BETH"),
        "eth-staking/wbeth/history/unwrapHistory",
        given="from",
        taken="to",
    ),
    _SOL("sol-staking", mark("SOL staking"), "sol-staking/sol/history/stakingHistory"),
    _SOL("sol-redemptions", mark("SOL staking: redemptions"), "sol-staking/sol/history/redemptionHistory"),
    _DOLLARS("bfusd-subscriptions", mark("BFUSD: subscriptions"), "bfusd/history/subscriptionHistory"),
    _DOLLARS("bfusd-redemptions", mark("BFUSD: redemptions"), "bfusd/history/redemptionHistory"),
    _DOLLARS("rwusd-subscriptions", mark("RWUSD: subscriptions"), "rwusd/history/subscriptionHistory"),
    _DOLLARS("rwusd-redemptions", mark("RWUSD: redemptions"), "rwusd/history/redemptionHistory"),
    _on_chain(
        "on-chain-subscriptions",
        mark("On-chain Yields: subscriptions"),
        "subscriptionRecord",
        "purchaseId",
        subscription,
    ),
    _on_chain("on-chain-redemptions", mark("On-chain Yields: redemptions"), "redemptionRecord", "redeemId", redemption),
)
