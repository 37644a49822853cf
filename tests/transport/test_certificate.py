"""A certificate that fails is a trouble of its own: host and reason, never tried again, and nothing was sent."""

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from auditor.audit.audit_once import take_snapshot
from auditor.demo.loopback import _event_loop
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.model.snapshot import Trouble, Unread
from auditor.transport.errors import network_failure
from tests.exchanges.unified.network import CREDENTIALS


@dataclass
class Impostor:
    """A server whose certificate nobody vouches for. ``met``: connections; ``heard``: bytes behind the handshake."""

    url: str = ""
    met: int = 0
    heard: int = 0


def certificate(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "impostor")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "impostor.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[Impostor]:
    seen, context = Impostor(), certificate(tmp_path)

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.met += 1
        with suppress(OSError):
            await writer.start_tls(context)
            seen.heard += len(await reader.read(100))
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def listen() -> asyncio.Server:
        return await asyncio.start_server(met, "127.0.0.1", 0)

    async def leave(server: asyncio.Server) -> None:
        server.close()
        await server.wait_closed()

    with _event_loop("impostor") as loop:
        server = asyncio.run_coroutine_threadsafe(listen(), loop).result()
        seen.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield seen
        asyncio.run_coroutine_threadsafe(leave(server), loop).result()


@pytest.mark.parametrize("exchange", ["okx", "binance", "kraken", "kucoin"])
def test_a_certificate_that_fails_is_named_and_not_tried_again(exchange: str, impostor: Impostor) -> None:
    secrets = {name: SecretStr(CREDENTIALS[name]) for name in load(exchange).api.credentials}
    account = Account(name="mine", exchange=exchange, credentials=secrets, base_url=impostor.url)
    snapshot = asyncio.run(take_snapshot([account], Options(pace=0)))
    unread = [r.result for r in snapshot.accounts[0].readings if isinstance(r.result, Unread)]
    (found,) = [one for one in unread if one.trouble is Trouble.CERTIFICATE]
    assert "The certificate of 127.0.0.1 is not to be trusted: self-signed certificate" in str(found.reason)
    assert "do not switch the check off" in str(found.reason)
    assert (1, 0) == (impostor.met, impostor.heard)


def test_the_cause_of_a_wrapped_error_is_looked_for() -> None:
    wrapped = ConnectionError("okx GET https://example.org")
    wrapped.__cause__ = ssl.SSLCertVerificationError(1, "certificate verify failed")
    failure = network_failure(wrapped)
    assert (Trouble.CERTIFICATE, False) == (failure.unread.trouble, failure.retry)


def test_a_handshake_that_breaks_off_is_a_network_trouble_and_another_protocol_is_not() -> None:
    def at(error: OSError) -> Trouble:
        key = ConnectionKey("h", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None)
        return network_failure(aiohttp.ClientConnectorSSLError(key, error)).unread.trouble

    assert Trouble.NETWORK is at(ssl.SSLEOFError(8, "EOF occurred in violation of protocol"))
    assert Trouble.CERTIFICATE is at(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"))


def test_an_error_without_a_certificate_is_a_network_trouble_that_may_pass() -> None:
    failure = network_failure(ConnectionError("refused"))
    assert (Trouble.NETWORK, True) == (failure.unread.trouble, failure.retry)
