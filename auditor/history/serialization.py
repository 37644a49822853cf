"""A pass as bytes and back without loss: amounts digit for digit, times aware, every record of its own kind.

By cattrs: its hooks stand apart from the models; with pydantic every field of them would be described a second time.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from threading import Lock
from typing import Any

from cattrs import BaseValidationError, Converter
from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.strategies import configure_tagged_union, include_subclasses

from auditor.history import evidence_json as evidence
from auditor.i18n import Message, Text, _
from auditor.model import reference_data as references  # noqa: F401 - a record's kinds are found among what is loaded
from auditor.model.errors import UserError
from auditor.model.records import Evidence, Record
from auditor.model.report import Finding, Report
from auditor.model.snapshot import AccountSnapshot, Key, NotApplicable, Read, Reading, Snapshot, Unread

VERSION = 2
TAG = "is"
LARGEST = 512 * 1024 * 1024
"""Bytes of a pass: a thousand sub-accounts take a tenth of it."""
# Fields that passes of this version lacked at first: a pass that does not use them is stored as it was then.
LATER: Mapping[type[Any], tuple[str, ...]] = {
    Unread: ("records", "rows", "at", "doubts"),
    AccountSnapshot: ("certificates", "client"),
    Key: ("expires_at",),
    Reading: ("of_user", "told_in"),
    Finding: ("market", "side", "since", "also_seen_in"),
}
LATER_OF_RECORDS = ("also", "rough", "same_as", "worth", "total", "ending", "price", "started_at", "counts_here")
"""The same of records, whichever kind has them."""
_MAKING = Lock()
# What Python and cattrs raise for values of other kinds than the model's.
_DAMAGE = (
    zlib.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    BaseValidationError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One pass as it is stored: when it was made, and what came of it, snapshots included. ``window``: as there."""

    started_at: datetime
    finished_at: datetime
    report: Report
    window: float | None = None

    @property
    def snapshot(self) -> Snapshot:
        """What the pass read."""
        accounts = tuple(account.snapshot for account in self.report.accounts)
        return Snapshot(accounts=accounts, started_at=self.started_at, finished_at=self.finished_at, window=self.window)


class DamagedPassError(UserError):
    """A pass that cannot be read any more. The others are not touched."""


def prepare() -> None:
    """Make ready what the first pass would be held up by. A pass in another thread waits for it."""
    _converter()


def encode(stored: Pass) -> bytes:
    """Write a pass."""
    document = {"version": VERSION, "pass": _converter().unstructure(stored)}
    return zlib.compress(json.dumps(document, allow_nan=False, separators=(",", ":")).encode())


def decode(data: bytes) -> Pass:
    """Read a pass. Raises DamagedPassError, and UserError for one that a newer program wrote."""
    try:
        document = json.loads(_inflate(data))
        evidence.check_depth(document)
        version: object = document["version"]
        if not isinstance(version, int):
            raise TypeError(version)
        return _newer() if version > VERSION else _converter().structure(document["pass"], Pass)
    except _DAMAGE:
        raise DamagedPassError(
            _("This check is damaged in the history and cannot be read. The others are not affected.")
        ) from None


def _inflate(data: bytes) -> bytes:
    """Decompress a pass. Raises ValueError for one that breaks off or has no end."""
    inflating = zlib.decompressobj()
    content = inflating.decompress(data, LARGEST)
    if not inflating.eof:
        raise ValueError(LARGEST)
    return content


def _newer() -> Pass:
    raise UserError(_("A newer version of this program stored this check: update this one."))


def _converter() -> Converter:
    with _MAKING:
        return _made_converter()


@cache
def _made_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    converter.register_structure_hook(str, lambda value, _type: evidence.read_data(value))
    converter.register_unstructure_hook(Message, evidence.write_text)
    converter.register_structure_hook(Message, lambda value, _type: evidence.read_message(value))
    converter.register_unstructure_hook_func(_is_text, evidence.write_text)
    converter.register_structure_hook_func(_is_text, lambda value, _type: value and evidence.read_text(value))
    converter.register_structure_hook(StrEnum, lambda value, kind: kind(value))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _type: evidence.decimal(text))
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _type: evidence.moment(text))
    converter.register_unstructure_hook_func(_is_evidence, evidence.written)
    converter.register_structure_hook_func(_is_evidence, lambda value, _type: evidence.restored_mapping(value))
    tagged = partial(configure_tagged_union, tag_name=TAG)
    later = {name: override(omit_if_default=True) for name in LATER_OF_RECORDS}
    include_subclasses(Record, converter, union_strategy=tagged, overrides=later)
    # A factory is asked when a kind is first written, and all that the kind holds is known by then.
    converter.register_unstructure_hook_factory(LATER.__contains__, partial(_writer, converter))
    tagged(Read | Unread | NotApplicable, converter)
    return converter


def _writer(converter: Converter, kind: type[Any]) -> Callable[[Any], dict[str, Any]]:
    """Return what writes a ``kind``, and its later fields only where they hold something."""
    overrides = {name: override(omit_if_default=True) for name in LATER[kind]}
    return make_dict_unstructure_fn(kind, converter, **overrides)  # type: ignore[arg-type]


def _is_text(kind: object) -> bool:
    return kind in {Text, Text | None}


def _is_evidence(kind: object) -> bool:
    return kind == Evidence
