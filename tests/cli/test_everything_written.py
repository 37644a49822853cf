"""Planted secrets, and every signature made with them, are searched for in everything that the program writes.

The real command line against the demo exchange, when all goes well and under each fault of the campaign, and under an
exchange that says back what it was sent.
"""

import base64
import html
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, unquote

import pytest
from aiohttp import web

from auditor.__main__ import main
from auditor.cli.commands import audit as run
from auditor.demo import DemoExchange, Fault, Reply, serve
from auditor.formats import format_names
from auditor.model.account import Options
from auditor.spec.endpoint import Endpoint, Limit
from tests.exchanges.okx.bare import BARE
from tests.exchanges.okx.samples import SAMPLES
from tests.fault_injection.answers import PASSING, load_faults

FUNDING = Endpoint(path="asset/balances", limit=Limit(6, 1), source="OKX")
FOR_EVER = load_faults("okx").for_ever(FUNDING)
PLANTED = {
    "OKX_APIKEY": "planted-KEY-0f1e2d3c",
    "OKX_SECRET": "PLANTED+secret/2222==",
    "OKX_PASSWORD": 'Planted"pass\\word<$3333',
}
ACCOUNT = replace(
    BARE.with_rows("asset/balances", SAMPLES["funding"].rows),
    apikey=PLANTED["OKX_APIKEY"],
    secret=PLANTED["OKX_SECRET"],
    passphrase=PLANTED["OKX_PASSWORD"],
)
PUBLIC = {"m.prom"}
"""Read by another user's process, and holds names and counts only."""


@dataclass
class Heard:
    """What the exchange was sent that proves who asks, and what the program wrote meanwhile."""

    headers: list[Mapping[str, str]]
    url: str

    @property
    def signatures(self) -> set[str]:
        return {sent["OK-ACCESS-SIGN"] for sent in self.headers if "OK-ACCESS-SIGN" in sent}

    @property
    def last(self) -> dict[str, Any]:
        sent = dict(self.headers[-1])
        return {"sent": sent, "known": [*PLANTED.values(), sent.get("OK-ACCESS-SIGN", "none")]}


def forms(secret: str) -> Iterator[str]:
    raw = secret.encode()
    yield from (secret, raw.hex(), json.dumps(secret)[1:-1], repr(secret)[1:-1], html.escape(secret))
    yield from (quote(secret), quote(secret, safe=""), quote_plus(secret), secret.replace('"', '""'))
    yield from (encode(raw).decode().rstrip("=") for encode in (base64.b64encode, base64.urlsafe_b64encode))


def leaks(text: str, heard: Heard) -> list[str]:
    folded = text.casefold()
    secrets = [form for secret in PLANTED.values() for form in forms(secret) if form.casefold() in folded]
    standing = set(re.findall(r"[\w+/]{43}=", unquote(text.replace("\\/", "/")).replace("-", "+").replace("_", "/")))
    return [*secrets, *(standing & heard.signatures)]


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch, fault: Callable[[Heard], Fault] | None = None) -> Iterator[Heard]:
    heard = Heard([], "")
    handle = DemoExchange.handle

    async def noting(self: DemoExchange, request: web.Request) -> web.StreamResponse:
        heard.headers.append(dict(request.headers))
        return await handle(self, request)

    with monkeypatch.context() as patched:
        patched.setattr(DemoExchange, "handle", noting)
        with serve([ACCOUNT], limits=False, fault=fault(heard) if fault else None) as served:
            heard.url = served.url
            yield heard


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is also the user's home, with the secrets in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    for name, value in PLANTED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(run, "Options", partial(Options, pace=0))
    return tmp_path


