from bot.store.database import Database
from tests.commands.walkthrough import PAGE, agree, blocks, told


def test_what_the_docs_say_is_answered_is_what_is_answered(database: Database) -> None:
    page = PAGE.read_text("utf-8")

    answers = told(database, page)

    asked = list(blocks(page))
    assert len(asked) == len(answers) >= 8
    other = [
        f"{typed}\n{given}"
        for (_, typed, said), given in zip(asked, answers, strict=True)
        if not agree(said, given)
    ]
    assert other == [], "python -m tests.commands.walkthrough writes docs/asking.md anew"
