"""Bitget: the lists of an archive, of classic accounts and of unified ones, which share none.

Older rows than those of 90 days are on Bitget's site alone, but for the tax records of classic accounts. Those of
unified ones go back 366 days, by a tax key of their own, and are not asked.
"""

from dataclasses import replace

from auditor.exchanges.bitget.classic_history import CLASSIC_HISTORY
from auditor.exchanges.bitget.unified_history import UNIFIED_HISTORY

HISTORY = replace(UNIFIED_HISTORY, by_mode={"classic": CLASSIC_HISTORY})