def written(folder: Path) -> dict[str, str]:
    """Every file in the folder; a database as its bytes are."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes().decode("utf-8", "replace") for path in files}


def everything(folder: Path, capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    files = written(folder)
    return "\n".join([out, err, *files, *files.values()])


def others_can_read(folder: Path) -> list[str]:
    shared = stat.S_IRWXG | stat.S_IRWXO
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in PUBLIC)
    return [str(path.relative_to(folder)) for path in files if path.stat().st_mode & shared]


CHILD = "import json, os, sys; json.dump(dict(os.environ), open(sys.argv[1], 'w')); print(sys.stdin.read())"
COMMANDS: Mapping[str, tuple[str, ...]] = {
    **{form: ("--format", form, "--output", "report") for form in format_names()},
    "stdout": ("--format", "json"),
    "several": (*("--output", "a.html", "--output", "b.json", "--output", "c.csv"), "--dust-csv", "d.csv"),
    "evidence": ("--evidence", "evidence"),
    "keys": ("keys",),
    "plan": ("plan",),
    "appeal": ("appeal", "--error", "You still have assets"),
    "watch": (
        *("watch", "--once", "--history", "h.sqlite3", "--html", "w.html", "--metrics-file", "m.prom"),
        *("--notify-command", f"{sys.executable} child.py environment.json"),
    ),
}


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_writes_holds_no_secret_and_is_for_its_owner_only(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    with listening(monkeypatch) as heard:
        (place / "child.py").write_text(CHILD)
        (place / "child.py").chmod(0o600)
        (place / "environment.json").touch(mode=0o600)
        code = main([*COMMANDS[name], "--exchange", "okx", "--base-url", heard.url, "-vv"])

    text = everything(place, capfd)
    assert (True, True) == (code in {0, 1}, bool(heard.signatures)), (code, text[-3000:])
    assert all(each in text for each in ("'OK-ACCESS-KEY': '***'", "'OK-ACCESS-SIGN': '***'"))
    assert [] == leaks(text, heard)
    assert os.name != "posix" or [] == others_can_read(place)
    assert name != "watch" or "PATH" in json.loads((place / "environment.json").read_text())


def known_key(answer: Fault) -> Fault:
    """The fault strikes once the exchange has said whose key it is, so that more is asked."""
    return lambda call: None if call.path in {"account/config", "public/time"} else answer(call)


def echo(heard: Heard, answer: Callable[[dict[str, Any]], Reply]) -> Fault:
    """An exchange that says back what it was sent."""
    return known_key(lambda _call: answer(heard.last))


def anew(fresh: Callable[[], Fault], _heard: Heard) -> Fault:
    """A fault of the campaign, that has struck nothing yet."""
    return known_key(fresh())


ECHOES: Mapping[str, Callable[[dict[str, Any]], Reply]] = {
    "a message": lambda said: Reply(status=400, body={"code": "51000", "msg": str(said), "data": []}),
    "a message in JSON": lambda said: Reply(body={"code": "51000", "msg": json.dumps(said), "data": []}),
    "a code": lambda said: Reply(body={"code": said["known"][-1], "msg": "", "data": []}),
    "a page": lambda said: Reply(status=502, body=f"<html>{html.escape(str(said))}</html>"),
    "a row": lambda said: Reply(edit=lambda body: {**body, "data": [{**said, "ccy": each} for each in said["known"]]}),
    "a balance": lambda said: Reply(
        body={
            "code": "0",
            "msg": "",
            "data": [
                {"ccy": each, "bal": "1", "availBal": "1", "frozenBal": "0", "note": said} for each in said["known"]
            ],
        }
    ),
}
ECHOES_SAID = {f"said back in {name}" for name in ECHOES}
PASSING_FOR_EVER = {f"{name}, for ever" for name in PASSING}
FAULTS: Mapping[str, Callable[[Heard], Fault]] = {
    **{name: partial(anew, fresh) for name, fresh in FOR_EVER.items()},
    "everything fails": lambda _heard: lambda _call: Reply(cut=True),
    **{f"said back in {name}": partial(echo, answer=answer) for name, answer in ECHOES.items()},
}


def kind_of(name: str) -> str:
    """What the exchange does wrong: the faults of one kind are written down alike."""
    kinds = {"said back": ECHOES_SAID, "passing": PASSING_FOR_EVER}
    return next((kind for kind, names in kinds.items() if name in names), "lasting")


@pytest.mark.slow("every command")
@pytest.mark.campaign(one_per=kind_of)
@pytest.mark.parametrize("name", FAULTS)
def test_what_is_written_under_a_fault_holds_no_secret(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    if name == "hang":
        monkeypatch.setattr(run, "Options", partial(Options, request_timeout=0.3))
    with listening(monkeypatch, FAULTS[name]) as heard:
        address = ("--exchange", "okx", "--base-url", heard.url, "-vv", "--timeout", "60")
        code = main(["--format", "json", "--output", "report.json", "--evidence", "evidence", *address])
        assert code in {1, 3}

    text = everything(place, capfd)
    assert (True, []) == (bool(heard.signatures), leaks(text, heard))
    assert os.name != "posix" or [] == others_can_read(place)
    if name.startswith("said back"):
        assert "***" in (place / "report.json").read_text() + "".join(written(place / "evidence").values())
