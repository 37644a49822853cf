"""What lies in docs/ follows from the program, and the README says what the program does."""

import re
from dataclasses import fields

import pytest

from auditor import demo
from auditor.model.report import EXIT_CODES, DustLine
from auditor.settings.exchange_facts import exchange_config, known_exchanges
from tests.recording import found_in
from tests.write_docs import FOLDER, PICTURE, pages, picture, words

ROOT = FOLDER.parent
AGAIN = "write it anew: python -m tests.write_docs"
EXAMPLE = ".example.org"
"""Where an address of the reader's own is meant (RFC 2606)."""
PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


@pytest.mark.parametrize("name", pages())
def test_a_page_says_what_the_program_says(name: str) -> None:
    assert pages()[name] == (FOLDER / name).read_text(encoding="utf-8"), AGAIN


def test_the_picture_shows_what_audit_demo_shows() -> None:
    assert words(picture()) == words((FOLDER / PICTURE).read_text(encoding="utf-8")), AGAIN


def test_the_picture_holds_no_secret_and_loads_nothing() -> None:
    svg = (FOLDER / PICTURE).read_text(encoding="utf-8")
    assert ([], ["http://www.w3.org/2000/svg"]) == (found_in(svg), re.findall(r"https?://[^\"' )]+", svg))


def test_the_readme_tells_each_exit_code() -> None:
    told = set(re.findall(r"^\| (\d+)", paper("README.md"), re.MULTILINE))
    assert {*map(str, EXIT_CODES.values()), "2", "130"} <= told


def test_the_readme_names_each_column_of_the_dust_list() -> None:
    missing = [field.name for field in fields(DustLine) if not re.search(rf"\b{field.name}\b", paper("README.md"))]
    assert [] == missing


def test_the_readme_names_demo_accounts_that_there_are() -> None:
    text = " ".join(paper("README.md").split())
    named = re.findall(r"`([a-z]+)`", text.split("shows a clean one;")[1].split("are others")[0])
    assert set() == set(named) - set(demo.names())


@pytest.mark.parametrize("name", PAPERS)
def test_papers_link_to_nothing_but_official_hosts_and_their_own_files(name: str) -> None:
    official = {
        host
        for one in known_exchanges()
        for host in (*exchange_config(one).site_hosts, *exchange_config(one).api_hosts)
    }
    links = re.findall(r"https?://([^/\s)>`\"]+)", paper(name))
    missing = [link for link in re.findall(r"\]\(([^)#:]+)\)", paper(name)) if not (ROOT / link).exists()]
    strange = {link for link in links if link not in official and not link.endswith(EXAMPLE)}
    assert (set(), []) == (strange, missing)


def paper(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
