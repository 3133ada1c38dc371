"""Leases whose holder is dead: they need not run out before another may have the feed.

A lease names its holder: the machine, the process and when that began. A holder
of another machine, or one that cannot be judged, is left alone.
"""

import os
import secrets
import socket
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.sql import among, table
from models import Feed

_SEPARATOR: Final = "/"


def token() -> str:
    """A new lease of this process."""
    return _SEPARATOR.join((_machine(), str(os.getpid()), _began(os.getpid()), secrets.token_hex(8)))


def free_the_dead(session: Session, now: datetime) -> int:
    """Give back what processes of this machine held that are no more. Says how many leases that were."""
    held = session.scalars(
        select(Feed.lease).where(Feed.lease.is_not(None), Feed.leased_until > now).distinct()
    ).all()
    dead = [lease for lease in held if lease and _is_dead(lease)]
    if dead:
        rows = table(Feed)
        theirs = among(session, rows.c.lease, dead)
        session.execute(update(rows).where(theirs).values(lease=None, leased_until=None))
    return len(dead)


def _is_dead(lease: str) -> bool:
    machine, _, rest = lease.partition(_SEPARATOR)
    process, _, rest = rest.partition(_SEPARATOR)
    began, _, _ = rest.partition(_SEPARATOR)
    if machine != _machine() or not process.isdigit() or not began:
        return False
    return _began(int(process)) != began


def _machine() -> str:
    """This machine since it was started, and the container in it: process numbers mean nothing elsewhere."""
    boot, space = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")
    started = boot.read_text(encoding="ascii").strip()[:8] if boot.exists() else ""
    inside = space.readlink().name if space.is_symlink() else ""
    return f"{socket.gethostname()}@{started}@{inside}".replace(_SEPARATOR, "-")


def _began(process: int) -> str:
    """When a process began, in its kernel's ticks; "" when there is none, "?" where no kernel tells."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return "" if Path("/proc/self/stat").exists() else "?"
    except OSError:
        return "?"
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in {"Z", "X"} else fields[19]
