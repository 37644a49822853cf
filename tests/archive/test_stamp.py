"""The time stamp of a seal, from a server of the test's own: one hash is sent, and nothing that was sealed changes."""

import hashlib
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.archive.seal import check_seal, seal
from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]  # fixtures

pytest.importorskip("rfc3161_client", reason="the extra timestamp is not installed")
if shutil.which("openssl") is None:
    pytest.skip("openssl is not installed", allow_module_level=True)

CONFIG = """
[tsa]
serial = {folder}/serial
default_policy = 1.2.3.4
signer_digest = sha256
digests = sha256
ess_cert_id_alg = sha256
"""


class Tsa(http.server.BaseHTTPRequestHandler):
    """A time stamp server: openssl's."""

    folder: Path
    received: list[bytes]
    answer: bytes | None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append(body)
        (self.folder / "query").write_bytes(body)
        answer = self.answer if self.answer is not None else reply(self.folder)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        pass


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def reply(folder: Path) -> bytes:
    """Answer what lies in ``query``."""
    signer = ("-signer", "tsa.pem", "-inkey", "tsa.key")
    openssl(
        folder, "ts", "-reply", "-queryfile", "query", *signer, "-section", "tsa", "-config", "ts.cnf", "-out", "reply"
    )
    return (folder / "reply").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "ts.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    subject = ("-subj", "/CN=A test's own", "-addext", "extendedKeyUsage=critical,timeStamping")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "tsa.key")
    openssl(folder, "req", "-x509", *key, "-days", "2", "-out", "tsa.pem", *subject)
    return folder


@pytest.fixture
def server(authority: Path) -> Iterator[tuple[str, type[Tsa]]]:
    handler = type("Handler", (Tsa,), {"folder": authority, "received": [], "answer": None})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/tsr", handler
        running.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sealed folder: what is in it is of no account here."""
    made = tmp_path / "okx-7-2026-11-28"
    (made / "data").mkdir(parents=True)
    (made / "data/archive.json").write_text(json.dumps({"uid": "7"}))
    seal(made, {"Bagging-Date": "2026-11-28"})
    return made


def test_one_hash_is_sent_and_the_answer_verifies_with_openssl(
    folder: Path, server: tuple[str, type[Tsa]], authority: Path, cli: Cli
) -> None:
    url, handler = server
    digest = hashlib.sha256((folder / "tagmanifest-sha256.txt").read_bytes())
    ran = cli("archive", "stamp", str(folder), "--tsa", url)
    (stamped,) = folder.glob("*.tsr")
    files = ("-data", str(folder / "tagmanifest-sha256.txt"), "-in", str(stamped))
    openssl(authority, "ts", "-verify", *files, "-CAfile", "tsa.pem")
    check_seal(folder)

    assert (0, 1) == (ran.code, len(handler.received))
    assert digest.hexdigest() in ran.err
    assert digest.digest() in handler.received[0]
    assert len(handler.received[0]) < 80


def test_an_archive_is_stamped_once_by_each_server(folder: Path, server: tuple[str, type[Tsa]], cli: Cli) -> None:
    url, handler = server
    codes = [cli("archive", "stamp", str(folder), "--tsa", url).code for _time in range(2)]

    assert ([0, 2], 1) == (codes, len(handler.received))


@pytest.mark.parametrize("answer", [b"", b"<html>", b"0\x03\x02\x01\x02", "of another question"])
def test_what_is_no_stamp_of_this_archive_is_not_kept(
    folder: Path, server: tuple[str, type[Tsa]], cli: Cli, answer: bytes | str, authority: Path
) -> None:
    url, handler = server
    if isinstance(answer, str):
        openssl(authority, "ts", "-query", "-data", "ts.cnf", "-sha256", "-cert", "-out", "query")
        answer = reply(authority)
    handler.answer = answer
    ran = cli("archive", "stamp", str(folder), "--tsa", url)

    assert (3, True) == (ran.code, "No time stamp" in ran.err)
    assert [] == list(folder.glob("*.tsr"))


def test_a_changed_archive_is_not_stamped(folder: Path, server: tuple[str, type[Tsa]], cli: Cli) -> None:
    url, handler = server
    (folder / "data/archive.json").write_text("{}")

    assert 1 == cli("archive", "stamp", str(folder), "--tsa", url).code
    assert [] == handler.received


def test_a_server_that_does_not_answer_is_told(folder: Path, cli: Cli) -> None:
    ran = cli("archive", "stamp", str(folder), "--tsa", "http://127.0.0.1:9/tsr")
    wrong = cli("archive", "stamp", str(folder), "--tsa", "ftp://example.org")

    assert (3, 2) == (ran.code, wrong.code)
