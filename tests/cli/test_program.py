"""The program as the machine meets it: pipes, signals, locales, restarts."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.cli.terminal import Terminal

ITEM = (
    '<item><guid isPermaLink="false">{0}</guid><link>https://news.test/{0}</link>'
    "<title>Tungsten memorandum {0} signed in Kazakhstan</title></item>"
)
LONGEST = 60  # seconds that anything here may take before the test gives up


class Site(BaseHTTPRequestHandler):
    """A site with one feed of three entries."""

    def do_GET(self) -> None:
        items = "".join(ITEM.format(number) for number in range(3))
        feed = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
        status, kind, body = (200, "application/rss+xml", feed) if self.path == "/feed" else self.other()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def other(self) -> tuple[int, str, bytes]:
        """What is at every other address."""
        return 404, "text/plain", b""

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@contextmanager
def serving(site: type[Site]) -> Iterator[str]:
    """The address of a site on this machine, while it is there."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a feed on this machine."""
    with serving(Site) as address:
        yield f"{address}/feed"


@pytest.fixture
def configured(tmp_path: Path, site: str) -> Path:
    """A folder with a configuration that polls the site every second."""
    (tmp_path / "steppewatch.toml").write_text(
        '[poll]\nusual_wait = "1s"\nprivate_networks = ["127.0.0.1/32"]\n'
        f'[[feeds]]\nurl = "{site}"\nname = "News"\n'
    )
    return tmp_path


NOTHING: Mapping[str, str] = MappingProxyType({})


def environ(more: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """The environment of a program as people start it: what it prints is kept in a buffer."""
    ours = ("STEPPEWATCH_", "PYTHONUNBUFFERED")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | dict(more)


def program(
    folder: Path,
    *words: str,
    stdin: bytes = b"",
    stdout: int = subprocess.PIPE,
    more: Mapping[str, str] = NOTHING,
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environ(more),
        timeout=LONGEST,
        check=False,
    )


def exported(terminal: Terminal) -> list[str]:
    return [json.loads(line)["guid"] for line in terminal("export", "stories").out.splitlines()]


def test_a_poll_keeps_each_entry_once_however_often_it_is_made(configured: Path, terminal: Terminal) -> None:
    first = json.loads(terminal("poll", "--format", "json").out)
    second = program(configured, "poll", "--all")

    assert [set(feed) for feed in first["feeds"]] == [
        {"feed", "url", "status", "new", "updated", "flagged", "reason"}
    ]
    assert first["feeds"][0]["new"] == 3
    assert second.returncode == 0
    assert second.stdout.startswith(b"unchanged News")
    assert second.stderr == b"", "a single command says what it did on stdout"
    assert sorted(exported(terminal)) == ["0", "1", "2"]


def test_a_poll_of_which_something_could_not_be_kept_says_so_and_fails(
    configured: Path, settled: Terminal
) -> None:
    with closing(sqlite3.connect(configured / "steppewatch.db")) as direct:
        direct.execute("CREATE TRIGGER full BEFORE INSERT ON story BEGIN SELECT RAISE(ABORT, 'full'); END")

        said = program(configured, "poll", "--format", "json")
        direct.execute("DROP TRIGGER full")
    again = settled("poll")

    assert said.returncode == 1
    assert [feed["status"] for feed in json.loads(said.stdout)["feeds"]] == ["failed"]
    assert b"steppewatch: 1 feed could not be kept: " in said.stderr
    assert (again.code, again.err) == (0, "")
    assert sorted(exported(settled)) == ["0", "1", "2"]


def test_the_bot_runs_without_slack_until_it_is_told_to_stop_and_starts_again(
    configured: Path, settled: Terminal
) -> None:
    configuration = (configured / "steppewatch.toml").read_text()
    for number, text in ((signal.SIGTERM, configuration), (signal.SIGINT, "")):  # at a poll, and at rest
        (configured / "steppewatch.toml").write_text(text)
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=configured,
            env=environ(),
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            guard = threading.Timer(LONGEST, running.kill)
            guard.start()
            assert running.stderr is not None
            said: list[str] = []
            for line in running.stderr:
                said.append(line)
                if "worker.started" in line:
                    break
            running.send_signal(number)
            said += running.stderr.readlines()
            code = running.wait()
            guard.cancel()

        assert code == 0, "".join(said)
        assert "steppewatch: STEPPEWATCH_SLACK__BOT_TOKEN is not set\n" in said
        assert any("process.stopped" in line and "finished=true" in line for line in said)

    (configured / "steppewatch.toml").write_text(configuration)
    assert settled("poll", "--all").code == 0
    assert sorted(exported(settled)) == ["0", "1", "2"]


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    line = json.dumps({"id": "1", "title": "Tungsten", "text": "x" * 2000}) + "\n"
    (tmp_path / "many.jsonl").write_text(line * 300)

    with subprocess.Popen(
        [sys.executable, "-m", "bot", "classify", "many.jsonl"],
        cwd=tmp_path,
        env=environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b'{"id": "1"')
        running.stdout.close()
        said = running.stderr.read()
        code = running.wait(LONGEST)

    assert said == b""
    assert code in (0, 141)


@pytest.mark.parametrize(
    ("words", "left"), [(("config", "example"), 141), (("feeds", "check", "http://10.0.0.1/"), 1)]
)
def test_a_reader_that_is_gone_before_anything_is_said_changes_no_more_than_the_code(
    tmp_path: Path, settled: Terminal, words: tuple[str, ...], left: int
) -> None:
    read, write = os.pipe()
    os.close(read)

    said = program(tmp_path, *words, stdout=write)
    os.close(write)

    assert (said.returncode, said.stderr) == (left, b"")


def test_output_is_utf_8_whatever_the_machine_believes(tmp_path: Path) -> None:
    story = json.dumps({"id": "узбекистан", "title": "Ўзбекистон", "text": "\ud800"})
    latin = {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C", "PYTHONUTF8": "0"}

    said = program(tmp_path, "classify", stdin=story.encode(), more=latin)

    assert said.returncode == 0
    assert "узбекистан" in said.stdout.decode()


def test_a_full_disk_is_told_and_not_traced(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        said = program(tmp_path, "config", "example", stdout=full.fileno())

    assert said.returncode == 1
    assert said.stderr == b"steppewatch: No space left on device\n"


def test_help_needs_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    asked = "import sys; sys.argv = ['steppewatch', '--help']\n"
    told = "from bot.__main__ import main\ntry: main()\nfinally: print(sorted(sys.modules), file=sys.stderr)"

    said = subprocess.run(
        [sys.executable, "-c", asked + told],
        cwd=tmp_path,
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )

    heavy = ("pydantic", "sqlalchemy", "slack_sdk", "apscheduler", "trafilatura", "feedparser", "urllib3")
    assert [name for name in heavy if f"'{name}'" in said.stderr] == []
