"""Checks of settings against an exchange: its id, credentials, hosts and kinds of names."""

import difflib
from collections.abc import Iterable

from auditor.exchanges import registry
from auditor.i18n import _
from auditor.i18n.suggest import unknown
from auditor.model.errors import UserError
from auditor.settings.exchange_facts import exchange_config


def table_exchanges() -> tuple[str, ...]:
    """Return the ccxt ids of the exchanges that have a table of their own."""
    return registry.table_ids()


def check_exchange(exchange: str) -> None:
    """Raise UserError for an unknown exchange, naming the nearest known one."""
    if exchange not in registry.all_ids():
        near = difflib.get_close_matches(exchange.lower(), registry.all_ids(), n=1)
        if near:
            raise UserError(unknown(_("exchange"), exchange, near))
        raise UserError(_("Unknown exchange {name!r}. `audit list exchanges --all` lists all.").format(name=exchange))


def credentials(exchange: str) -> tuple[str, ...]:
    """Return the names of the credentials that the exchange needs, as ccxt calls them."""
    return registry.load(exchange).api.credentials


def name_kinds(exchange: str) -> tuple[str, ...]:
    """Return the kinds of things that the exchange shows only by name: a mining account, ..."""
    return registry.load(exchange).kinds_of_names()


def parse_names(exchange: str, given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Parse values of the form KIND=NAME; return the names by kind.

    Raises UserError for a kind that the exchange does not have, and for an empty name.
    """
    by_kind: dict[str, tuple[str, ...]] = {}
    kinds = name_kinds(exchange)
    for value in given:
        kind, _sign, name = (part.strip() for part in value.partition("="))
        if not kinds:
            raise UserError(
                _("{exchange} shows nothing only by its name: leave out {text!r}.").format(
                    exchange=exchange_config(exchange).name, text=value
                )
            )
        if kind not in kinds:
            raise UserError(unknown(_("kind of name"), kind, kinds))
        if not name:
            raise UserError(_("{text!r} has no name: write {kind}=NAME.").format(text=value, kind=kind))
        by_kind[kind] = tuple(dict.fromkeys((*by_kind.get(kind, ()), name)))
    return by_kind
