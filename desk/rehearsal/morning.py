"""A morning without a screen: the line is cut, dossiers are taken and slips printed, the line comes back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from desk.commands.find import whole
from desk.commands.verb import Rehearsal
from desk.domain.intake import read_intake
from desk.rehearsal.provinces import FarEnd
from desk.resources import resource
from desk.services.ports.values import DossierFile, Lamp, LampReason, LampState, SlipState
from desk.ui.hands import Hands
from desk.ui.stage import Stage

SYNC_MS = 45_000

TYPED = {
    "full_name": "Nguyễn Thị Hồng Nhung",
    "personal_id": "027180001234",
    "born": "03/02/1980",
    "phone": "0912345678",
    "detail": "Khu 3",
}
"""The person whose dossier is typed key by key."""


@dataclass(frozen=True)
class Lamps:
    """What the lamp said before, while and after."""

    cut: Lamp
    mended: Lamp


@dataclass(frozen=True)
class Morning:
    """What was done, in codes; the first was typed by hand."""

    codes: tuple[str, ...]
    files: tuple[DossierFile, ...]
    lamps: Lamps

    def dossiers(self) -> list[dict[str, Any]]:
        """As `desk find --json` gives them."""
        return [whole(file) for file in self.files]


class Rehearser:
    """Does the morning on one window."""

    def __init__(self, plan: Rehearsal, stage: Stage, far: FarEnd) -> None:
        self._plan, self._stage, self._far = plan, stage, far
        self._hands = Hands(stage)

    def run(self, pin: str) -> Morning:
        """Raises OutOfPatience where the window or the line does not get there."""
        self._pictures("sign-in")
        self._hands.sign_in(pin)
        self._cut()
        codes = [self._type_one()]
        codes += [self._take(line) for line in self._lines(self._plan.dossiers - 1)]
        self._look_around(codes[0])
        cut = self._stage.deeds.lamp()
        mended = self._mend()
        self._pictures("sent")
        files = tuple(self._stage.deeds.open_dossier(code) for code in codes)
        return Morning(tuple(codes), files, Lamps(cut, mended))

    def _cut(self) -> None:
        self._plan.say("Cắt đường truyền. / The line is cut.")
        self._far.cut()
        self._stage.deeds.ask_now()
        self._hands.settle()

    def _type_one(self) -> str:
        self._plan.say("Gõ một hồ sơ từng phím một. / Typing one dossier key by key.")
        self._hands.fill_in("chung thuc ban sao", TYPED, copies="5", pages="2")
        self._pictures("intake")
        code = self._hands.accept()
        self._hands.wait("the slip to be printed", lambda: self._slip_state(code) is SlipState.SENT)
        self._pictures("accepted")
        return code

    def _slip_state(self, code: str) -> SlipState:
        return self._stage.deeds.open_dossier(code).slip_state

    def _take(self, line: dict[str, Any]) -> str:
        """Through the same deeds as the window's, without its keys."""
        deeds = self._stage.deeds
        dossier = deeds.accept(read_intake(line))
        deeds.send_slip(deeds.issue_slip(dossier.code))
        return dossier.code

    def _lines(self, count: int) -> list[dict[str, Any]]:
        """The examples, again from the start when they are used up; each time with an id of its own."""
        text = resource("examples/morning.jsonl").read_text(encoding="utf-8")
        examples = [json.loads(line) for line in text.splitlines()]
        return [examples[(n + 1) % len(examples)] | {"client_id": str(uuid4())} for n in range(count)]

    def _look_around(self, code: str) -> None:
        window = self._stage.window
        window.go("search")
        self._pictures("search")
        window.open_dossier(code)
        self._pictures("dossier")
        window.go("outbox")
        self._pictures("outbox")
        window.go("outbox")

    def _mend(self) -> Lamp:
        """Until the lamp is green: the province holds everything and has refused nothing."""
        self._plan.say("Nối lại đường truyền. / The line is back.")
        self._far.mend()
        self._stage.deeds.ask_now()
        self._hands.wait("the lamp to turn green", self._is_green, SYNC_MS)
        self._hands.wait("the province's judgement", self._is_judged, SYNC_MS)
        return self._stage.deeds.lamp()

    def _is_green(self) -> bool:
        return self._stage.deeds.lamp().state is LampState.GREEN

    def _is_judged(self) -> bool:
        outbox = self._stage.deeds.outbox()
        return outbox.lamp.reason is LampReason.NONE and not outbox.unsent and not outbox.waiting

    def _pictures(self, name: str) -> None:
        """One in each language, and back to where it was."""
        for _ in range(2):
            language = self._stage.window.words.language
            self._hands.picture(self._plan.out / "screens" / f"{name}-{language}.png")
            self._stage.window.switch_language()
            self._hands.settle()


def clear(out: Path, say: Callable[[str], None]) -> None:
    """Take away what an earlier rehearsal left, and nothing else."""
    old = [*(out / "slips").glob("*.pdf"), *(out / "screens").glob("*.png")]
    for file in (*old, out / "summary.json", out / "summary.txt"):
        file.unlink(missing_ok=True)
    if old:
        say(f"{len(old)} ← {out}")
