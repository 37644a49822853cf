"""What an exchange asks of settings: whether it is known, which credentials, which hosts are its own."""

import difflib
from collections.abc import Iterable

from auditor.exchanges import registry
from auditor.i18n import _
from auditor.i18n.suggest import unknown
from auditor.model.errors import Problem
from auditor.settings.exchange_facts import exchange_config


def known() -> tuple[str, ...]:
    """List the exchanges that have a table of their own, by their ccxt ids."""
    return registry.known()


def check_exchange(exchange: str) -> None:
    """Raise Problem, naming the nearest, for an exchange that nobody knows."""
    if exchange not in registry.all_ids():
        near = difflib.get_close_matches(exchange.lower(), registry.all_ids(), n=1)
        if near:
            raise Problem(unknown(_("exchange"), exchange, near))
        raise Problem(_("Unknown exchange {name!r}. `audit exchanges` lists all.").format(name=exchange))


def credentials(exchange: str) -> tuple[str, ...]:
    """Name the credentials that the exchange needs, as ccxt calls them."""
    return registry.load(exchange).api.credentials


def hosts(exchange: str) -> tuple[str, ...]:
    """List the exchange's own API hosts."""
    return exchange_config(exchange).api_hosts


def kinds_of_names(exchange: str) -> tuple[str, ...]:
    """List what the exchange shows only to who names it: a mining account, ..."""
    return registry.load(exchange).kinds_of_names()


def names(exchange: str, given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read KIND=NAME: names by kind. Raises Problem for a kind that the exchange does not have, or no name."""
    found: dict[str, tuple[str, ...]] = {}
    known_kinds = kinds_of_names(exchange)
    for each in given:
        kind, _sign, name = (part.strip() for part in each.partition("="))
        if not known_kinds:
            raise Problem(
                _("{exchange} shows nothing only by its name: leave out {text!r}.").format(
                    exchange=exchange_config(exchange).name, text=each
                )
            )
        if kind not in known_kinds:
            raise Problem(unknown(_("kind of name"), kind, known_kinds))
        if not name:
            raise Problem(_("{text!r} has no name: write {kind}=NAME.").format(text=each, kind=kind))
        found[kind] = tuple(dict.fromkeys((*found.get(kind, ()), name)))
    return found
