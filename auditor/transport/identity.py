"""Who a key belongs to and what it may do: the first private questions of every pass."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from auditor.i18n import _
from auditor.model.snapshot import Key, Trouble, Unread
from auditor.spec.fields import Row
from auditor.spec.surface import Exchange, Identity, Rights, SubOnly, Surface

Ask = Callable[[Surface, Mapping[str, str]], Awaitable[object]]
Refused = Callable[[Surface], Awaitable[Unread | None]]


@dataclass(frozen=True, slots=True)
class Asker:
    """The two ways to ask: ``ask`` raises for a refusal, ``refused`` gives it back (None when there was an answer)."""

    ask: Ask
    refused: Refused


async def identify(exchange: Exchange, asker: Asker, *, readonly: bool) -> Identity:
    """Ask what the key may do before anything else, then whose it is; of a key that is too wide, no more than that."""
    key = None if exchange.rights is None else await _key(exchange.rights, asker)
    if key is not None and readonly and not key.readonly:
        return Identity(uid="", main_uid="", kind="main", mode=None, key=key)
    identity = exchange.identify(await _row(exchange.identity, asker))
    identity = identity if key is None else replace(identity, key=key)
    is_main = True if exchange.sub_only is None else await _is_main(exchange.sub_only, asker)
    if isinstance(is_main, Unread):
        unsure = _("Whether this is a main account or a sub-account could not be told. {reason}")
        return replace(identity, doubts=(*identity.doubts, unsure.format(reason=is_main.reason)))
    return identity if is_main else replace(identity, kind="sub", main_uid="")


async def _key(rights: Rights, asker: Asker) -> Key:
    return rights.read(await _row(rights.surface, asker))


async def _row(surface: Surface, asker: Asker) -> Row:
    params = surface.queries[0].params
    (raw,) = surface.rows(await asker.ask(surface, params))
    return Row(raw, surface.proves)


async def _is_main(question: SubOnly, asker: Asker) -> Unread | bool:
    """Only a sub-account's key gets an answer. A refusal that says something else leaves a doubt."""
    refusal = await asker.refused(question.surface)
    if refusal is None:
        return False
    return True if refusal.code in question.codes else refusal


def at_the_door(exchange: Exchange, unread: Unread) -> Unread:
    """Where every key may ask for its own rights, a key that may not is no key that is known there."""
    if exchange.rights is not None and unread.trouble is Trouble.PERMISSION:
        return replace(unread, trouble=Trouble.CREDENTIALS, right=None)
    return unread
