"""Types of columns that every database keeps alike: times, exact amounts, texts, sentences."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, String, TypeDecorator

from auditor.history.evidence_json import read_message, write_text
from auditor.history.stored_text import storable
from auditor.i18n import Message


class Moment(TypeDecorator[datetime]):
    """An aware time, stored as UTC, since databases do not keep time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - required by SQLAlchemy
        """Convert to UTC and drop the zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - required by SQLAlchemy
        """Add the zone UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Amount(TypeDecorator[Decimal]):
    """An exact amount, stored as text, since no number type holds all of them exactly."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - required by SQLAlchemy
        """Convert to text."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - required by SQLAlchemy
        """Convert from text."""
        return None if value is None else Decimal(value)


class Words(TypeDecorator[str]):
    """A text in the form that every database can hold, in conditions as well as in rows."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - required by SQLAlchemy
        """Replace what a database refuses."""
        return None if value is None else storable(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - required by SQLAlchemy
        """Replace it in rows that SQLite took before."""
        return None if value is None else storable(value)


class Sentence(TypeDecorator[Message]):
    """A message, stored with its template and values, so that it can be read in any language."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Message | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - required by SQLAlchemy
        """Convert to JSON."""
        return None if value is None else json.dumps(write_text(value), separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Message | None:  # noqa: ARG002 - required by SQLAlchemy
        """Convert from JSON."""
        return None if value is None else read_message(json.loads(value))
