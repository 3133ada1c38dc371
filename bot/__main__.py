"""`steppewatch`, and `python -m bot`."""

import gc
import sys
from typing import Final

GARBAGE: Final = (50_000, 20, 100)
"""How much may come before garbage is looked for. Usually it is after every 700 objects; libraries bring
hundreds of thousands as they load, all of them to stay, and looking took an eighth of each start."""


def main() -> None:
    """Run one command and leave with its exit code."""
    gc.set_threshold(*GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            # News is in many scripts: what is printed is UTF-8, whatever the machine's locale says.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from bot.cli.app import app

    app()


if __name__ == "__main__":
    main()
