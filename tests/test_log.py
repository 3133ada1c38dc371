"""The log: one record, one line, no secret."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.log import OneLine, configure

log = logging.getLogger("bot.test")


def line(
    record: logging.LogRecord, form: str = "line", *, traces: bool = False, secrets: tuple[str, ...] = ()
) -> str:
    return OneLine(form, secrets=secrets, traces=traces).format(record)


def record(message: str, **fields: object) -> logging.LogRecord:
    made = logging.makeLogRecord(
        {"name": "bot.test", "msg": message, "levelname": "WARNING", "created": 1772366404.2}
    )
    vars(made).update(fields)
    return made


def failed(error: Exception) -> logging.LogRecord:
    try:
        raise error
    except type(error) as caught:
        return record("feed.failed", exc_info=(type(caught), caught, caught.__traceback__))


def test_an_event_is_a_word_and_what_varies_are_fields() -> None:
    said = line(record("feed.failed", feed=17, error="timed out after 20s", empty="", gone=None))

    assert said == (
        '2026-03-01T12:00:04Z warning feed.failed feed=17 error="timed out after 20s" empty="" gone=none'
    )


def test_a_sentence_of_a_library_becomes_a_field() -> None:
    assert line(record("Retrying (%s) after", args=("x",))).endswith('bot.test message="Retrying (x) after"')


def test_in_json_each_line_is_an_object() -> None:
    said = json.loads(line(record("feed.failed", feed=17, error="a\nb"), "json"))

    assert said == {
        "time": "2026-03-01T12:00:04Z",
        "level": "warning",
        "event": "feed.failed",
        "feed": 17,
        "error": "a\nb",
    }


@pytest.mark.parametrize(
    "title",
    [
        "Tin\nERROR root: owned",
        "\x1b[31mred\x1b[0m",
        "a\u2028b",
        "a\x85b",
        "\u202eright to left",
        "\x00",
        "\ud800",
    ],
)
@pytest.mark.parametrize("form", ["line", "json"])
def test_outside_text_cannot_break_a_line_or_colour_a_screen(title: str, form: str) -> None:
    said = line(record("story.kept", title=title), form)

    assert said.isprintable()
    assert "story.kept" in said


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text(), max_size=3))
def test_any_record_is_one_printable_line(message: str, fields: dict[str, str]) -> None:
    fresh = {f"x{key}": value for key, value in fields.items()}

    for form in ("line", "json"):
        assert line(record(message, **fresh), form).isprintable()


def test_secrets_are_hidden_wherever_they_come_from() -> None:
    said = line(
        record(
            "slack.refused",
            url="postgresql://bot:hunter22@db/news?password=hunter33",
            error="xoxb-12-34-abcdef was refused",
            header="Authorization: Bearer abc.def.ghi",
            hook="https://hooks.slack.com/services/T0/B0/abcdef",
            configured="it is opensesame!",
        ),
        secrets=("opensesame",),
    )

    assert not re.search("hunter|abc|opensesame", said)


def test_an_exception_is_told_in_a_line_and_its_trace_only_when_asked_for() -> None:
    short = line(failed(ValueError("xoxb-12-34 is\nwrong")))
    whole = line(failed(ValueError("xoxb-12-34 is\nwrong")), traces=True)

    assert short.endswith('error="ValueError: [hidden] is\\nwrong"')
    assert "test_log.py" in whole
    assert "xoxb" not in whole
    assert whole.isprintable()


def test_a_page_of_html_in_an_error_is_cut() -> None:
    assert len(line(record("feed.failed", error="<p>" * 100_000))) < 3_000


@pytest.fixture
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.mark.usefixtures("restored")
def test_configured_twice_it_still_writes_each_record_once() -> None:
    first, second = io.StringIO(), io.StringIO()
    configure("debug", stream=first)
    configure("info", "json", stream=second)

    log.info("digest.sent", extra={"subscription": 3})
    log.debug("not.told")

    assert first.getvalue() == ""
    assert [json.loads(said)["event"] for said in second.getvalue().splitlines()] == ["digest.sent"]


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize(("level", "told"), [("info", ["warning"]), ("debug", ["info", "warning"])])
def test_what_libraries_say_of_their_doings_is_for_the_curious(level: str, told: list[str]) -> None:
    said = io.StringIO()
    configure(level, "json", stream=said)
    library = logging.getLogger("apscheduler.scheduler")

    library.info("Added job %s", "poll")
    library.warning("Run time of job %s was missed", "poll")

    assert [json.loads(line)["level"] for line in said.getvalue().splitlines()] == told
