"""Write the JSON Schema of a report from the types that describe it: `python -m tools.report_schema`."""

import json
from pathlib import Path

from auditor.formats.json_document import schema

FILE = Path(__file__).resolve().parent.parent / "auditor" / "formats" / "report.schema.json"


def main() -> None:
    """Write the file anew."""
    FILE.write_text(json.dumps(schema(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
