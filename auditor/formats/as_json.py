"""JSON format: for scripts, for the history, and as evidence."""

import json

from auditor.formats import Format, Sink
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.escape import break_commands_in_json
from auditor.formats.json_writer import document
from auditor.model.report import Report


def render(report: Report, sink: Sink | None = None) -> str:
    """Return the report as JSON in ASCII, which every console and file can represent."""
    values = {**document(report, (sink or Sink()).translate), "digest": PLACEHOLDER}
    return seal(break_commands_in_json(json.dumps(values, indent=2, allow_nan=False)) + "\n")


FORMAT = Format(name="json", suffix=".json", render=render)
