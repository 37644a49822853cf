"""KuCoin: what lists that only explain the ledgers have in common."""

from functools import partial

from auditor.exchanges.kucoin.archive_lists.listing import MAIN, YEAR
from auditor.i18n import mark
from auditor.spec import table_rows
from auditor.spec.endpoint import Token
from auditor.spec.fields import time
from auditor.spec.paged_list import Reach
from auditor.spec.second_list import SecondList

# An empty page repeats the token that led to it, has 0 or none.
BY_LAST_ID = Token(parameter="lastId", next="lastId", limit="limit", size=100, may_lack=True, last="0")

explaining = partial(SecondList, wallet=MAIN, key="", ties=True, ordered=False, explains=True, timed=True)
in_table = partial(table_rows.in_table, moment=time)
ALL = Reach(words=mark("without a stated limit"))
YEAR_ASKED = Reach(words=mark("how far is not documented; a year is asked for"), back=YEAR)
