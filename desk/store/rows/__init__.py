"""The tables, typed. Instants are kept as entries write them: UTC text that sorts (`sync.protocol.instant`).

Three kinds of table live apart:
journal   what happened; append-only, held by triggers
own       what follows from the journal; only projections write here, and `verify` can make it anew
mirror    the province's feed, verbatim, and what follows from it
The few that remain (identity, counters, pins, drafts, prints …) belong to this desk alone and tell nobody anything.
"""

from desk.store.rows.alone import (
    CertificateRow,
    ContactRow,
    CounterRow,
    DraftRow,
    HeldRow,
    IdentityRow,
    PinRow,
    PrintRow,
    WantedRow,
)
from desk.store.rows.base import Row
from desk.store.rows.journal import BodyRow, ErasureRow, HeadRow, SaltRow
from desk.store.rows.lines import (
    AddressRow,
    ForeignLineRow,
    IncarnationRow,
    MachineRow,
    ProvinceRow,
    SpokenNumberRow,
)
from desk.store.rows.mirror import FeedRow, NoticeRow, NumberedRow, RefusedItemRow, SiblingRow, StatusRow, VerdictRow
from desk.store.rows.own import (
    ClockConfirmationRow,
    CorrectionRow,
    DossierRow,
    EpochRow,
    HandOverRow,
    NoticeSeenRow,
    PaymentRow,
    SignInRow,
    SlipRow,
)
from desk.store.rows.search import NumberRow, SearchableRow, VocabularyRow

__all__ = [
    "AddressRow",
    "BodyRow",
    "CertificateRow",
    "ClockConfirmationRow",
    "ContactRow",
    "CorrectionRow",
    "CounterRow",
    "DossierRow",
    "DraftRow",
    "EpochRow",
    "ErasureRow",
    "FeedRow",
    "ForeignLineRow",
    "HandOverRow",
    "HeadRow",
    "HeldRow",
    "IdentityRow",
    "IncarnationRow",
    "MachineRow",
    "NoticeRow",
    "NoticeSeenRow",
    "NumberRow",
    "NumberedRow",
    "PaymentRow",
    "PinRow",
    "PrintRow",
    "ProvinceRow",
    "RefusedItemRow",
    "Row",
    "SaltRow",
    "SearchableRow",
    "SiblingRow",
    "SignInRow",
    "SlipRow",
    "SpokenNumberRow",
    "StatusRow",
    "VerdictRow",
    "VocabularyRow",
    "WantedRow",
]
