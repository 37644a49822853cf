"""The Chinese README says what the English one says: the same headings, commands, exit codes and links."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, CHINESE = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def headings(text: str) -> list[int]:
    return [len(marks) for marks in re.findall(r"^(#+) ", FENCED.sub("", text), re.MULTILINE)]


def commands(text: str) -> list[tuple[str, ...]]:
    return FENCED.findall(text)


def code(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"(?<=\S)\n(?=\S)", " ", FENCED.sub("", text))))


def exit_codes(text: str) -> list[str]:
    return re.findall(r"^\| (\d[\d, ]*) \|", text, re.MULTILINE)


def links(text: str) -> set[str]:
    return set(re.findall(r"\]\((?!README)([^)]+)\)", text)) | set(re.findall(r"https://[\w./-]+", text))


@pytest.mark.parametrize("part", [headings, commands, code, exit_codes, links])
def test_both_readmes_have_the_same(part: Callable[[str], object]) -> None:
    assert part(CHINESE) == part(ENGLISH)


@pytest.mark.parametrize("part", [headings, commands, code])
def test_both_pages_about_the_archive_have_the_same(part: Callable[[str], object]) -> None:
    english, chinese = ((ROOT / "docs" / name).read_text("utf-8") for name in ("archive.md", "archive.zh-CN.md"))
    assert part(chinese) == part(english)


def test_each_readme_leads_to_the_other() -> None:
    assert ("](README.zh-CN.md)" in ENGLISH, "](README.md)" in CHINESE) == (True, True)
