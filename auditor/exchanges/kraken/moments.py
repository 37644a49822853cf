"""Kraken: times in seconds since 1970, whole in deposits and withdrawals, with decimals in orders and positions."""

from datetime import datetime

from auditor.exchanges.shared.key_rights import moment


def seconds(value: object) -> datetime | None:
    """Return a time in seconds with or without decimals; None where there is none."""
    return moment(str(value).partition(".")[0]) if isinstance(value, str) else None
