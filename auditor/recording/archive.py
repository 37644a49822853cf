"""A recording as a file: a zip archive of plain JSON, the same bytes for the same recording.

``recording.json`` says what was recorded and how it is replayed, ``expected.json`` what the audit came to, and
``answers/`` holds one file for each answer, with its request.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from auditor.exchanges.registry import all_ids
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.model.texts import LONGEST_NAME as LONGEST_WORD
from auditor.model.texts import shorten
from auditor.recording.answers import Answer, AuditManner, Recording
from auditor.recording.exact_json import Number, decode, encode, parts
from auditor.transport.ccxt.json_body import MOST_PARTS
from auditor.transport.ccxt.latest_call import UnsignedRequest

SCHEMA = "auditor.recording/1"
MANIFEST, EXPECTED, ANSWERS = "recording.json", "expected.json", "answers/"
# The first moment that a zip archive can tell: an archive says nothing about when it was written.
MOMENT = (1980, 1, 1, 0, 0, 0)
MOST_FILES, MOST_BYTES = 20_000, 256_000_000
LONGEST_NAME = 60
COMPRESSIONS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED = 1


def pack(recording: Recording) -> bytes:
    """Return the archive of a recording."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in _files(recording):
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, encode(value, indent=1) + "\n")
    return buffer.getvalue()


def unpack(data: bytes, name: str) -> Recording:
    """Return the recording of an archive. ``name``: its file, for the error. Raises UserError."""
    try:
        return _recording(dict(_contents(data)))
    except (
        zipfile.BadZipFile,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        NotImplementedError,
        EOFError,
        OverflowError,
        zlib.error,
    ) as error:
        why = type(error).__name__
        message = _("{path} is no recording of this program, or it is damaged ({why}).")
        raise UserError(message.format(path=name, why=why)) from None


def _files(recording: Recording) -> Iterator[tuple[str, object]]:
    yield MANIFEST, _manifest(recording)
    yield EXPECTED, dict(recording.expected)
    for number, answer in enumerate(_ordered(recording.answers), 1):
        path = re.sub(r"[^a-z0-9]+", "-", answer.request.path.lower()).strip("-")[:LONGEST_NAME]
        yield f"{ANSWERS}{number:05d}-{path}.json", answer_document(answer)


def _ordered(answers: tuple[Answer, ...]) -> list[Answer]:
    """Return the answers by request, those to the same request in the order of the audit."""
    return sorted(answers, key=lambda answer: (answer.request.section, answer.request.path, answer.request.method))


def _manifest(recording: Recording) -> Mapping[str, object]:
    manner = recording.manner
    return {
        "schema": SCHEMA,
        "exchange": recording.exchange,
        "recorded_at": recording.recorded_at.isoformat().replace("+00:00", "Z"),
        "seconds": Number(f"{recording.seconds:.1f}"),
        "key": recording.key,
        "readonly": manner.readonly,
        "accept_unproven_key": manner.accept_unproven_key,
        "sandbox": manner.sandbox,
        "named": {kind: list(names) for kind, names in sorted(manner.named.items())},
        "tool": dict(recording.tool),
    }


def answer_document(answer: Answer) -> Mapping[str, object]:
    """Return an answer as it stands in the archive; what is no JSON stands there as a text."""
    request = answer.request
    try:
        body: Mapping[str, object] = {"body": decode(answer.body)}
    except ValueError:
        body = {"text": answer.body}
    return {
        "request": {
            "section": request.section,
            "method": request.method,
            "path": request.path,
            "params": dict(request.params),
        },
        "status": answer.status,
        **body,
    }


def _contents(data: bytes) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
            raise ValueError("too large")
        count = 0
        for info in infos:
            text = _text(archive, info)
            count += parts(text)
            if count > 2 * MOST_PARTS:
                raise ValueError("too many parts")
            yield info.filename, decode(text)


def _text(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    if info.compress_type not in COMPRESSIONS or info.flag_bits & ENCRYPTED:
        raise ValueError("compressed or encrypted otherwise")
    with archive.open(info) as file:
        data = file.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise ValueError("not of the size that it states")
    return data.decode("utf-8")


def _recording(files: Mapping[str, Any]) -> Recording:
    manifest = files[MANIFEST]
    if manifest["schema"] != SCHEMA or manifest["exchange"] not in all_ids():
        raise ValueError("of another schema or exchange")
    return Recording(
        exchange=str(manifest["exchange"]),
        key=str(manifest["key"]),
        recorded_at=datetime.fromisoformat(manifest["recorded_at"]).astimezone(UTC),
        seconds=_seconds(manifest["seconds"]),
        manner=AuditManner(
            readonly=manifest["readonly"] is True,
            accept_unproven_key=manifest["accept_unproven_key"] is True,
            sandbox=manifest["sandbox"] is True,
            named={str(kind): tuple(map(str, names)) for kind, names in manifest["named"].items()},
        ),
        answers=tuple(_answer(files[name]) for name in sorted(files) if name.startswith(ANSWERS)),
        tool={str(name): shorten(str(value), LONGEST_WORD) for name, value in manifest["tool"].items()},
        expected=_outcome(files[EXPECTED]),
    )


def _seconds(value: Any) -> float:
    seconds = float(value)
    if not isfinite(seconds):
        raise ValueError("no length of time")
    return seconds


def _outcome(document: Any) -> Mapping[str, Any]:
    """Return what a recording is expected to come to. Raises ValueError for what cannot be compared."""
    rows = (*document["findings"], *document["dust"])
    words = (document["verdict"], *document["places"].values())
    if not all(isinstance(row, dict) for row in rows) or not all(isinstance(word, str) for word in words):
        raise ValueError("nothing that can be compared")
    return {**document, "verdict": shorten(document["verdict"], LONGEST_WORD)}


def _answer(document: Mapping[str, Any]) -> Answer:
    request = document["request"]
    section, method, path = (str(request[name]) for name in ("section", "method", "path"))
    body = str(document["text"]) if "text" in document else encode(document["body"])
    params = {str(name): _plain(value) for name, value in request["params"].items()}
    return Answer(request=UnsignedRequest(section, method, path, params), status=int(document["status"]), body=body)


def _plain(value: object) -> object:
    """Return a parameter as it is compared: numbers by their digits."""
    return [_plain(item) for item in value] if isinstance(value, list) else value
