"""The lists of accounts that an exchange keeps apart, where only its own list of them says which there are."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from auditor.archive.raw_rows import rows_of_list
from auditor.archive.session import history_of
from auditor.spec.exchange import Exchange


def with_accounts(exchange: Exchange, folder: Path) -> Exchange:
    """Return the exchange with the lists of the accounts that were named when an archive was begun.

    Raises DamagedError.
    """
    history = history_of(exchange)
    if history.of_accounts is None:
        return exchange
    rows_of = partial(rows_of_list, folder, history, exchange)
    return replace(exchange, history=history.of_accounts(rows_of))
