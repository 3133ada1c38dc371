"""What measurements start from."""

from pathlib import Path

import pytest

from tests.conftest import migrated


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """On the disk, and not in memory as for other tests: what is measured is what people have."""
    return migrated(tmp_path_factory.mktemp("template"))
