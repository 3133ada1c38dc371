"""`steppewatch`, and `python -m bot`."""

import sys


def main() -> None:
    """Run one command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            # News is in many scripts: what is printed is UTF-8, whatever the machine's locale says.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from bot.cli.app import app

    app()


if __name__ == "__main__":
    main()
