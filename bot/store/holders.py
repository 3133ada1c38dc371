"""Who has a block key: of a common one the stories nearest to a moment, for more cannot be looked at."""

import json
from collections.abc import Collection
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, TableValuedAlias, Text, bindparam, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session, aliased

from bot.core.events.crowds import NEAREST
from models import EventKey

_AT: Final = bindparam("at", type_=BigInteger)
_START: Final = bindparam("start", type_=BigInteger)
_END: Final = bindparam("end", type_=BigInteger)


class Holders(NamedTuple):
    """Parts of a statement: FROM `keys` JOIN `theirs` ON `near`; a row is a key and a story that has it.

    `asked` fills it in. The statement is made once and kept: to make it takes longer than to answer it.
    """

    keys: TableValuedAlias
    theirs: type[EventKey]
    near: ColumnElement[bool]


def holders(dialect: str) -> Holders:
    """The `NEAREST` stories before a moment and after it that have one of some keys, of each of them."""
    listed = (
        func.unnest(bindparam("keys", type_=postgresql.ARRAY(Text))).table_valued("value").render_derived()
        if dialect == "postgresql"
        else func.json_each(bindparam("keys", type_=Text)).table_valued("value")
    )
    theirs, before, after = aliased(EventKey), aliased(EventKey), aliased(EventKey)
    last = (
        select(after.moment).where(after.key == listed.c.value, after.moment.between(_AT, _END))
        .order_by(after.moment).offset(NEAREST).limit(1).scalar_subquery()
    )  # fmt: skip
    first = (
        select(before.moment).where(before.key == listed.c.value, before.moment.between(_START, _AT))
        .order_by(before.moment.desc()).offset(NEAREST).limit(1).scalar_subquery()
    )  # fmt: skip
    near = theirs.moment.between(func.coalesce(first, _START), func.coalesce(last, _END))
    return Holders(listed, theirs, (theirs.key == listed.c.value) & near)


def asked(session: Session, keys: Collection[str], at: int, within: tuple[int, int]) -> dict[str, Any]:
    """What fills in a statement with `holders`: whose keys, by which moment, from when to when."""
    whose = sorted(keys)
    postgres = session.get_bind().dialect.name == "postgresql"
    return {"keys": whose if postgres else json.dumps(whose), "at": at, "start": within[0], "end": within[1]}
