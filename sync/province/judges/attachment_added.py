"""A file was laid to a dossier. The file itself comes by its own way, and is held when it is here and right."""

from sync.protocol.entries.attachment_added import AttachmentAdded
from sync.province.judges.case import Case
from sync.province.rows import AttachmentRow
from sync.province.verdicts import APPLIED, Judgement


def judge_attachment_added(case: Case, body: AttachmentAdded) -> Judgement:
    """It happened. What the first entry said of an attachment stands."""
    if case.work.session.get(AttachmentRow, body.attachment) is None:
        row = AttachmentRow(
            attachment=body.attachment,
            dossier=case.dossier,
            entry=case.entry.hash,
            blob=body.blob,
            sha256=body.sha256,
            sealed_size=body.sealed_size,
            held=False,
        )
        case.work.session.add(row)
    return APPLIED
