"""Write the JSON Schemas from the types that describe the documents: `python -m tools.report_schema`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.fleet.status import json_contract
from auditor.formats import json_document

PACKAGE = Path(__file__).resolve().parent.parent / "auditor"


def main() -> None:
    """Write the files anew."""
    _write("formats/report.schema.json", json_document.schema())
    _write("fleet/status/fleet.schema.json", json_contract.schema())


def _write(name: str, schema: Mapping[str, Any]) -> None:
    (PACKAGE / name).write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
