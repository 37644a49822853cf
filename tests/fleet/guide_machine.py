"""A machine for the commands of the operator's guide: its folders are a test's, and a few programs are stand-ins.

``sudo`` runs what it is told to, ``apt-get`` finds everything installed, ``python3 -m venv`` and ``pip`` put the
program of this checkout there, and ``systemctl`` starts what a unit says, with its credentials as systemd hands them
over. All else (bash, PostgreSQL's programs, ``tee``, ``install``, the program itself) is real.
"""

import os
import pty
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PLACES = ("/opt/audit", "/etc/systemd/system", "/etc/exchange-closure-audit", "/run/keys")
"""Places of the machine that the guide names."""
ROOT = Path(__file__).resolve().parents[2]
STAND_INS = {
    "sudo": 'if [ "$1" = -u ]; then shift 2; fi\nexec "$@"',
    "apt-get": 'echo "$@" >> "$MACHINE/installed"',
    "python3": 'test "$1 $2" = "-m venv" && install -D "$MACHINE/pip" "$3/bin/pip"',
    "systemctl": 'test "$1 $2" = "enable --now" && shift 2 && echo "$@" >> "$MACHINE/units"',
}
PIP = """\
for word in "$@"; do
    case "$word" in
        *.txt) grep -q -- --hash "$word" ;;
        .) install "$MACHINE/audit" "${0%pip}audit" ;;
    esac
done
"""
PROGRAM = "import sys\nfrom auditor.__main__ import main\nsys.exit(main())\n"
CODE = re.compile(r"ended with (\d+)")
PATIENCE = 120.0


@dataclass
class Machine:
    """A machine in a folder. ``server``: variables by which PostgreSQL's programs find their server."""

    folder: Path
    server: Mapping[str, str]
    replaced: Mapping[str, str] = field(default_factory=dict)
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put the stand-ins there, and what of the program's files the commands name."""
        programs = self.folder / "bin"
        programs.mkdir(parents=True)
        for name, script in STAND_INS.items():
            self._script(programs / name, script)
        self._script(self.folder / "pip", PIP)
        audit = self.folder / "audit"
        audit.write_text(f"#!{sys.executable}\n{PROGRAM}", encoding="utf-8")
        audit.chmod(0o755)
        for place in PLACES:
            self.place(place).mkdir(parents=True)
        self.files.mkdir()
        (self.files / "requirements").symlink_to(ROOT / "requirements")

    @property
    def files(self) -> Path:
        """The folder with the files of the program, in which the commands are typed."""
        return self.folder / "files"

    def place(self, path: str) -> Path:
        """Where a place of the machine is."""
        return self.folder / path.lstrip("/")

    def type(self, commands: Sequence[str], answers: Mapping[str, str]) -> list[int]:
        """Type the commands into one shell; ``answers`` by what is asked. Return how each of them ended."""
        master, slave = pty.openpty()
        script = "\n".join(f"{self._here(command)}\necho ended with $?" for command in commands)
        shell = subprocess.Popen(
            ["setsid", "--ctty", "--wait", "bash", "-c", script],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=self.files,
            env=self._environment(),
        )
        os.close(slave)
        said = _converse(master, dict(answers))
        shell.wait(10)
        return [int(code) for code in CODE.findall(said)]

    def start_units(self) -> list[str]:
        """Start what ``systemctl enable --now`` was told to, and return the names."""
        units = (self.folder / "units").read_text(encoding="utf-8").split()
        for name in units:
            self.workers.append(self._start(name))
        return units

    def stop(self) -> list[int]:
        """Stop the workers as systemd does, and return how they ended."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        return [worker.wait(60) for worker in self.workers]

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        unit = self.place(f"/etc/systemd/system/{name}.service").read_text(encoding="utf-8")
        handed = self.folder / f"{name}-credentials"
        handed.mkdir()
        for variable, file in re.findall(r"^LoadCredential=(\w+):(.+)$", unit, re.MULTILINE):
            path = self.place(file)
            assert 0o600 == path.stat().st_mode & 0o777
            (handed / variable).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        (command,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
        words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(command)]
        with (self.folder / f"{name}.log").open("wb") as log:
            variables = {"CREDENTIALS_DIRECTORY": str(handed), "PYTHONPATH": str(ROOT), "HOME": str(self.folder)}
            return subprocess.Popen(words, stdout=log, stderr=log, env={"PATH": os.environ["PATH"], **variables})

    def _here(self, command: str) -> str:
        for place in PLACES:
            command = command.replace(place, str(self.place(place)))
        for given, other in self.replaced.items():
            command = command.replace(given, other)
        return command

    def _script(self, file: Path, text: str) -> None:
        file.write_text(f"#!/bin/bash -e\n{text}\n", encoding="utf-8")
        file.chmod(0o755)

    def _environment(self) -> dict[str, str]:
        path = f"{self.folder / 'bin'}:{self.server.get('PATH', '')}:{os.environ['PATH']}"
        own = {"PATH": path, "MACHINE": str(self.folder), "PYTHONPATH": str(ROOT), "HOME": str(self.folder)}
        return {"LC_ALL": "C", **self.server, **own}


def _converse(terminal: int, answers: dict[str, str]) -> str:
    """Answer what is asked, each question once, and return all that was said."""
    said, heard, deadline = "", 0, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1.0)[0]:
            continue
        try:
            said += os.read(terminal, 65_536).decode(errors="replace")
        except OSError:  # the shell has ended
            break
        for question in [question for question in answers if question in said[heard:]]:
            heard = len(said)
            os.write(terminal, f"{answers.pop(question)}\n".encode())
    os.close(terminal)
    return said
