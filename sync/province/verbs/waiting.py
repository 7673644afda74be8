"""`waiting`: what is held and cannot be judged yet, since when, and for what."""

import argparse
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sync.protocol.instant import write_instant
from sync.province import causes
from sync.province.causes import Waiting
from sync.province.clock import in_viet_nam
from sync.province.verbs.said import Grammar, Office, Said, Verbs

_FOR = {
    "entry": ("bản ghi", "an entry"),
    "dossier": ("hồ sơ", "the dossier"),
    "body": ("nội dung của chính nó", "its own body"),
    "reading": ("bản cập nhật của hệ thống tỉnh", "a program that can read it"),
}


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    grammar.verb(verbs, "waiting", _waiting, "list what is held and cannot be judged yet, since when, and for what")


def _waiting(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.reading() as work:
        for wait in causes.all_waiting(work):
            yield Said(
                _text(wait, work.now), in_shape(wait) | {"seconds": _age(wait, work.now) // timedelta(seconds=1)}
            )


def in_shape(wait: Waiting) -> dict[str, Any]:
    """One entry that waits, by its hash; `for` is what it waits for, with the name of that where it has one."""
    return {
        "entry": wait.entry,
        "kind": wait.kind,
        "desk": str(wait.desk),
        "dossier": str(wait.dossier) if wait.dossier else None,
        "since": in_viet_nam(write_instant(wait.since)),
        "for": {"what": wait.what, "name": wait.cause},
        "reason": {"vi": wait.reason.vi, "en": wait.reason.en},
    }


def _text(wait: Waiting, now: datetime) -> str:
    vi, en = _FOR[wait.what]
    name = f" {wait.cause}" if wait.cause else ""
    return f"{_said(_age(wait, now))}  {wait.kind}  {wait.dossier or '-'}  chờ {vi}{name} / for {en}{name}  {wait.desk}"


def _age(wait: Waiting, now: datetime) -> timedelta:
    return max(now - wait.since, timedelta())


def _said(age: timedelta) -> str:
    """`3d 04h`, `4h 05m`, or `7m`."""
    hours, minutes = age.seconds // 3600, age.seconds // 60 % 60
    if age.days:
        return f"{age.days}d {hours:02d}h"
    return f"{hours}h {minutes:02d}m" if hours else f"{minutes}m"
