"""KuCoin: what happened on its first platform, until February 2019: deposits, withdrawals and trades.

KuCoin's documentation calls these lists abandoned; its SDKs of 2018 to 2025 have them, and no other list goes back so
far. Times are Unix seconds.
"""

from auditor.exchanges.kucoin.archive_lists.beside import explaining, in_table
from auditor.exchanges.kucoin.archive_lists.listing import TRADE
from auditor.exchanges.kucoin.lists import ITEMS
from auditor.exchanges.kucoin.sites import V1, management, spot
from auditor.exchanges.kucoin.sources import ABANDONED, documented
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Limit, Numbered
from auditor.spec.fields import text
from auditor.spec.paged_list import Reach

BEFORE_2019 = Reach(words=mark("the first platform, until February 2019"))
# KuCoin's own example of deposits counts 0 rows and has one.
PAGES = Numbered(number="currentPage", limit="pageSize", size=500, total=None)


def _old(path: str, limit: Limit) -> Endpoint:
    return documented(V1, path, limit, pagination=PAGES, rows=ITEMS, source=ABANDONED)


MOVED = "asset:currency amount txid:walletTxId address state:status"
DEPOSITS = explaining(
    id="deposits-before-2019",
    title=mark("Deposits before 2019"),
    endpoint=_old("hist-deposits", management(5)),
    reach=BEFORE_2019,
    **in_table(
        "movements",
        "deposit",
        number="createAt currency amount walletTxId",
        time="createAt",
        unit="s",
        moment=text,
        columns=MOVED,
    ),
)
WITHDRAWALS = explaining(
    id="withdrawals-before-2019",
    title=mark("Withdrawals before 2019"),
    endpoint=_old("hist-withdrawals", management(20)),
    reach=BEFORE_2019,
    **in_table(
        "movements",
        "withdrawal",
        number="createAt currency amount walletTxId",
        time="createAt",
        unit="s",
        moment=text,
        columns=MOVED,
    ),
)
TRADES = explaining(
    id="trades-before-2019",
    title=mark("Spot trades before 2019"),
    wallet=TRADE,
    endpoint=_old("hist-orders", spot(20)),
    reach=BEFORE_2019,
    **in_table(
        "fills",
        "",
        number="createdAt symbol side amount dealPrice",
        time="createdAt",
        unit="s",
        moment=text,
        columns="instrument:symbol side price:dealPrice amount fee",
    ),
)
BEFORE_2019_LISTS = (DEPOSITS, WITHDRAWALS, TRADES)
