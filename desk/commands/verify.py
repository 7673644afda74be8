"""`verify`: prove that chain and signatures hold, and that the tables equal the journal and the feed."""

from desk.commands.verb import Call, Verb
from desk.services import verify


def run(call: Call) -> int:
    """0 when all of it holds, 1 with what does not."""
    with call.tools.look() as desk:
        found = verify.verify(open_reading=desk.open_reading, files=call.tools.files())
    vi = f"Đã kiểm tra {found.entries} việc ghi: khớp." if found.sound else f"{len(found.findings)} chỗ không khớp:"
    en = f"{found.entries} entries checked: sound." if found.sound else f"{len(found.findings)} places do not agree:"
    findings = [f"{one.fault.value} {one.where}" for one in found.findings]
    call.say(
        "\n".join([call.in_words(vi, en), *(f"  {finding}" for finding in findings)]),
        ok=found.sound,
        entries=found.entries,
        signatures=found.signatures,
        erased=found.erased,
        tip={"epoch": found.tip.epoch, "seq": found.tip.seq, "hash": found.tip.hash},
        findings=findings,
    )
    return 0 if found.sound else 1


VERB = Verb("verify", "prove that nothing was altered", run)
