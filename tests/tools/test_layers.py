"""A table may import another one only at a site that inherits its facts: what the contracts of layers leave to say."""

import grimp

from auditor.exchanges.registry import table_ids
from auditor.settings.exchange_facts import exchange_config, known_exchanges


def imported_tables() -> dict[str, str]:
    """Return which exchange's table each exchange imports, where it imports one."""
    graph = grimp.build_graph("auditor")
    tables = {exchange: f"auditor.exchanges.{exchange}.exchange" for exchange in table_ids()}
    pairs = ((one, other) for one in tables for other in tables if one != other)
    return {
        one: other for one, other in pairs if graph.direct_import_exists(importer=tables[one], imported=tables[other])
    }


def test_an_exchange_imports_another_ones_table_only_where_it_inherits_its_facts() -> None:
    parents = {exchange: exchange_config(exchange).inherits for exchange in table_ids()}
    expected = {exchange: parent for exchange, parent in parents.items() if parent in known_exchanges()}
    assert expected == imported_tables()
