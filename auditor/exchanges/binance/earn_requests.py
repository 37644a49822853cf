"""Binance: pending subscriptions and redemptions of earn products."""

from collections.abc import Iterable

from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.pages import PAGE_ROWS, PAGES, QUARTER, QUARTERS
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.binance.words import EARN_STATES
from auditor.model.records import Area, Earning, Record
from auditor.spec.endpoint import Limit, Query
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import Surface
from auditor.spec.words import state_in_words

FINAL = frozenset({"PAID", "SUCCESS", "FAILED"})


def redemption(product: str, *, number: str) -> Reader:
    """Read a redemption that is not final.

    ``number``: the field that identifies it, else its time.
    """
    return _request(product, "redemption", number, redeeming=True)


def subscription(product: str) -> Reader:
    """Read a subscription that is not final."""
    return _request(product, "subscription", "purchaseId", redeeming=False)


def _request(product: str, kind: str, number: str, *, redeeming: bool) -> Reader:
    """Read a request that is not final; an undocumented state counts as not final."""

    @reads(text("asset"), amount("amount"), text("status"))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        state = row.text("status")
        if state not in FINAL:
            yield Earning(
                subject=f"{kind}:{row.hint(number) or row.hint('time')}",
                row=row.raw,
                product=product,
                asset=row.text("asset"),
                amount=row.amount("amount") or None,
                held={},
                state=state_in_words(state, EARN_STATES),
                redeeming=redeeming,
                ready_at=row.hint_time("arrivalTime") or row.hint_time("deliverDate"),
            )

    return read


def _history(name: str, title: str, path: str, limit: Limit, reader: Reader) -> Surface:
    """Return the surface of the requests of the last 89 days: none takes longer."""
    endpoint = documented(
        SAPI,
        path,
        limit,
        queries=(Query(back=QUARTER),),
        windows=QUARTERS,
        pagination=PAGES,
        rows=PAGE_ROWS,
    )
    return Surface(id=name, area=Area.EARN, title=title, endpoint=endpoint, reader=reader)


EARN_REQUESTS = (
    _history(
        "simple-earn-flexible-redemptions",
        "Simple Earn Flexible: redemptions under way",
        "simple-earn/flexible/history/redemptionRecord",
        sapi(150),
        redemption("Simple Earn Flexible", number="redeemId"),
    ),
    _history(
        "simple-earn-locked-redemptions",
        "Simple Earn Locked: redemptions under way",
        "simple-earn/locked/history/redemptionRecord",
        sapi(150),
        redemption("Simple Earn Locked", number="redeemId"),
    ),
    _history(
        "on-chain-yields-redemptions",
        "On-chain Yields: redemptions under way",
        "onchain-yields/locked/history/redemptionRecord",
        sapi(50),
        redemption("On-chain Yields", number="redeemId"),
    ),
    _history(
        "simple-earn-flexible-subscriptions",
        "Simple Earn Flexible: subscriptions under way",
        "simple-earn/flexible/history/subscriptionRecord",
        sapi(150),
        subscription("Simple Earn Flexible"),
    ),
    _history(
        "simple-earn-locked-subscriptions",
        "Simple Earn Locked: subscriptions under way",
        "simple-earn/locked/history/subscriptionRecord",
        sapi(150),
        subscription("Simple Earn Locked"),
    ),
    _history(
        "on-chain-yields-subscriptions",
        "On-chain Yields: subscriptions under way",
        "onchain-yields/locked/history/subscriptionRecord",
        sapi(50),
        subscription("On-chain Yields"),
    ),
    _history(
        "eth-staking-subscriptions",
        "ETH staking: subscriptions under way",
        "eth-staking/eth/history/stakingHistory",
        sapi(150),
        subscription("ETH staking"),
    ),
    _history(
        "sol-staking-subscriptions",
        "SOL staking: subscriptions under way",
        "sol-staking/sol/history/stakingHistory",
        sapi(150),
        subscription("SOL staking"),
    ),
    _history(
        "eth-staking-redemptions",
        "ETH staking: redemptions under way",
        "eth-staking/eth/history/redemptionHistory",
        sapi(150),
        redemption("ETH staking", number="time"),
    ),
    _history(
        "sol-staking-redemptions",
        "SOL staking: redemptions under way",
        "sol-staking/sol/history/redemptionHistory",
        sapi(150),
        redemption("SOL staking", number="time"),
    ),
    _history(
        "bfusd-redemptions",
        "BFUSD: redemptions under way",
        "bfusd/history/redemptionHistory",
        sapi(150),
        redemption("BFUSD", number="time"),
    ),
    _history(
        "rwusd-redemptions",
        "RWUSD: redemptions under way",
        "rwusd/history/redemptionHistory",
        sapi(150),
        redemption("RWUSD", number="time"),
    ),
)
