"""Gate: Simple Earn, on-chain Earn and dual investment: what was put in and taken out, and what it paid."""

from auditor.exchanges.gate.archive_lists.explaining import BY_PAGE, explaining, in_table, of_spot
from auditor.exchanges.gate.history_kinds import LENT, SPOT
from auditor.exchanges.gate.sources import SELDOM, documented, months
from auditor.i18n import _, mark
from auditor.spec.endpoint import Numbered
from auditor.spec.fields import MalformedError
from auditor.spec.rows import object_row, rows_in
from auditor.spec.second_list import SecondList

COUNTED = Numbered(number="page", limit="", size=20, total="totalCount")
FIXED = {"1": "subscription", "2": "redemption", "3": "interest", "4": "bonus"}
"""The types of the history of fixed-term Earn, which is asked for one at a time."""


def fixed_rows(data: object) -> list[object]:
    """Return the rows of an answer of fixed-term Earn, which has an envelope."""
    found = object_row(data)[0]
    inside = found.get("data") if isinstance(found, dict) else None
    rows = inside.get("list") if isinstance(inside, dict) else None
    if not isinstance(rows, list):
        raise MalformedError(_("{name} is not a list").format(name="list"))
    return rows


LENDING = explaining(
    id="simple-earn",
    title=mark("Simple Earn: subscriptions and redemptions"),
    endpoint=documented(
        "earn/uni/lend_records", "Query lending transaction records", limit=SELDOM, pages=BY_PAGE, windows=months()
    ),
    **in_table(
        "products",
        "flexible",
        number="currency create_time type amount",
        time="create_time",
        unit="ms",
        columns="type asset:currency amount",
    ),
    used_by={SPOT: LENT},
)
LENDING_INTEREST = explaining(
    id="simple-earn-interest",
    title=mark("Simple Earn: interest"),
    endpoint=documented(
        "earn/uni/interest_records", "Query user dividend records", limit=SELDOM, pages=BY_PAGE, windows=months()
    ),
    **in_table(
        "products",
        "flexible",
        number="currency create_time interest",
        time="create_time",
        unit="ms",
        columns="type:interest_status asset:currency earned:interest rate:actual_rate state:status",
    ),
    used_by=of_spot("669 681 interest_in"),
)
STAKING = explaining(
    id="on-chain-earn",
    title=mark("On-chain Earn"),
    endpoint=documented(
        "earn/staking/order_list",
        "List of on-chain coin-earning orders",
        limit=SELDOM,
        rows=rows_in("list"),
        pages=COUNTED,
    ),
    **in_table(
        "products",
        "on-chain",
        number="pid createStamp type amount",
        time="createStamp",
        columns="type asset:coin amount fee state:status",
    ),
    used_by=of_spot("1181 1184 1191 1194 160607"),
)
STAKING_AWARDS = explaining(
    id="on-chain-earn-rewards",
    title=mark("On-chain Earn: rewards"),
    endpoint=documented(
        "earn/staking/award_list",
        "On-chain coin-earning dividend records",
        limit=SELDOM,
        rows=rows_in("list"),
        pages=COUNTED,
    ),
    **in_table(
        "products",
        "on-chain",
        number="pid should_bonus_stamp reward_coin interest",
        time="should_bonus_stamp",
        columns="type:=reward asset:reward_coin earned:interest other_asset:mortgage_coin fee state:status",
    ),
    used_by=of_spot("1171 1173 1186 1196"),
)
DUAL = explaining(
    id="dual-investment",
    title=mark("Dual investment"),
    endpoint=documented(
        "earn/dual/orders", "Dual Investment order list", limit=SELDOM, pages=BY_PAGE, asking={"status": "ALL"}
    ),
    **in_table(
        "products",
        "dual",
        number="id",
        time="create_time",
        columns=(
            "asset:invest_currency amount:invest_amount other_asset:settlement_currency "
            "other_amount:settlement_amount rate:apy_settlement state:status"
        ),
    ),
    used_by=of_spot("2001 2004 2011 2012 2021 2022 160201 160202 dual_purchased dual_settled"),
)


def _fixed(code: str, kind: str) -> SecondList:
    return explaining(
        id=f"fixed-earn-{kind}",
        title=mark("Fixed-term Earn"),
        endpoint=documented(
            "earn/fixed-term/user/history",
            "Subscription history",
            limit=SELDOM,
            rows=fixed_rows,
            pages=Numbered(number="page", limit="limit", size=100, total="data.total"),
            asking={"type": code},
        ),
        **in_table(
            "products", "fixed", number="id", time="create_at", columns=f"type:={kind} asset amount state:status"
        ),
        used_by=of_spot("686 687 688 689 160301 160302 160303 160304 160401 160402 160406"),
    )


EARN_LISTS = (
    *(LENDING, LENDING_INTEREST, STAKING, STAKING_AWARDS, DUAL),
    *(_fixed(code, kind) for code, kind in FIXED.items()),
)
