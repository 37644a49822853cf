"""What an exchange asks of settings: whether it is known, which credentials, which hosts are its own."""

import difflib

from auditor import exchanges
from auditor.config import exchange_config
from auditor.errors import Problem
from auditor.i18n import _
from auditor.nearest import unknown


def known() -> tuple[str, ...]:
    """List the exchanges that have a table of their own, by their ccxt ids."""
    return exchanges.known()


def check_exchange(exchange: str) -> None:
    """Raise Problem, naming the nearest, for an exchange that nobody knows."""
    if exchange not in exchanges.all_ids():
        near = difflib.get_close_matches(exchange.lower(), exchanges.all_ids(), n=1)
        raise Problem(unknown(_("exchange"), exchange, near or known()))


def credentials(exchange: str) -> tuple[str, ...]:
    """Name the credentials that the exchange needs, as ccxt calls them."""
    return exchanges.load(exchange).credentials


def hosts(exchange: str) -> tuple[str, ...]:
    """List the exchange's own API hosts."""
    return exchange_config(exchange).api_hosts
