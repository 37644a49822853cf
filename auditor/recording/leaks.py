"""The last look at a recording before it is written: anything that looks like a secret, a name or an id stops it.

It does not trust the replacing: it reads the finished texts, and compares them with what was replaced and with what is
known to be harmless.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator

from auditor.i18n import Message, _
from auditor.recording.anonymising import Anonymised
from auditor.recording.answers import Recording
from auditor.recording.archive import answer_document
from auditor.recording.exact_json import encode
from auditor.recording.kinds import ADDRESS, EMAIL, URL, ValueKind
from auditor.recording.replacements import HOST
from auditor.security.redaction import SECRETS

SHORTEST, LONG, BITS = 6, 20, 3.5
_WALLET = re.compile(
    r"\b(?:0x[0-9a-fA-F]{40}|bc1[0-9a-z]{20,}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33})\b"
)
_TOKEN = re.compile(rf"[A-Za-z0-9+/=_-]{{{LONG},}}")
_TEST_NETS = ("192.0.2.", "2001:db8:")


def leaks(anonymised: Anonymised, secrets: Collection[str]) -> Iterator[Message]:
    """Yield a sentence for each thing that must not be given away; none repeats it. ``secrets``: of the account."""
    recording, harmless = anonymised.recording, anonymised.kept
    text = "\n".join(_texts(recording))
    if SECRETS.text(text) != text or any(secret in text for secret in secrets if secret):
        yield _("something looks like a key, a secret or a signature")
    by = anonymised.replacements
    originals = {*by.texts, *by.counts.get(ValueKind.ID, ())} - harmless
    if _holds_any(text, originals, {*by.texts.values(), *by.written}):
        yield _("it holds an id, a name or an address unchanged")
    given = {*by.texts.values(), *by.written, *harmless}
    if any(not match[0].endswith(HOST) for match in EMAIL.finditer(_without("\n".join(_values(recording)), given))):
        yield _("something looks like an e-mail address")
    private = _without("\n".join(_private_texts(anonymised)), given)
    if any(not match[0].startswith(_TEST_NETS) for match in ADDRESS.finditer(private)):
        yield _("something looks like an IP address")
    if any(HOST not in match[0] for match in URL.finditer(private)):
        yield _("something looks like a link")
    if _WALLET.search(private) or any(_is_random(match[0]) for match in _TOKEN.finditer(private)):
        yield _("something looks like an address, an id or a token")


def _texts(recording: Recording) -> Iterator[str]:
    yield encode({"key": recording.key, "named": {kind: list(names) for kind, names in recording.manner.named.items()}})
    yield from (encode(answer_document(answer)) for answer in recording.answers)


def _values(recording: Recording) -> Iterator[str]:
    for answer in recording.answers:
        yield from _strings(answer_document(answer))


def _private_texts(anonymised: Anonymised) -> Iterator[str]:
    for answer, public in zip(anonymised.recording.answers, anonymised.public, strict=True):
        if not public:
            yield from _strings(answer_document(answer).get("body"))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _strings(part))
    elif isinstance(value, list):
        yield from (text for item in value for text in _strings(item))


def _without(text: str, given: Collection[str]) -> str:
    """Return the lines of a text that are not what the replacing itself wrote, or harmless."""
    return "\n".join(line for line in text.split("\n") if line not in given)


def _holds_any(text: str, originals: Collection[str], given: Collection[str]) -> bool:
    """Return whether a value that was replaced still stands in the text, by itself or within another."""
    words = set(re.findall(r"[^\s\"',:;{}\[\]()]+", text)) - set(given)
    digits = {run for word in words for run in re.findall(r"[0-9]+", word)}
    for original in originals:
        if len(original) < SHORTEST:
            continue
        if original.isdigit() and original in digits:
            return True
        if not original.isdigit() and not original.isalpha() and any(original in word for word in words):
            return True
    return False


def _is_random(token: str) -> bool:
    """Return whether a long token has letters, digits and as many different signs as a key has."""
    mixed = any(map(str.isdigit, token)) and any(map(str.isalpha, token))
    counts = Counter(token)
    shares = [count / len(token) for count in counts.values()]
    return mixed and -sum(share * math.log2(share) for share in shares) > BITS
