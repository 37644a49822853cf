"""What the name of a field says about its value, by the words in it: ``subAcct`` is ``sub`` and ``acct``.

The words are English and common to the exchanges' documentations. A name that says nothing gives nothing away: such a
value is replaced.
"""

import re
from functools import cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

PERSONAL = frozenset(
    "name names nick nickname label alias remark remarks note notes memo tag tags comment comments addr address "
    "addresses email mail phone mobile user username acct iban holder owner beneficiary bank card info payee recipient "
    "from to url link avatar host token secret signature counterparties txid hash fullname login description".split()
)
ID = frozenset("id ids no hash serial seq refid txid uid number reference digest".split())
PERSON_ID = frozenset("uid user member account acct main master owner parent invitee".split())
TIME = frozenset(
    "time times ts timestamp date at tm since until expiry expires expired begin end start deadline created updated "
    "opentm closetm starttm expiretm".split()
)
STATE = frozenset(
    "state states status type types mode lv level side kind category direction role unit source perm perms permission "
    "permissions right rights method product protocol class aclass oflags term function func result success action "
    "reason flag flags scope scopes period code kyc force trigger version".split()
)
ASSET = frozenset(
    "ccy ccys coin coins asset assets currency currencies symbol symbols pair market base quote uly underlying family "
    "contract instid instids sprdid".split()
)
NETWORK = frozenset("chain chains network net method protocol".split())
COUNT = frozenset("total count num page pages current rows limit size offset index".split())
OF_KEYS = frozenset("api access secret public".split())
CURSOR = frozenset("cursor token".split())
MESSAGE = frozenset("msg message error errors detail details title desc warning warnings".split())
CODE = frozenset("code label".split())
# Figures of a list of coins or markets that are the same for everybody.
REFERENCE = frozenset(
    "min max minimum maximum fee fees lot tick step precision scale decimals digits multiple multiplier dust confirm "
    "confirms confirmation confirmations lever leverage lmt filter increment size sz rate ratio price px last bid ask "
    "open high low vol volume value val mult change".split()
)


# The name of a thing, not of a person.
THINGS = frozenset("algo wallet coin asset product network chain token market pair inst".split())


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a field's name, in small letters."""
    return tuple(word.lower() for word in _WORDS.findall(name))


def head(name: str) -> str:
    """Return the last word of a name, which says what the value is; "" for a name without any."""
    parts = words(name)
    if parts[-2:] in {("inst", "id"), ("inst", "ids"), ("sprd", "id")}:
        return "".join(parts[-2:])
    return parts[-1] if parts else ""


def is_personal(name: str) -> bool:
    """Return whether a field holds what a person wrote or is called by."""
    return head(name) in PERSONAL and not is_any(name, THINGS)


def is_any(name: str, known: frozenset[str]) -> bool:
    """Return whether any word of the name is ``known``."""
    return any(word in known for word in words(name))
