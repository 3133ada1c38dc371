"""What the program says of trouble stands in the page for the person on call."""

import ast
import re

from tests.house.test_house import ROOT, nodes, sources

TROUBLE = {"warning", "error", "exception", "critical"}
_EVENT = re.compile(r"`([a-z]+\.[a-z_]+)`")


def told() -> set[str]:
    """The events that the log tells as warnings or worse."""
    return {
        call.args[0].value
        for path in sources("bot")
        for call in nodes(path)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in TROUBLE
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_the_page_for_the_person_on_call_has_what_the_log_warns_of_and_nothing_else() -> None:
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    rows = page.partition("## What the log says")[2].splitlines()
    events = {event for row in rows if row.startswith("|") for event in _EVENT.findall(row.split("|")[1])}

    assert events == told()
