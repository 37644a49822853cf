"""Bybit: lists of fills and conversions, which show a part of the two ledgers over again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from auditor.exchanges.bybit.conversions import BY_INDEX
from auditor.exchanges.bybit.history_kinds import CONVERT, CONVERT_UNIFIED, FUNDING, UNIFIED
from auditor.exchanges.bybit.listed_rows import amount_mark, conversion, fill, order_mark, spot_fill, sweep
from auditor.exchanges.bybit.sources import UNSTATED, documented, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Limit, Numbered, Query, Token
from auditor.spec.fields import amount, required, rows, text, time
from auditor.spec.paged_list import Reach
from auditor.spec.rows import rows_in
from auditor.spec.second_list import SecondList

TWO_YEARS = timedelta(days=730)
KEPT = TWO_YEARS - timedelta(days=1)
"""A day less than documented, so that nothing is expected too early."""
OPTION_COINS = ("BTC", "ETH", "SOL")


def _fills(list_id: str, params: Mapping[str, str]) -> SecondList:
    return SecondList(
        id=f"fills-{list_id}",
        title=mark("Fills"),
        wallet=UNIFIED,
        endpoint=documented(
            "v5/execution/list",
            "Trade, Get Trade History (2 years)",
            Limit(50, 1),
            Query(params=params, back=TWO_YEARS),
            pages=Token(size=100),
            windows=windows(7),
        ),
        reach=Reach(words=mark("the last 2 years"), back=KEPT),
        key="execId",
        time="execTime",
        fields=required(texts="execId symbol side orderId execType", amounts="execPrice execQty", times="execTime"),
        read=spot_fill if params["category"] == "spot" else fill,
        table="fills",
        types=frozenset({"TRADE"}),
        mark=order_mark,
        group="fills",
        perhaps={UNIFIED: None},
        shared=True,
        joined_by={name: name for name in ("instrument", "order_id", "trade_id")},
    )


FILLS = (
    *(_fills(category, {"category": category}) for category in ("spot", "linear", "inverse")),
    # Without a coin Bybit gives the fills of options on BTC alone.
    *(_fills(f"option-{coin.lower()}", {"category": "option", "baseCoin": coin}) for coin in OPTION_COINS),
)
_conversions = partial(
    SecondList,
    wallet=FUNDING,
    key="exchangeTxId",
    time="createdAt",
    ties=True,
    ordered=False,
    table="conversions",
    types=CONVERT,
    mark=amount_mark,
    group="conversions",
    also={UNIFIED: frozenset()},
    perhaps={UNIFIED: CONVERT_UNIFIED},
)
CONVERSIONS = _conversions(
    id="conversions",
    title=mark("Conversions"),
    endpoint=documented(
        "v5/asset/exchange/query-convert-history",
        "Asset, Convert, Get Convert History",
        Limit(50, 1),
        pages=BY_INDEX,
    ),
    reach=Reach(
        words=mark("since 2025-09-10, as far as they were made on the site"),
        first=datetime(2025, 9, 10, tzinfo=UTC),
    ),
    fields=required(
        texts="exchangeTxId fromCoin toCoin exchangeStatus", amounts="fromAmount toAmount", times="createdAt"
    ),
    read=conversion,
)
SWEEPS = _conversions(
    id="small-conversions",
    title=mark("Conversions of small balances"),
    endpoint=documented(
        "v5/asset/covert/small-balance-history",
        "Asset, Convert Small Balance, Get Exchange History",
        UNSTATED,
        rows=rows_in("records"),
        pages=Numbered(number="cursor", limit="size", size=100, total="totalCount"),
    ),
    reach=Reach(words=mark("without a stated limit")),
    fields=(
        *(text("exchangeTxId"), time("createdAt")),
        rows("subRecords", *map(text, ("fromCoin", "toCoin", "status")), *map(amount, ("fromAmount", "toAmount"))),
    ),
    read=sweep,
)

TRADES = (*FILLS, CONVERSIONS, SWEEPS)
