"""Binance: what products paid, and loans. No proof rests on these lists."""

from datetime import datetime, timedelta
from functools import partial

from auditor.exchanges.binance.archive_lists.listing import (
    MONTHLY,
    counted_rows,
    explaining,
    in_table,
)
from auditor.exchanges.binance.archive_lists.staking import HALF_YEAR, SINCE_2020, SINCE_2023, SINCE_2024
from auditor.exchanges.binance.limits import SAPI, SAPI_2, sapi, uid
from auditor.exchanges.binance.pages import QUARTER
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Limit, Numbered, Site, Windows
from auditor.spec.paged_list import Single
from auditor.spec.second_list import SecondList

ROWS = counted_rows("rows")
LOANS_BEGAN, FLEXIBLE_BEGAN = SINCE_2020, SINCE_2023
MOST_LOAN_ROWS = 100


def _paged(site: Site, path: str, *, limit: Limit, first: datetime, span: timedelta, size: str = "size") -> Endpoint:
    """Return a list by page numbers within time windows."""
    return documented(
        site,
        path,
        limit,
        windows=Windows(span=span, first=first),
        pagination=Numbered(limit=size),
        rows=ROWS,
    )


def _rewards(
    list_id: str,
    title: str,
    path: str,
    weight: int,
    columns: str,
    *,
    number: str,
    first: datetime,
    span: timedelta = QUARTER,
) -> SecondList:
    """Return what a product paid, or what a coin gained: what of it was paid out, the distributions have.

    ``number``: the fields that tell its rows apart, which have no id.
    """
    return explaining(
        id=list_id,
        title=title,
        endpoint=_paged(SAPI, path, limit=sapi(weight), first=first, span=span),
        key="",
        **in_table("products", list_id, number=number, time="time", columns=columns),
    )


REWARD_LISTS = (
    _rewards(
        "wbeth-rewards",
        mark("ETH staking: rewards within WBETH"),
        "eth-staking/eth/history/wbethRewardsHistory",
        150,
        "asset:=WBETH amount:holding other_asset:=ETH earned:amountInETH rate:annualPercentageRate",
        number="time amountInETH",
        first=SINCE_2023,
    ),
    _rewards(
        "bnsol-rewards",
        mark("SOL staking: rewards within BNSOL"),
        "sol-staking/sol/history/bnsolRewardsHistory",
        150,
        "asset:=BNSOL amount:holding other_asset:=SOL earned:amountInSOL rate:annualPercentageRate",
        number="time amountInSOL",
        first=SINCE_2024,
    ),
    _rewards(
        "on-chain-rewards",
        mark("On-chain Yields: rewards"),
        "onchain-yields/locked/history/rewardsRecord",
        50,
        "asset amount",
        number="positionId asset time amount",
        first=SINCE_2023,
    ),
    _rewards(
        "soft-staking-rewards",
        mark("Soft Staking: rewards"),
        "soft-staking/history/rewardsRecord",
        50,
        "asset:rewardAsset amount:rewards other_asset:asset other_amount:avgAmount",
        number="asset rewardAsset time",
        first=SINCE_2024,
    ),
    _rewards(
        "bfusd-rewards",
        mark("BFUSD: rewards"),
        "bfusd/history/rewardsHistory",
        150,
        "asset:rewardAsset amount:rewardsAmount other_asset:=BFUSD other_amount:BFUSDPosition "
        "rate:annualPercentageRate",
        number="time rewardAsset rewardsAmount",
        first=SINCE_2024,
        span=HALF_YEAR,
    ),
    _rewards(
        "rwusd-rewards",
        mark("RWUSD: rewards"),
        "rwusd/history/rewardsHistory",
        150,
        "asset:=RWUSD amount:rewardsAmount other_asset:=RWUSD other_amount:rwusdPosition rate:annualPercentageRate",
        number="time rewardsAmount",
        first=SINCE_2024,
        span=HALF_YEAR,
    ),
)


def _loans(list_id: str, title: str, endpoint: Endpoint, *, number: str, time: str, columns: str) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        endpoint=endpoint,
        key="",
        **in_table("products", list_id, number=number, time=time, columns=columns),
    )


_FLEXIBLE = partial(_paged, SAPI_2, limit=sapi(400), first=FLEXIBLE_BEGAN, span=HALF_YEAR, size="limit")
_STABLE = partial(_paged, SAPI, limit=sapi(400), first=LOANS_BEGAN, span=HALF_YEAR, size="limit")
LOAN_LISTS = (
    explaining(
        id="loan-flows",
        title=mark("Loans: what was paid and what was pledged"),
        endpoint=documented(SAPI, "loan/income", uid(6000), windows=Windows(span=MONTHLY.span, first=LOANS_BEGAN)),
        paging=Single(size=MOST_LOAN_ROWS),
        key="",
        **in_table("products", "loan flow", number="tranId type asset", time="timestamp", columns="type asset amount"),
    ),
    _loans(
        "flexible-loans",
        mark("Flexible loans"),
        _FLEXIBLE("loan/flexible/borrow/history"),
        number="loanCoin collateralCoin borrowTime initialLoanAmount",
        time="borrowTime",
        columns="asset:loanCoin amount:initialLoanAmount other_asset:collateralCoin "
        "other_amount:initialCollateralAmount state:status",
    ),
    _loans(
        "flexible-loan-repayments",
        mark("Flexible loans: repayments"),
        _FLEXIBLE("loan/flexible/repay/history"),
        number="loanCoin collateralCoin repayTime repayAmount",
        time="repayTime",
        columns="asset:loanCoin amount:repayAmount other_asset:collateralCoin other_amount:collateralReturn "
        "state:repayStatus",
    ),
    _loans(
        "flexible-loan-collateral",
        mark("Flexible loans: collateral added and taken out"),
        _FLEXIBLE("loan/flexible/ltv/adjustment/history", limit=uid(400)),
        number="loanCoin collateralCoin adjustTime collateralAmount",
        time="adjustTime",
        columns="type:direction asset:loanCoin other_asset:collateralCoin other_amount:collateralAmount rate:afterLTV",
    ),
    _loans(
        "flexible-loan-liquidations",
        mark("Flexible loans: liquidations"),
        _FLEXIBLE("loan/flexible/liquidation/history"),
        number="loanCoin collateralCoin liquidationStartingTime liquidationDebt",
        time="liquidationStartingTime",
        columns="asset:loanCoin amount:liquidationDebt other_asset:collateralCoin "
        "other_amount:liquidationCollateralAmount fee:liquidationFee state:status",
    ),
    _loans(
        "stable-loans",
        mark("Loans at a stable rate"),
        _STABLE("loan/borrow/history"),
        number="orderId borrowTime",
        time="borrowTime",
        columns="asset:loanCoin amount:initialLoanAmount other_asset:collateralCoin "
        "other_amount:initialCollateralAmount rate:hourlyInterestRate state:status",
    ),
    _loans(
        "stable-loan-repayments",
        mark("Loans at a stable rate: repayments"),
        _STABLE("loan/repay/history"),
        number="orderId repayTime repayAmount",
        time="repayTime",
        columns="type:repayType asset:loanCoin amount:repayAmount other_asset:collateralCoin "
        "other_amount:collateralReturn state:repayStatus",
    ),
    _loans(
        "stable-loan-collateral",
        mark("Loans at a stable rate: collateral added and taken out"),
        _STABLE("loan/ltv/adjustment/history"),
        number="orderId adjustTime amount",
        time="adjustTime",
        columns="type:direction asset:loanCoin other_asset:collateralCoin other_amount:amount rate:afterLTV",
    ),
)
