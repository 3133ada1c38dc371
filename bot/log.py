"""The log: one event, one line, on stderr. Nothing that is logged can break a line or show a secret.

    2026-03-01T12:00:04Z warning feed.failed feed=17 in_a_row=3 error="timed out after 20s"

The event is the message of the record, a constant without spaces; what varies
is passed as `extra`. A record of a library, whose message is a sentence, gets
the logger's name as its event and keeps the sentence as a field.
"""

import json
import logging
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, TextIO

from bot.core.redact import escaped, redact

_OWN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LONGEST: Final = 2_000  # characters of one value; a page of HTML in an error's text is of no use
_LONGEST_TRACE: Final = 20_000
_BARE: Final = frozenset('"=\\')

_NOISY: Final = ("alembic", "apscheduler", "slack_bolt", "slack_sdk", "trafilatura", "waitress")
"""Libraries whose `info` is our `debug`."""


def configure(
    level: str = "info",
    form: str = "line",
    *,
    secrets: Sequence[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send the log to `stream` (stderr when None), in `form` "line" or "json", with `secrets` hidden in it.

    Called again it replaces what was set before.
    """
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    handler.setFormatter(OneLine(form, secrets=secrets, traces=level == "debug"))
    root = logging.getLogger()
    for old in [*root.handlers]:
        if isinstance(old.formatter, OneLine):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
    logging.captureWarnings(capture=True)


class OneLine(logging.Formatter):
    """Writes a record as one line of `key=value`, or as one JSON object."""

    def __init__(self, form: str = "line", *, secrets: Sequence[str] = (), traces: bool = False) -> None:
        super().__init__()
        self._json = form == "json"
        # The longest first: a secret may hold another.
        self._secrets = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        self._traces = traces

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever is in the record."""
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event, fields = self._fields(record)
        if self._json:
            told: dict[str, object] = {"time": moment, "level": record.levelname.lower(), "event": event}
            return json.dumps(told | fields)  # ASCII: whatever acts on a terminal is written as its number
        words = [moment, record.levelname.lower(), event]
        return " ".join(words + [f"{key}={_quoted(value)}" for key, value in fields.items()])

    def _fields(self, record: logging.LogRecord) -> tuple[str, dict[str, object]]:
        message = _message(record)
        fields: dict[str, object] = {}
        event = message
        if not message or any(not _is_bare(character) for character in message):
            event, fields["message"] = record.name, self._value(message)
        for key, value in vars(record).items():
            if key not in _OWN:
                fields[_key(key)] = self._value(value)
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            fields.setdefault("error", self._value(f"{type(error).__name__}: {error}"))
            if self._traces:
                trace = "".join(traceback.format_exception(error))
                fields["trace"] = redact(trace, self._secrets)[-_LONGEST_TRACE:]
        return redact(event, self._secrets), fields

    def _value(self, value: object) -> object:
        """A value as it may be written: numbers as they are, everything else as text without secrets."""
        if value is None or isinstance(value, bool | int | float):
            return value
        shown = redact(str(value), self._secrets)
        return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # arguments that do not fit the text: a bug that must not cost the line
        return str(record.msg)


def _is_bare(character: str) -> bool:
    return character.isprintable() and character != " " and character not in _BARE


def _key(key: str) -> str:
    return "".join(character if _is_bare(character) else "_" for character in key) or "_"


def _quoted(value: object) -> str:
    if value is None or isinstance(value, bool | int | float):
        return str(value).lower()
    text = str(value)
    if text and all(map(_is_bare, text)):
        return text
    return escaped(json.dumps(text, ensure_ascii=False))
