"""Bybit: what lists that only explain the ledgers have in common, and how far back they go."""

from datetime import timedelta
from functools import partial

from auditor.exchanges.bybit.history_kinds import UNIFIED
from auditor.i18n import mark
from auditor.spec.paged_list import Reach
from auditor.spec.second_list import SecondList

DAYS_730 = timedelta(days=730)
ALL = Reach(words=mark("without a stated limit"))
NOT_STATED = Reach(words=mark("how far is not documented"))
# A day less than documented, so that nothing is expected too early.
TWO_YEARS = Reach(words=mark("the last 2 years"), back=DAYS_730 - timedelta(days=1))
HALF_A_YEAR = Reach(words=mark("the last 6 months"), back=timedelta(days=179))
QUARTER = Reach(words=mark("the last 3 months"), back=timedelta(days=89))
NINETY_DAYS = Reach(words=mark("the last 90 days"), back=timedelta(days=89))

# Some rows have no id; those that have one are not always in the order of time.
explaining = partial(SecondList, wallet=UNIFIED, reach=ALL, key="", ties=True, ordered=False, explains=True, timed=True)
