"""A stand-in for the guarded session: it answers from a recording and has no connection at all."""

import warnings
from typing import Any, NoReturn, Self

import aiohttp
from yarl import URL

from auditor.i18n import _
from auditor.model.snapshot import Trouble, Unread
from auditor.recording.answers import Answer
from auditor.recording.matching import AnswerBook
from auditor.transport.ccxt.latest_call import REQUEST
from auditor.transport.errors import RequestFailedError
from auditor.transport.guard import AllowList, GuardedSession, NotAllowedError


class RecordedResponse:
    """A recorded answer, with the part of aiohttp's response that ccxt uses. It has no headers."""

    def __init__(self, answer: Answer) -> None:
        """Prepare to give ``answer``."""
        self.status = answer.status
        self.reason = ""
        self.headers: dict[str, str] = {}
        self._body = answer.body

    async def text(self, *_encoding: object, **_named: object) -> str:
        """Return the body."""
        return self._body

    async def read(self) -> bytes:
        """Return the bytes of the body."""
        return self._body.encode()

    async def __aenter__(self) -> Self:
        """Return itself: there is no connection to keep."""
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Do nothing: there is no connection to give back."""


class _NoConnector(aiohttp.BaseConnector):
    """A connector that never connects."""

    async def connect(self, *_args: Any, **_named: Any) -> NoReturn:
        raise NotAllowedError("a replay opens no connection")


with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # as for the guarded session itself

    class ReplaySession(GuardedSession):
        """Checks each request by the same allow-list, and answers it from a recording."""

        async def _request(self, method: str, str_or_url: Any, **_options: Any) -> Any:
            self.__dict__["allow"].check_request(method.upper(), URL(str_or_url))
            answer = self.__dict__["book"].find(REQUEST.get())
            if answer is None:
                reason = _("The recording holds no answer to this request; make another one with `audit record`.")
                raise RequestFailedError(Unread(reason=reason, trouble=Trouble.SKIPPED), retry=False)
            return RecordedResponse(answer)


def open_replay(allow: AllowList, book: AnswerBook) -> aiohttp.ClientSession:
    """Open a session that answers from ``book`` what ``allow`` allows."""
    session = ReplaySession(connector=_NoConnector(), cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
    session.__dict__.update(allow=allow, book=book)
    return session
