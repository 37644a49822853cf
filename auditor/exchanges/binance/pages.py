"""Binance: pagination and time windows that several of its lists share."""

from datetime import UTC, datetime, timedelta

from auditor.spec.endpoint import Numbered, Windows
from auditor.spec.rows import rows_in

# Binance opened in July 2017.
OPENED = datetime(2017, 7, 1, tzinfo=UTC)
QUARTER, MONTH = timedelta(days=89), timedelta(days=30)
QUARTERS = Windows(span=QUARTER, first=OPENED)
PAGES = Numbered()
PAGE_ROWS = rows_in("rows")
