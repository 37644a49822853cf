"""Kraken Futures: what was ordered, executed and held, event by event, which only explains the account log.

Each row is an event with one object whose name says what happened. Kraken's pages differ on how the one of an execution
is spelled: an answer of a real account had ``execution`` (2023), the page that was rendered in 2026 has ``Execution``.
"""

from collections.abc import Mapping

from auditor.exchanges.krakenfutures.log_rows import KINDS
from auditor.exchanges.krakenfutures.sources import DOC, HISTORY, HISTORY_LIMIT
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Token
from auditor.spec.paged_list import Reach
from auditor.spec.rows import rows_in
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import InTable, in_table

WALLET = "futures"
MOST = 1000
PAGES = Token(parameter="continuation_token", next="continuationToken", limit="count", size=MOST, may_lack=True)
SUBJECTS = ("newOrder", "order", "attemptedOrder", "newOrderTrigger", "attemptedOrderTrigger")
"""Names of the order within an event: of an edited one, as it was from then on."""
TRADED = frozenset(code for code, kind in KINDS.items() if kind in {"trade", "settlement"})
ORDER_COLUMNS = (
    "instrument:tradeable side:direction type:orderType price:limitPrice amount:quantity filled state:event_kind "
    "parent_id:order_uid client_id:clientId updated:lastUpdateTimestamp"
)


def event_rows(data: object) -> list[object]:
    """Select the events of an answer, each with the fields of what it is about."""
    return [_flat(row) if isinstance(row, dict) else row for row in rows_in("elements")(data)]


def _flat(row: Mapping[str, object]) -> Mapping[str, object]:
    named = row.get("event")
    if not isinstance(named, dict) or len(named) != 1:
        return {}
    ((kind, about),) = named.items()
    if not isinstance(about, dict):
        return {}
    executed = _object(about, "execution")
    orders = (found for name in SUBJECTS if (found := _object(executed or about, name)))
    order = next(orders, {})
    own = {"event_kind": kind, "order_uid": order.get("uid"), "trade_uid": executed.get("uid")}
    known = {"uid": row.get("uid"), "timestamp": row.get("timestamp"), **own}
    return {**order, **_object(executed, "orderData"), **about, **executed, **known}


def _object(outer: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = outer.get(name)
    return found if isinstance(found, dict) else {}


def _events(list_id: str, title: str, path: str, page: str, meaning: InTable) -> SecondList:
    return SecondList(
        id=list_id,
        title=title,
        wallet=WALLET,
        endpoint=Endpoint(
            path=path,
            site=HISTORY,
            limit=HISTORY_LIMIT,
            pagination=PAGES,
            rows=event_rows,
            source=f"{DOC}, {page}",
        ),
        reach=Reach(words=mark("without a stated limit")),
        key="uid",
        ordered=False,
        explains=True,
        used_by={WALLET: TRADED},
        **meaning,
    )


EXECUTIONS = _events(
    "executions",
    mark("Executions"),
    "executions",
    "Get execution events",
    in_table(
        "fills",
        "",
        number="uid",
        time="timestamp",
        # The log's rows name an execution by the same id.
        columns=(
            "instrument:tradeable side:direction price amount:quantity fee liquidity:executionType "
            "order_id:order_uid trade_id:trade_uid"
        ),
    ),
)
ORDERS = _events(
    "order-events",
    mark("Events of orders"),
    "orders",
    "Get order events",
    in_table("orders", "order event", number="uid", time="timestamp", columns=ORDER_COLUMNS),
)
TRIGGERS = _events(
    "trigger-events",
    mark("Events of stop and take-profit orders"),
    "triggers",
    "Get trigger events",
    in_table("orders", "trigger event", number="uid", time="timestamp", columns=ORDER_COLUMNS),
)
POSITIONS = _events(
    "position-events",
    mark("Changes of positions"),
    "positions",
    "Get position update events",
    in_table(
        "positions",
        "position event",
        number="uid",
        time="timestamp",
        columns=(
            "instrument:tradeable amount:newPosition open_price:oldAverageEntryPrice close_price:executionPrice "
            "pnl:realizedPnL fee funding_fee:realizedFunding asset:feeCurrency type:positionChange "
            "parent_id:executionUid"
        ),
    ),
)
EVENT_LISTS = (EXECUTIONS, ORDERS, TRIGGERS, POSITIONS)
