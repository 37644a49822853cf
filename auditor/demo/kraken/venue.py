"""Kraken on the demo server."""

from __future__ import annotations

from auditor.demo.kraken.endpoints import PUBLIC, READS
from auditor.demo.kraken.protocol import authenticate, parameters
from auditor.demo.venue import TableVenue, read_reference

VENUE = TableVenue(
    id="kraken",
    prefixes=("/0/",),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    parameters=parameters,
    unknown={"error": ["EGeneral:Unknown method"]},
    listed=read_reference(__file__),
)
