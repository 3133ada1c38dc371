"""What is built is whole: packs, samples and migrations are in the wheel, and it runs anywhere."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as pip would lay it out."""
    built = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("steppewatch-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(built / "site")
    return built / "site"


def data_of(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for room in ("bot", "models", "migrations")
        for path in (folder / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_it_holds_every_file_of_the_rooms(unpacked: Path) -> None:
    assert data_of(unpacked) == data_of(ROOT)
    assert any(name.startswith("bot/packs/") and name.endswith(".toml") for name in data_of(unpacked))


def test_it_runs_in_an_empty_directory(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    each_line = """if True:
        import runpy, sys
        from bot.cli.app import app
        for line in ("config check", "db upgrade", "db check"):
            app(line.split(), standalone_mode=False)
        sys.argv = ["bot", "ask", "help"]
        runpy.run_module("bot", run_name="__main__")
    """
    ran = subprocess.run(
        [sys.executable, "-c", each_line],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ran.returncode == 0, ran.stderr
    assert "search" in ran.stdout
