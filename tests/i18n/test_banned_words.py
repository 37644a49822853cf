"""Words that no reader meets: the program's own jargon, and the words of an exchange's interface."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.i18n import Translator
from auditor.i18n.catalogues import EXCHANGES, parse
from auditor.rules import all_rules
from tests.conftest import Audit

AUDITOR = Path(__file__).parents[2] / "auditor"
BANNED = re.compile(
    r"""\bby[ ]eye\b | \bstands?\b(?![ ]for) | ,[ ]for[ ](?=it|they|no|each|the|that|he)\b | [ ]for[ ]it[ ]
    | \bmend\b | in[ ]the[ ]app's[ ]own | \bcrumb | \bswindler | \bpass(es)?[ ](was|is|were)\b""",
    re.VERBOSE,
)
CALL = re.compile(r"\b(?:_|mark)\s*\(")
# Words of an interface: joined by underscores, or in capitals with them. Names in braces are fields.
RAW = re.compile(r"(?<![\w{-])(?:[A-Z]{2,}_[A-Z_]+|[a-z]+_[a-z_]+|[a-z]+[A-Z][a-zA-Z]+)(?![\w}])")
SHOWN_AS_IT_IS = re.compile(r"https?://\S+|[A-Z]+_[A-Z_]+(?==)|`[^`]*`")
# Brand names, and names that the user types: environment variables, options, files.
NAMES = {"iOS", "macOS", "SSL_CERT_FILE"}

# It prints a file with keys such as base_url.
PRINTS_A_FILE = "cli/commands/init.py"


def sentences(file: Path) -> Iterator[str]:
    """Yield the templates of a module: what `_` and `mark` are called with, and defaults of the same."""
    source = file.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)) if CALL.search(source) else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "mark"}:
            yield from (
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def modules() -> list[str]:
    return sorted(str(file.relative_to(AUDITOR)) for file in AUDITOR.rglob("*.py") if "demo" not in file.parts)


def banned(sentence: str) -> list[str]:
    plain = SHOWN_AS_IT_IS.sub("", sentence)
    words = [found.group() for found in BANNED.finditer(plain)]
    return words + [word for word in RAW.findall(plain) if word not in NAMES]


def test_no_sentence_has_a_word_that_readers_do_not_know() -> None:
    said = [(name, sentence) for name in modules() if name != PRINTS_A_FILE for sentence in sentences(AUDITOR / name)]
    found = {(name, sentence): banned(sentence) for name, sentence in said}
    assert {} == {where: words for where, words in found.items() if words}


def test_the_explanations_of_the_rules_have_none_either() -> None:
    found = {rule.id: banned(f"{rule.title} {module.__doc__}") for rule, module in all_rules()}
    assert {} == {rule: words for rule, words in found.items() if [w for w in words if w not in DOCUMENTED]}


# Fields that a rule's source names.
DOCUMENTED = {"frozenBal", "ordFrozen", "stgyEq", "fixedBal", "rewardBal", "frozenFunc", "collateralData", "lotSz"} | {
    "validUntil",
    "expiredAt",
    "no_close_position",
}
ENGLISH = Translator()
# Names of the demo account's own: an e-mail address.
OWN = {"run_virtual"}


@pytest.mark.parametrize("file", sorted(EXCHANGES.glob("*/locale/zh_CN.po")), ids=lambda file: file.parts[-3])
def test_no_table_has_a_word_that_readers_do_not_know(file: Path) -> None:
    found = {sentence: BANNED.findall(sentence) for sentence in parse(file.read_text(encoding="utf-8"))}
    assert {} == {sentence: words for sentence, words in found.items() if words}


@pytest.mark.parametrize("account", ["messy", "multi", "dust"])
def test_what_an_audit_finds_is_told_without_a_word_of_the_interface(demo: Audit, account: str) -> None:
    findings = demo(account).report.findings
    told = " ".join(ENGLISH(found.message) + " " + ENGLISH(found.remedy) for found in findings)
    assert set() == {word for word in RAW.findall(told) if word not in OWN}
    assert [] == BANNED.findall(told)
