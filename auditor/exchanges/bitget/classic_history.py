"""Bitget: the lists of a classic account's archive: spot, futures and cross margin print balances after each change.

Its spot ledger also has what moved to and from Earn, bots, P2P and isolated margin, which have no ledger that can be
asked as a whole.
"""

from auditor.exchanges.bitget.classic_ledgers import CLASSIC_LEDGERS
from auditor.exchanges.bitget.classic_lists import CLASSIC_LISTS
from auditor.exchanges.bitget.classic_products import PRODUCT_LISTS
from auditor.exchanges.bitget.history_kinds import CROSS, CROSS_KINDS, FUTURES, FUTURES_KINDS, GROUP_KINDS, SPOT
from auditor.exchanges.bitget.identity import CLASSIC as KEY
from auditor.exchanges.bitget.movement_lists import CLASSIC_MOVEMENTS
from auditor.exchanges.bitget.opening import opening_of
from auditor.exchanges.bitget.tax_lists import TAX_LISTS
from auditor.i18n import mark
from auditor.spec.history import History

CLASSIC_HISTORY = History(
    ledgers=CLASSIC_LEDGERS,
    seconds=(CLASSIC_MOVEMENTS.deposits(), CLASSIC_MOVEMENTS.withdrawals(), *CLASSIC_LISTS, *PRODUCT_LISTS, *TAX_LISTS),
    kinds={SPOT: GROUP_KINDS, CROSS: CROSS_KINDS, **dict.fromkeys(FUTURES, FUTURES_KINDS)},
    opened=opening_of(KEY),
    missing=(
        mark(
            "Isolated margin and the P2P wallet of a classic account are not proved: Bitget gives the ledger of the "
            "one for each pair by itself, and none of the other. Of both, this archive has the tax records alone, "
            "where the key may read them. If you used them, download their history on Bitget's site, too."
        ),
    ),
    remarks=(
        mark(
            "Bitget gives a classic account no ledger of Earn, trading bots and copy trading: what went from the spot "
            "account into them and came back is here."
        ),
        mark(
            "Bitget's tax records go back further than its ledgers (table products), and are given to a key with the "
            "right Tax, which only reads. They print no balance that is compared."
        ),
        mark(
            "Bitget shows balances with 8 digits after the point, and its ledgers have more: they agree as far as they "
            "are shown."
        ),
    ),
)
