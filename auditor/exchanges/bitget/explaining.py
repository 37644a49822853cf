"""Bitget: what lists that only explain the ledgers have in common."""

from functools import partial

from auditor.exchanges.bitget.sources import KEPT, NINETY_DAYS
from auditor.spec.paged_list import Reach
from auditor.spec.second_list import SecondList

# Some rows have no id; those that have one are not always in the order of time.
explaining = partial(
    SecondList, reach=Reach(words=NINETY_DAYS, back=KEPT), key="", ties=True, ordered=False, explains=True, timed=True
)
