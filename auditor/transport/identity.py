"""The account and rights of a key: the first private requests of every pass."""

from dataclasses import replace
from typing import TypeVar

from auditor.i18n import _
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.identity import Ask, Identification, Identity, Lookup, SubAccountLookup
from auditor.transport.errors import RequestFailedError

T = TypeVar("T")


async def identify(identification: Identification, ask: Ask, apikey: str, *, readonly: bool) -> Identity:
    """Return the rights of the key, then its account.

    A key with too many rights gets no further request.

    ``ask`` raises RequestFailedError for no answer or a refusal; ``apikey``: the key's public part; ``readonly``: stop
    at a key that can do more than read.
    """
    if identification.procedure is not None:
        return await identification.procedure(ask, apikey)
    key = None if identification.rights is None else await _answer(identification.rights, ask)
    if key is not None and readonly and not key.readonly:
        return Identity(uid="", main_uid="", kind="main", mode=None, key=key)
    identity = await _answer(identification.account, ask)
    identity = identity if key is None else replace(identity, key=key)
    is_main = True if identification.sub_account is None else await _is_main(identification.sub_account, ask)
    if isinstance(is_main, Unread):
        doubt = _("Whether this is a main account or a sub-account could not be told. {reason}")
        return replace(identity, doubts=(*identity.doubts, doubt.format(reason=is_main.reason)))
    return identity if is_main else replace(identity, kind="sub", main_uid="")


async def _answer(lookup: Lookup[T], ask: Ask) -> T:
    if lookup.endpoint is None:
        raise MalformedError(_("the exchange cannot be asked"))
    (raw,) = lookup.endpoint.rows(await ask(lookup.endpoint, lookup.endpoint.queries[0].params))
    return lookup.answer(raw)


async def _is_main(lookup: SubAccountLookup, ask: Ask) -> Unread | bool:
    """Return whether the key is a main account's: only a sub-account's key gets an answer.

    A refusal with an undocumented code is returned as Unread.
    """
    try:
        await ask(lookup.endpoint, lookup.endpoint.queries[0].params)
    except RequestFailedError as failed:
        return True if failed.unread.code in lookup.codes else failed.unread
    return False


def key_refusal(exchange: Exchange, unread: Unread) -> Unread:
    """Return the refusal as wrong credentials where every valid key may read its own rights."""
    if exchange.identification.rights is not None and unread.trouble is Trouble.PERMISSION:
        return replace(unread, trouble=Trouble.CREDENTIALS, right=None)
    return unread
