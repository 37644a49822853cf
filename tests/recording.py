"""How cassettes are made and played: what of a request and an answer is kept, and what must never be in one.

`python -m tests.record_cassettes` makes them anew.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import yaml
from vcr import VCR
from vcr.cassette import Cassette
from vcr.record_mode import RecordMode
from vcr.request import Request

from auditor import demo
from auditor.audit.audit_once import take_snapshot
from auditor.model.account import Options
from auditor.model.clock import frozen_clock
from auditor.model.snapshot import Snapshot
from tests.conftest import configured_account

FOLDER = Path(__file__).parent.parent / "cassettes"
ACCOUNTS = ("dust", "empty", "messy", "plain")
MOMENT = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
HOST = "www.okx.com"
KEPT_OF_REQUESTS = frozenset({"x-simulated-trading"})
KEPT_OF_ANSWERS = frozenset({"content-type"})
API_KEY = re.compile(rb'("apiKey": *)"[^"]*"')
# In C where there is libyaml, and the same: written in Python they take most of the time of a recording.
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FORBIDDEN = {
    "a header of OKX's signature": re.compile(r"ok-access-", re.IGNORECASE),
    "a header that proves who asks": re.compile(r"\b(authorization|(set-)?cookie)\b", re.IGNORECASE),
    "a key, secret or passphrase of the demo": re.compile(r"demo-[\w-]+-(key|secret|passphrase)"),
    "what looks like a signature": re.compile(r"(?<![\w+/=])[A-Za-z0-9+/]{43}=(?![\w+/=])"),
    "what looks like a digest or a secret": re.compile(r"(?<![0-9a-z])[0-9A-F]{32}(?![0-9a-z])|\b[0-9a-f]{64}\b"),
    "an API key": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"),
}


def found_in(cassette: str) -> list[str]:
    """What stands in a cassette's text that must never stand there."""
    return [f"{what}: {match[0]}" for what, pattern in FORBIDDEN.items() for match in pattern.finditer(cassette)]


class Sorted:
    """Cassettes as YAML, by address: what runs at once is recorded in any order."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        by_address = sorted(cassette["interactions"], key=lambda one: one["request"]["uri"])
        text: str = yaml.dump({**cassette, "interactions": by_address}, Dumper=DUMPER, allow_unicode=True, width=120)
        return text

    @staticmethod
    def deserialize(text: str) -> Any:
        return yaml.load(text, Loader=LOADER)


def recorder(folder: Path = FOLDER, **changes: Any) -> VCR:
    """What records and plays. ``changes``: other settings of vcrpy's."""
    settings = {
        "cassette_library_dir": str(folder),
        "path_transformer": VCR.ensure_suffix(".yaml"),
        # Whole: a comparison part by part takes both apart, for each request with each that is recorded.
        "match_on": ("method", "uri"),
        "before_record_request": kept_of_request,
        "before_record_response": kept_of_answer,
    }
    made = VCR(**{**settings, **changes})
    made.register_serializer("sorted", Sorted)
    made.serializer = "sorted"
    return made


def kept_of_request(request: Request) -> Request:
    """The request as sent to OKX itself, with none but the headers named here."""
    parts = urlsplit(request.uri)
    request.uri = urlunsplit(("https", HOST, parts.path, parts.query, ""))
    request.headers = only(request.headers, KEPT_OF_REQUESTS)
    return request


def kept_of_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, with none but the headers named here, and without the keys of sub-accounts that OKX tells."""
    body = API_KEY.sub(rb'\1"left out"', answer["body"].get("string", b""))
    return {**answer, "headers": only(answer["headers"], KEPT_OF_ANSWERS), "body": {"string": body}}


def only(headers: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in headers.items() if name.lower() in names}


async def record(account: demo.Account, vcr: VCR | None = None, fault: demo.Fault | None = None) -> Snapshot:
    """Audit a demo account and write down every question and answer under its name."""
    with (vcr or recorder()).use_cassette(account.name, record_mode=RecordMode.ALL), frozen():
        return await audited_live(account, fault)


async def audited_live(account: demo.Account, fault: demo.Fault | None = None) -> Snapshot:
    """Audit a demo account at a demo exchange."""
    with demo.serve([account], limits=False, clock=MOMENT.timestamp, fault=fault) as served:
        return await take_snapshot([configured_account(account, served)], Options(pace=0))


@contextmanager
def playing(name: str, vcr: VCR | None = None) -> Iterator[Cassette]:
    """Answer every request from a cassette, and nothing that is not in it."""
    with (vcr or recorder()).use_cassette(name, record_mode=RecordMode.NONE) as cassette, frozen():
        yield cassette


def of_that_moment(name: str) -> demo.Account:
    """A named demo account, its times counted from the moment of the recordings."""
    return demo.account(name, now=MOMENT.timestamp())


@contextmanager
def frozen() -> Iterator[None]:
    """Let the program and ccxt believe that it is the moment of the recordings."""
    with frozen_clock(MOMENT):
        yield
