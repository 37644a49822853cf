"""An answer whose body is read to a bound: counted after decompression, and decoded as UTF-8 whatever it says.

aiohttp decompresses piece by piece while the body is read, so that a small body that becomes a large one takes no more
memory than the bound.
"""

import aiohttp

from auditor.i18n import _
from auditor.transport.ccxt.answer_errors import BadBodyError, TooLargeError

# The largest known answers, all markets of an exchange, have a few MB.
LARGEST_BODY = 32 * 1024 * 1024
OK = 200


class BoundedResponse(aiohttp.ClientResponse):
    """An answer of at most `LARGEST_BODY` bytes."""

    async def read(self) -> bytes:
        """Return the body. Raises TooLargeError, and closes the connection, at the first piece beyond the bound."""
        if self._body is None:
            try:
                self._body = await self._bounded_body()
            except BaseException:
                self.close()
                raise
        return await super().read()

    async def _bounded_body(self) -> bytes:
        pieces, size = [], self.content_length or 0
        if size <= LARGEST_BODY:
            size = 0
            async for piece in self.content.iter_any():
                pieces.append(piece)
                size += len(piece)
                if size > LARGEST_BODY:
                    break
        if size > LARGEST_BODY:
            megabytes = LARGEST_BODY // 1024 // 1024
            raise TooLargeError(_("the answer is larger than {megabytes} MB").format(megabytes=megabytes))
        return b"".join(pieces)

    async def text(self, encoding: str | None = None, errors: str = "strict") -> str:  # noqa: ARG002 - aiohttp's names
        """Return the body as UTF-8, the only encoding of JSON: an answer may name any other, and mean nothing by it.

        Raises BadBodyError for a success that is none; of an error, only code and message are looked at.
        """
        body = await self.read()
        try:
            return body.decode("utf-8", "strict" if self.status == OK else "replace")
        except UnicodeDecodeError as error:
            raise BadBodyError(_("the answer is not in UTF-8")) from error
