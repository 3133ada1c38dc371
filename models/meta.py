"""Small facts about the database itself."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Meta(Base):
    """One named fact, e.g. which way of folding words the search index was built with."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
