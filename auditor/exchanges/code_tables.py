"""The asset codes of each exchange, from ``asset_codes.py`` in its folder, as far as it has one."""

import importlib
from functools import cache
from pathlib import Path

from auditor.spec.asset_codes import CodeTable

FOLDER = Path(__file__).parent


@cache
def code_table(exchange: str) -> CodeTable | None:
    """Return the asset codes of one exchange; None where its folder has none."""
    if not (FOLDER / exchange / "asset_codes.py").is_file():
        return None
    table: CodeTable = importlib.import_module(f"auditor.exchanges.{exchange}.asset_codes").CODES
    return table
