"""OKX: on-chain earn, and the staking of ETH and SOL."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.okx.lists import RECENT, lists_by_state
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.words import EARN_STATES
from auditor.exchanges.shared.readers import earning, figures
from auditor.i18n import _, mark
from auditor.model.records import Area, Earning, Record
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Cursor, Endpoint, Limit
from auditor.spec.fields import MalformedError, amount, rows, text, time
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import Surface
from auditor.spec.words import state_in_words

ON_CHAIN_STATES = {
    "8": mark("pending"),
    "13": mark("cancelling"),
    "9": mark("on chain"),
    "1": mark("earning"),
    "2": mark("redeeming"),
}


@reads(
    text("ordId"),
    text("state"),
    rows("investData", text("ccy"), amount("amt")),
    rows("fastRedemptionData", amount("redeemingAmt")),
)
def on_chain_order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an order of on-chain earn that is active: one record for each asset invested."""
    state, order = row.text("state"), row.text("ordId")
    redemptions = (item.amount("redeemingAmt") for item in row.rows("fastRedemptionData"))
    fast = {"redeeming": sum(redemptions, Decimal(0))}
    for index, part in enumerate(row.rows("investData")):
        yield Earning(
            subject=f"{order}:{part.text('ccy')}",
            row=row.raw,
            product=mark("On-chain earn"),
            asset=part.text("ccy"),
            # An active order is a holding, whatever its first amount.
            amount=part.amount("amt") or None,
            held=fast if index == 0 else {},
            state=state_in_words(state, ON_CHAIN_STATES),
            redeeming=state in {"2", "13"},
            ready_at=row.hint_time("estSettlementTime"),
        )
    if not row.rows("investData"):
        raise MalformedError(_("an active order names no asset"))


ON_CHAIN_EARN = Surface(
    id="on-chain-earn",
    area=Area.EARN,
    title="On-chain earn",
    endpoint=Endpoint(
        path="finance/staking-defi/orders-active",
        limit=Limit(3, 1),
        source=f"{DOC}, On-chain earn, Get active orders",
    ),
    reader=on_chain_order,
)


def _staking(surface: str, path: str, *, product: str) -> Surface:
    """Return the surface of staked assets, including those being redeemed."""
    return Surface(
        id=surface,
        area=Area.EARN,
        title=product,
        endpoint=Endpoint(path=path, limit=Limit(6, 1), source=f"{DOC}, {product}, Get balance"),
        reader=earning(product=product, asset="ccy", amount="amt", state=mark("staked")),
    )


def staking_request(*, product: str, asset: str) -> Reader:
    """Return the reader of purchases and redemptions of ``asset`` that are not final."""

    @reads(
        text("type"),
        text("status"),
        amount("amt"),
        amount("redeemingAmt", always_blank),
        time("requestTime"),
        time("estCompletedTime", always_blank),
    )
    def read(row: Row, _context: Context) -> Iterable[Record]:
        state = row.text("status")
        if state in {"success", "failed", "cancelled"}:
            return
        yield Earning(
            subject=row.hint("ordId") or row.hint("requestTime"),
            row=row.raw,
            product=product,
            asset=asset,
            amount=row.amount("amt") or None,
            held=figures(row, {"redeeming": "redeemingAmt"}),
            state=state_in_words(state, EARN_STATES),
            redeeming=row.text("type") != "purchase",
            ready_at=row.time("estCompletedTime"),
        )

    return read


def _staking_requests(surface: str, path: str, *, product: str, asset: str) -> Surface:
    return Surface(
        id=surface,
        area=Area.EARN,
        title=f"{product}: purchases and redemptions under way",
        endpoint=Endpoint(
            path=path,
            limit=Limit(6, 1),
            queries=lists_by_state("status", ("pending",), rest=RECENT),
            pagination=Cursor(cursor="after", key="requestTime"),
            source=f"{DOC}, {product}, Get purchase and redeem history",
        ),
        reader=staking_request(product=product, asset=asset),
    )


STAKING = (
    ON_CHAIN_EARN,
    _staking("eth-staking", "finance/staking-defi/eth/balance", product="ETH staking"),
    _staking_requests(
        "eth-staking-requests",
        "finance/staking-defi/eth/purchase-redeem-history",
        product="ETH staking",
        asset="BETH",
    ),
    _staking("sol-staking", "finance/staking-defi/sol/balance", product="SOL staking"),
    _staking_requests(
        "sol-staking-requests",
        "finance/staking-defi/sol/purchase-redeem-history",
        product="SOL staking",
        asset="OKSOL",
    ),
)
