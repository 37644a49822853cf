"""Binance: what became another coin, or came by itself: conversions, dust, distributions, rebates."""

from datetime import UTC, datetime, timedelta

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
from auditor.exchanges.binance.limits import SAPI, sapi, uid
from auditor.exchanges.binance.pages import OPENED
from auditor.exchanges.binance.sources import documented
from auditor.i18n import _, mark
from auditor.model.amounts import plain
from auditor.spec.endpoint import Numbered, Windows
from auditor.spec.fields import MalformedError, amount, optional_amount, required, rows, text, time
from auditor.spec.paged_list import Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row, rows_in
from auditor.spec.summed import Change, ChangedRow, ChangeList

MOST_CONVERSIONS, MOST_DISTRIBUTIONS, MOST_DUST = 1000, 500, 100
FINAL, FAILED = "SUCCESS", "FAIL"


def conversion_rows(data: object) -> list[object]:
    """Return the conversions in an answer, which may be all: it says whether there are more.

    Raises MalformedError where it says so though there was room.
    """
    found = rows_in("list")(data)
    (answer,) = object_row(data)
    if len(found) < MOST_CONVERSIONS and isinstance(answer, dict) and answer.get("moreData") is True:
        raise MalformedError(_("there are more rows than one answer holds"))
    return found


def conversion(row: Row) -> ChangedRow:
    """Read a conversion. Its row does not say out of which wallet it was paid: Spot is assumed, if the sums agree."""
    state, given, taken = row.text("orderStatus"), row.text("fromAsset"), row.text("toAsset")
    both = (
        change(SPOT, given, -row.amount("fromAmount"), "conversion"),
        change(SPOT, taken, row.amount("toAmount"), "conversion"),
    )
    number = row.text("orderId")
    return ChangedRow(
        id=number,
        time=moment_of(row, "createTime"),
        changes=both if state == FINAL else (),
        type="convert",
        order_id=number,
        cells=("", given, row.hint("fromAmount"), taken, row.hint("toAmount"), state, "convert"),
        unknown="" if state in {FINAL, FAILED} else state,
        perhaps=FUNDING,
    )


def dust(row: Row) -> ChangedRow:
    """Read small remainders that became BNB at one time: each is given for what is left after the charge."""
    details = row.rows("userAssetDribbletDetails")
    number = row.text("transId")
    return ChangedRow(
        id=number,
        time=moment_of(row, "operateTime"),
        changes=tuple(one for detail in details for one in _swept(detail)),
        type="dust",
        order_id=number,
    )


def _swept(detail: Row) -> tuple[Change, Change]:
    charge = amount_or_zero(detail, "serviceChargeAmount")
    return (
        change(SPOT, detail.text("fromAsset"), -detail.amount("amount"), "conversion"),
        change(
            SPOT,
            detail.hint("targetAsset") or "BNB",
            detail.amount("transferedAmount"),
            "conversion",
            fee=plain(-charge) if charge else "",
        ),
    )


def distribution(row: Row) -> ChangedRow:
    """Read what Binance distributed. Rows with direction -1 were taken back."""
    words = row.hint("enInfo")
    sign = -1 if row.hint("direction") == "-1" else 1
    return ChangedRow(
        id=row.text("id"),
        time=moment_of(row, "divTime"),
        changes=(change(SPOT, row.text("asset"), sign * row.amount("amount"), _kind_of(words), description=words),),
        type="distribution",
        ref=row.hint("tranId"),
    )


def _kind_of(words: str) -> str:
    """Return what a distribution is: its words are for people, and most are airdrops of some event."""
    lower = words.lower()
    if any(word in lower for word in ("airdrop", "distribution", "launchpool", "megadrop", "hodler")):
        return "airdrop"
    return "reward"


def rebate(row: Row) -> ChangedRow:
    """Read a rebate of fees, or what a friend's trades brought. Its row has no id."""
    return ChangedRow(
        id="",
        time=moment_of(row, "updateTime"),
        changes=(change(SPOT, row.text("asset"), row.amount("amount"), "rebate"),),
        type=f"rebate {row.text('type')}",
    )


CONVERSIONS = of_both(
    id="conversions",
    title=mark("Convert"),
    endpoint=documented(SAPI, "convert/tradeFlow", uid(3000), windows=MONTHLY, rows=conversion_rows),
    paging=Single(size=MOST_CONVERSIONS),
    key="orderId",
    time="createTime",
    fields=(
        *(text("orderId"), text("orderStatus"), text("fromAsset"), amount("fromAmount"), text("toAsset")),
        *(amount("toAmount"), time("createTime")),
    ),
    read=conversion,
    table="conversions",
)
DUST = ChangeList(
    id="dust",
    title=mark("Small balances converted to BNB"),
    wallets=(SPOT,),
    endpoint=documented(SAPI, "asset/dribblet", sapi(1), rows=counted_rows("userAssetDribblets")),
    reach=FOR_EVER,
    key="transId",
    time="operateTime",
    timed=True,
    ordered=False,
    most=MOST_DUST,
    fields=(
        text("transId"),
        time("operateTime"),
        rows(
            "userAssetDribbletDetails",
            *(text("fromAsset"), amount("amount"), amount("transferedAmount"), optional_amount("serviceChargeAmount")),
        ),
    ),
    read=dust,
)
DISTRIBUTIONS = of_both(
    id="distributions",
    title=mark("Distributions"),
    endpoint=documented(
        SAPI,
        "asset/assetDividend",
        sapi(10),
        windows=Windows(span=timedelta(days=179), first=OPENED),
        rows=counted_rows("rows"),
    ),
    paging=Single(size=MOST_DISTRIBUTIONS),
    key="id",
    time="divTime",
    fields=required(texts="id asset", amounts="amount", times="divTime"),
    read=distribution,
)
REBATES = of_both(
    id="rebates",
    title=mark("Rebates"),
    endpoint=documented(
        SAPI,
        "rebate/taxQuery",
        uid(12000),
        windows=Windows(span=MONTHLY.span, first=datetime(2020, 6, 10, tzinfo=UTC)),
        pagination=Numbered(number="page", limit="", size=200, total="data.totalRecords"),
        rows=lambda data: rows_in("data")(_inner(data)),
    ),
    key="",
    time="updateTime",
    fields=required(texts="asset type", amounts="amount", times="updateTime"),
    read=rebate,
)


def _inner(data: object) -> object:
    (answer,) = object_row(data)
    return answer.get("data") if isinstance(answer, dict) else None
