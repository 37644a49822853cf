"""Which lists an archive leaves out because the user wants some tables only: nothing that is proved rests on them."""

from collections.abc import Collection

from auditor.spec.history import History


def left_out(history: History, only: Collection[str]) -> frozenset[str]:
    """Return the ids of lists that need not be read; ``only``: tables that are wanted, none: all.

    The ledger is always read, and so is what it is compared with, and what names the values of other lists.
    """
    if not only:
        return frozenset()
    every = (*history.ledgers, *history.seconds, *history.changes)
    needed = {name for one in every if one.partition is not None for name in one.partition.of} | {history.named_by}
    unwanted = (one for one in history.seconds if one.explains and one.table and one.table not in only)
    return frozenset(one.id for one in unwanted if one.id not in needed)
