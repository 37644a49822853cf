"""The asset codes of an exchange, or those of the exchange whose facts its site inherits."""

from functools import cache

from auditor.exchanges import code_tables
from auditor.settings.exchange_facts import config_if_written
from auditor.spec.asset_codes import CodeTable

NO_CODES = CodeTable()


@cache
def code_table(exchange: str) -> CodeTable:
    """Return the asset codes of an exchange; empty where none are known."""
    facts = config_if_written(exchange)
    parent = facts.inherits if facts and facts.inherits else ""
    return code_tables.code_table(exchange) or code_tables.code_table(parent) or NO_CODES
