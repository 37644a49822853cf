"""OKX: the meaning of error codes for an audit.

Source: OKX API v5 documentation, error codes, copies of April 2025 and June 2026; ccxt 4.5.90 for 4088.
Any other code is an answer that the audit does not understand: the surface is Unread, without a retry.
"""

from collections.abc import Iterable, Mapping

from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning


def _codes(codes: Iterable[str], trouble: Trouble, advice: str, *, retry: bool = False) -> dict[str, ErrorMeaning]:
    return dict.fromkeys(codes, ErrorMeaning(trouble, advice, retry))


SUPPORT = "Contact OKX's support in the app; nothing but OKX can lift this."
LATER = "This passes by itself; audit again later."

ERRORS: Mapping[str, ErrorMeaning] = {
    **_codes(("50011", "50040"), Trouble.LIMITED, "Another program may use the same account; try again.", retry=True),
    **_codes(("50004", "50013", "50026", "58007"), Trouble.NETWORK, "Try again later.", retry=True),
    **_codes(("50001",), Trouble.MAINTENANCE, LATER, retry=True),
    **_codes(("50005", "50046", "50062", "50064", "59006"), Trouble.UNAVAILABLE, "OKX has switched this off for now."),
    **_codes(("50007", "50009", "50012", "50027", "50028", "50029"), Trouble.RESTRICTED, SUPPORT),
    **_codes(("58004", "59508", "59519", "51024"), Trouble.RESTRICTED, SUPPORT),
    **_codes(("50017", "50018", "50019", "50020", "50021", "50022", "50023"), Trouble.RESTRICTED, LATER),
    **_codes(("4088", "50059", "50060"), Trouble.RESTRICTED, "Finish the identity verification that OKX asks for."),
    **_codes(("50030", "50041"), Trouble.PERMISSION, "OKX does not open this to this account."),
    **_codes(("50120",), Trouble.PERMISSION, "The key lacks this right: create a key with Read ticked."),
    **_codes(("50035",), Trouble.PERMISSION, "OKX answers this only to a key that is bound to an IP address."),
    **_codes(
        ("50051", "50052", "50121"), Trouble.REGION, "OKX does not offer this where you are; check it in the app."
    ),
    **_codes(("50032", "50033"), Trouble.RESTRICTED, "Check what the account settings block."),
    **_codes(("50038",), Trouble.UNAVAILABLE, "OKX's demo trading does not have this."),
    **_codes(
        ("50053",), Trouble.CREDENTIALS, "This exists in demo trading only: leave out --sandbox or use a demo key."
    ),
    **_codes(("51010",), Trouble.EXCHANGE, "OKX does not answer this in the account's present mode."),
    **_codes(("58016", "59500", "59604"), Trouble.PERMISSION, "Only the main account's key may ask this."),
    **_codes(("59506", "59510", "58115"), Trouble.EXCHANGE, "The list of sub-accounts changed meanwhile; audit again."),
    **_codes(("59613", "59614", "59619"), Trouble.EXCHANGE, "Check this sub-account in the app."),
    **_codes(("50100",), Trouble.CREDENTIALS, "OKX froze this key; create another or contact support."),
    **_codes(
        ("50101",),
        Trouble.CREDENTIALS,
        "A key of OKX's demo trading needs --sandbox; a key of the real account must not have it.",
    ),
    **_codes(("50102", "50112"), Trouble.CREDENTIALS, "Set this computer's clock to the right time and try again."),
    **_codes(("50103", "50104", "50106", "50107", "50114"), Trouble.CREDENTIALS, "Check key, secret and passphrase."),
    **_codes(("50105",), Trouble.CREDENTIALS, "Check OKX_PASSWORD: it is the passphrase chosen with the key."),
    **_codes(("50108", "50109"), Trouble.CREDENTIALS, "Check the address: this is not where OKX's API lives."),
    **_codes(
        ("50110",),
        Trouble.CREDENTIALS,
        "Add the address that you audit from to the key's IP list at OKX, or audit from a listed one.",
    ),
    **_codes(("50111", "50113"), Trouble.CREDENTIALS, "Check OKX_APIKEY and OKX_SECRET: they do not belong together."),
    **_codes(
        ("50119",),
        Trouble.CREDENTIALS,
        "The key was deleted or has expired, or it belongs to another of OKX's sites.",
    ),
    **_codes(("50008",), Trouble.CREDENTIALS, "OKX knows no such user at this site."),
}

# Of surfaces that some account modes do not have.
WRONG_MODE = {"51010": "This account's mode does not have it."}
