"""OKX: the type of each subtype of the Trading ledger.

Source: OKX API v5 documentation, copies of April and November 2025, Get bills details: both lists, joined by what their
words say (account/subtypes gives the same pairs to a key).
"""

from collections.abc import Iterator

_BY_TYPE = {
    "1": "11-12",
    "2": "1-6",
    "3": "112-113 170-172",
    "4": "16-17 114-115 224-225",
    "5": "100-107 110-111",
    "6": "160-162",
    "7": "9 14",
    "8": "173-174",
    "9": "125-128",
    "10": "108 117",
    "11": "118-119",
    "12": "200-203",
    "13": "131-132",
    "14": "204-209",
    "15": "210-213",
    "16": "306-307",
    "22": "308-309",
    "24": "270-275",
    "26": "296-299",
    "27": "318-319",
    "28": "236-237 290",
    "30": "320-321",
    "32": "324-329",
    "34": "355",
    "250": "250 280",
    "251": "251 281",
    "381": "381",
}


def _pairs() -> Iterator[tuple[str, str]]:
    for kind, written in _BY_TYPE.items():
        for part in written.split():
            first, _dash, last = part.partition("-")
            yield from ((str(subtype), kind) for subtype in range(int(first), int(last or first) + 1))


TYPE_OF_SUBTYPE = dict(_pairs())
