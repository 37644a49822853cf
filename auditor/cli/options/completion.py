"""Values that a shell completes: exchanges, demo accounts and formats."""

# ruff: noqa: PLC0415 - only a shell that completes needs them

from collections.abc import Iterator

from auditor.formats import format_names


def exchanges(incomplete: str) -> Iterator[str]:
    """Yield the exchanges of a list such as ``okx,bin``, each with what stands before the last comma."""
    from auditor.exchanges.registry import all_ids

    before, comma, last = incomplete.rpartition(",")
    yield from (f"{before}{comma}{exchange}" for exchange in all_ids() if exchange.startswith(last.lower()))


def demo_exchanges(incomplete: str) -> Iterator[str]:
    """Yield the exchanges that have a demo account."""
    from auditor.demo import exchanges as imitated

    yield from (exchange for exchange in imitated() if exchange.startswith(incomplete))


def demo_accounts(incomplete: str) -> Iterator[str]:
    """Yield the demo accounts."""
    from auditor.demo import names

    yield from (name for name in names(None) if name.startswith(incomplete))


def formats(incomplete: str) -> Iterator[str]:
    """Yield the formats of a report."""
    yield from (name for name in format_names() if name.startswith(incomplete))


def rules(incomplete: str) -> Iterator[str]:
    """Yield the ids of the rules."""
    from auditor.rules import all_rules

    yield from (rule.id for rule, _module in all_rules() if rule.id.startswith(incomplete))
