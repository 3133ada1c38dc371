"""What every command stands in: the settings, the world, and the one place where errors become words.

Exit codes: 0 done; 1 could not, and stderr says why; 2 the words made no sense.
130 is Ctrl-C and 141 a reader that went away, as shells know them.
"""

import json
import logging
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.errors import SteppewatchError, UserError

if TYPE_CHECKING:
    from bot.core.documents import Document
    from bot.wiring import World

log = logging.getLogger("steppewatch")

COULD_NOT: Final = 1
MADE_NO_SENSE: Final = 2
INTERRUPTED: Final = 130
READER_GONE: Final = 141

NO_FEED: Final = "no feed is polled yet; `steppewatch feeds starter` lists some to begin with"


class Format(StrEnum):
    """How a command that reads shows what it found."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json for programs")]
Context = typer.Context


@contextmanager
def command(context: Context | None, *, lasting: bool = False) -> Iterator["World"]:
    """Give the world to one command, and turn whatever goes wrong in it into words and an exit code.

    `lasting` is for what goes on until it is stopped, and therefore tells the log what it does.
    """
    with in_words():
        from bot.wiring import World

        with World.of(config_option(context), os.environ, lasting=lasting) as world:
            yield world


@contextmanager
def in_words() -> Iterator[None]:
    """The one place where an error becomes words on stderr and an exit code."""
    try:
        yield
        _flush()
    except SteppewatchError as error:
        complain(str(error))
        made_no_sense = isinstance(error, UserError) and error.made_no_sense
        raise typer.Exit(MADE_NO_SENSE if made_no_sense else COULD_NOT) from None
    except KeyboardInterrupt:
        complain("stopped")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        raise typer.Exit(READER_GONE) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}")
        raise typer.Exit(COULD_NOT) from None
    except (typer.Exit, typer.Abort):
        raise
    except ModuleNotFoundError as error:  # the code is newer than what was installed with it
        complain(f"the library {error.name} is not installed; install steppewatch again, as at first")
        raise typer.Exit(COULD_NOT) from None
    except Exception as error:
        reference = secrets.token_hex(3)
        complain(
            f"this should not have happened ({type(error).__name__}, reference {reference}); "
            "with STEPPEWATCH_LOG__LEVEL=debug the log says where"
        )
        log.debug("command.failed", extra={"reference": reference}, exc_info=True)
        raise typer.Exit(COULD_NOT) from None
    finally:
        _let_go_of_stdout()


def config_option(context: Context | None) -> str | None:
    """The file given with --config; None when there was none."""
    found = context.find_root().params.get("config") if context is not None else None
    return str(found) if found is not None else None


def say(text: str = "") -> None:
    """Put a line of the result on stdout."""
    if sys.stdout is not None:
        sys.stdout.write(f"{text}\n")


def say_json(value: Mapping[str, object]) -> None:
    """Put one JSON value on stdout, indented for those who look."""
    say(_encodable(json.dumps(value, ensure_ascii=False, indent=2)))


def json_line(value: Mapping[str, object]) -> str:
    """One JSON value on one line, fit to be written as UTF-8."""
    return _encodable(json.dumps(value, ensure_ascii=False))


def say_lines(values: Iterable[Mapping[str, object]], *, as_array: bool = False) -> None:
    """Put JSON values on stdout, one a line; with `as_array` the lines together are one array."""
    if not as_array:
        for value in values:
            say(json_line(value))
        return
    before = "["
    for value in values:
        say(f"{before}{json_line(value)}")
        before = ","
    say("]" if before == "," else "[]")


def show(document: "Document", data: Mapping[str, object], form: Format) -> None:
    """Put an answer on stdout, for a person or for a program."""
    if form is Format.JSON:
        say_json(data)
        return
    from rich.console import Console

    from bot.surfaces import terminal

    terminal.show(document, Console())


def complain(text: str) -> None:
    """Put words on stderr, with the program's name before each line, and no secret in them."""
    from bot.core.redact import escaped, redact

    if sys.stderr is None:
        return
    for line in redact(text).splitlines() or [""]:
        with suppress(BrokenPipeError):
            sys.stderr.write(f"steppewatch: {escaped(line)}\n")


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Something that moves on stderr, where there is a terminal, while one step takes long."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def progress(*, of: str, total: int | None = None, unless: bool = False) -> Iterator[Callable[[], None]]:
    """A bar on stderr while something takes long; gives what to call after each step.

    Where there is no terminal there is no bar, and the call does nothing.
    """
    if unless or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # What is printed on stdout meanwhile is not rich's business: it may be going to another place.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(of, total=total)
        yield lambda: bar.advance(task)


def _encodable(text: str) -> str:
    """Half of a surrogate pair cannot be written as UTF-8; in JSON its number can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _let_go_of_stdout() -> None:
    """Write what is left; where nobody takes it (`| head`, a full disk), it goes nowhere.

    The interpreter would complain of it at its end, and leave with a code of its own.
    """
    try:
        _flush()
    except OSError:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
