"""The report as JSON: for scripts, history, and whoever must believe it."""

import json

from auditor.formats import Format, Sink
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.json_writer import document
from auditor.model.report import Report


def render(report: Report, sink: Sink | None = None) -> str:
    """Write the report as JSON, in ASCII, so that any console and any file can carry it."""
    values = {**document(report, (sink or Sink()).translate), "digest": PLACEHOLDER}
    return seal(json.dumps(values, indent=2, allow_nan=False) + "\n")


FORMAT = Format(name="json", suffix=".json", render=render)
