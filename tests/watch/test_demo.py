"""`audit demo --watch`: the messy account, over real HTTP, until it is clean."""

import pytest

from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]


@pytest.mark.slow("many audits over HTTP")
def test_the_demo_ends_clean_by_itself(cli: Cli) -> None:
    ran = cli("demo", "--watch")

    lines = ran.out.splitlines()
    assert 0 == ran.code
    assert "NOT READY TO CLOSE, 55 things to clear" in lines[0]
    assert any("what is left should have arrived by then" in line for line in lines)
    assert any("CAME BACK: messy: Funding wallet: USDT" in line for line in lines)
    assert lines[-1].endswith("No further check: Ready to close: two full checks, one after the other, found nothing.")
    assert "-- the withdrawal completed" in ran.err


def test_the_story_is_of_one_account_and_writes_no_report(cli: Cli) -> None:
    for more in (["dust"], ["--output", "x"], ["--format", "json"]):
        ran = cli("demo", "--watch", *more)

        assert (2, "", True) == (ran.code, ran.out, "the story of the account messy" in ran.err)
