"""Certificates other than this computer's own are named wherever a report says where its answers came from."""

import asyncio
from dataclasses import replace

import pytest

from auditor import demo as exchange
from auditor.audit.audit_once import take_snapshot
from auditor.formats import Sink, get_format
from auditor.formats.plan_view import render
from auditor.model.account import Options
from auditor.model.snapshot import Environment
from tests.cli.conftest import report_of
from tests.conftest import configured_account


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


def noted() -> str | None:
    """The certificates that are noted in an audit of an account that is not said to be a demo."""
    account = exchange.account("empty")
    with exchange.serve([account], limits=False) as served:
        audited = replace(configured_account(account, served), demo=False)
        (snapshot,) = asyncio.run(take_snapshot([audited], Options(pace=0))).accounts
    return snapshot.certificates


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_an_audit_notes_other_certificates(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "/tmp/other")

    assert f"{name}=/tmp/other" == noted()


def test_without_a_variable_there_is_nothing_to_note() -> None:
    assert noted() is None


@pytest.mark.parametrize("form", ["terminal", "json", "html", "markdown", "junit", "github"])
@pytest.mark.parametrize("environment", [Environment.LIVE, Environment.CUSTOM])
def test_every_report_names_them(form: str, environment: Environment) -> None:
    report = report_of(certificates="SSL_CERT_FILE=/tmp/other", environment=environment)

    text = get_format(form).render(report, Sink(width=200)).replace("\\", "")

    assert "SSL_CERT_FILE=/tmp/other" in text


def test_a_plan_names_them() -> None:
    assert "SSL_CERT_FILE=/tmp/other" in render(
        "terminal", report_of(certificates="SSL_CERT_FILE=/tmp/other"), Sink(width=200)
    )
