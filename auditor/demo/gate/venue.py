"""Gate on the demo server."""

from __future__ import annotations

from auditor.demo.gate.endpoints import PUBLIC, READS
from auditor.demo.gate.protocol import authenticate
from auditor.demo.venue import TableVenue, read_reference

VENUE = TableVenue(
    id="gate",
    prefixes=("/api/v4/",),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    unknown={"label": "NOT_FOUND", "message": "no such path"},
    listed=read_reference(__file__),
)
