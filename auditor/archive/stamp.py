"""The time stamp of a seal (RFC 3161): a third party's signature on when a hash was there.

One hash goes to the server that the user names, and nothing else. Its answer lies beside the sealed files: nothing that
was sealed changes. Many such servers speak http only; what they answer is signed.
"""

import asyncio
import importlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from auditor.archive.seal import TAGMANIFEST, check_seal, digest_of
from auditor.formats.atomic_write import replace_file
from auditor.i18n import Message, _
from auditor.model.errors import UserError
from auditor.security.locks import install_command

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
MOST_BYTES, SECONDS = 1 << 18, 30.0
HTTP_OK = 200
GRANTED = frozenset({0, 1})
"""Granted, and granted with changes (RFC 3161, section 2.4.2)."""


class StampError(UserError):
    """No time stamp was given. The archive is as it was."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class StampRequest:
    """A request for a time stamp. ``host``: as shown to the user; ``file``: of the answer; ``query``: as sent."""

    url: str
    host: str
    file: Path
    digest: str
    query: Any


def prepare(folder: Path, url: str) -> StampRequest:
    """Return what would be sent for a sealed archive. Raises UserError."""
    library = _library()
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise UserError(_("--tsa: this must be the address of a time stamp server, such as https://example.org/tsr."))
    check_seal(folder)
    file = folder / f"{TAGMANIFEST}.{parts.hostname.replace(':', '_')}.tsr"
    if file.exists():
        raise UserError(_("{path} is there already: this server has stamped this archive.").format(path=file))
    data = (folder / TAGMANIFEST).read_bytes()
    query = library.TimestampRequestBuilder(data, library.HashAlgorithm.SHA256).build()
    return StampRequest(url, parts.netloc, file, digest_of(folder / TAGMANIFEST), query)


def stamp(request: StampRequest) -> datetime:
    """Send the hash, keep the answer, and return the time that it names. Raises StampError."""
    body = asyncio.run(_post(request.url, request.query.as_bytes()))
    moment = _checked(request, body)
    replace_file(request.file, body)
    return moment


async def _post(url: str, query: bytes) -> bytes:
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.post(URL(url), data=query, headers={"Content-Type": QUERY}, allow_redirects=False) as answer,
        ):
            if answer.status != HTTP_OK:
                raise _refused(_("it answered with status {status}").format(status=answer.status))
            return await answer.content.read(MOST_BYTES)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise _refused(_("no answer ({kind})").format(kind=type(error).__name__)) from None


def _checked(request: StampRequest, body: bytes) -> datetime:
    """Return the time in an answer that is about this hash and this question.

    Who signed it is for whoever trusts the server to check: this program trusts no list of such servers.
    """
    try:
        answer = _library().decode_timestamp_response(body)
        if answer.status not in GRANTED:
            raise _refused(_("it did not grant it (status {status})").format(status=answer.status))
        info = answer.tst_info
        same = info.message_imprint.message.hex() == request.digest and info.nonce == request.query.nonce
    except ValueError:
        raise _refused(_("its answer is no time stamp")) from None
    if not same:
        raise _refused(_("its answer is about something else"))
    moment: datetime = info.gen_time
    return moment


def _refused(why: Message) -> StampError:
    return StampError(_("No time stamp: {why}. The archive is as it was.").format(why=why))


def _library() -> Any:
    try:
        return importlib.import_module("rfc3161_client")
    except ModuleNotFoundError:
        raise UserError(_("A time stamp needs a package: {command}").format(command=install_command())) from None
