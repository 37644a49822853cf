"""Binance: pending deposits and withdrawals of coins.

Deposits are read back to Binance's first day, since the Travel Rule may hold old ones. Withdrawals are read as far back
as one minute's limit allows: a request uses a tenth of it (18000 of 180000), so five windows with a second page each
cover 400 days; all since 2017 would take four to eight minutes, twice before an account is called clean. Coins of an
older withdrawal show in their wallet ("withdrawing"); a person checks the rest (config/binance.toml).
"""

from dataclasses import replace
from datetime import timedelta

from auditor.exchanges.binance.errors import SOME_ACCOUNTS
from auditor.exchanges.binance.flow_reader import FlowReader
from auditor.exchanges.binance.limits import SAPI, SAPI_2, sapi, uid
from auditor.exchanges.binance.pages import QUARTERS
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.model.records import Area
from auditor.spec.endpoint import Offset, Query
from auditor.spec.surface import Surface

LAST_400_DAYS = (Query(back=timedelta(days=400)),)

DEPOSIT = FlowReader(
    direction=mark("deposit"),
    numbers=("id", "depositId", "txId", "insertTime"),
    final=frozenset({"1", "2"}),
    states={
        "0": mark("waiting for confirmations"),
        "6": mark("credited, but cannot be withdrawn yet"),
        "7": mark("a wrong deposit"),
        "8": mark("waiting for your confirmation"),
    },
    stuck=frozenset({"7", "8"}),
)
DEPOSITS = Surface(
    id="deposits",
    area=Area.FLOWS,
    title="Deposits under way",
    endpoint=documented(SAPI, "capital/deposit/hisrec", sapi(1), windows=QUARTERS, pagination=Offset()),
    reader=DEPOSIT.reader_with_questions(),
)

WITHDRAWAL = FlowReader(
    direction=mark("withdrawal"),
    numbers=("id", "txId", "applyTime"),
    # 1 (cancelled) and 5 (failed) are from older API versions.
    final=frozenset({"1", "3", "5", "6"}),
    states={
        "0": mark("waiting for your confirmation by email"),
        "2": mark("waiting for approval"),
        "4": mark("being processed"),
    },
    stuck=frozenset({"0", "2"}),
)
WITHDRAWALS = Surface(
    id="withdrawals",
    area=Area.FLOWS,
    title="Withdrawals under way",
    endpoint=documented(
        SAPI,
        "capital/withdraw/history",
        uid(18000),
        queries=LAST_400_DAYS,
        windows=QUARTERS,
        pagination=Offset(),
    ),
    reader=WITHDRAWAL.reader(),
)

TRAVEL_RULE_DEPOSITS = Surface(
    id="travel-rule-deposits",
    area=Area.FLOWS,
    title="Deposits held by the Travel Rule",
    endpoint=documented(
        SAPI_2,
        "localentity/deposit/history",
        sapi(1),
        queries=LAST_400_DAYS,
        windows=QUARTERS,
        pagination=Offset(),
    ),
    reader=replace(DEPOSIT, state="depositStatus").reader_with_questions(),
    manual_check=SOME_ACCOUNTS,
)
TRAVEL_RULE_WITHDRAWALS = Surface(
    id="travel-rule-withdrawals",
    area=Area.FLOWS,
    title="Withdrawals held by the Travel Rule",
    endpoint=documented(
        SAPI_2,
        "localentity/withdraw/history",
        sapi(1),
        queries=LAST_400_DAYS,
        windows=QUARTERS,
        pagination=Offset(),
    ),
    reader=replace(WITHDRAWAL, state="withdrawalStatus").reader_with_questions(),
    manual_check=SOME_ACCOUNTS,
)

FLOWS = (DEPOSITS, WITHDRAWALS, TRAVEL_RULE_DEPOSITS, TRAVEL_RULE_WITHDRAWALS)
