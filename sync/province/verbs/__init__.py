"""The verbs of `desk-province`: a file for each noun, a line here."""

from collections.abc import Callable

from sync.province.verbs import (
    address,
    agency,
    backup_key,
    code,
    desk_number,
    desks,
    dossier,
    dossiers,
    keys,
    openapi,
    parcel,
    policy,
    publish,
    restored,
    serve,
    staff,
    waiting,
)
from sync.province.verbs.said import Grammar, Verbs

VERBS: tuple[Callable[[Grammar, Verbs], None], ...] = (
    serve.add_to,
    code.add_to,
    dossiers.add_to,
    staff.add_to,
    dossier.add_to,
    publish.add_to,
    policy.add_to,
    agency.add_to,
    keys.add_to,
    desks.add_to,
    parcel.add_to,
    address.add_to,
    restored.add_to,
    openapi.add_to,
    desk_number.add_to,
    backup_key.add_to,
    waiting.add_to,
)
