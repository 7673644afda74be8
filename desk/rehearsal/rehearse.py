"""The demo: a throw-away desk, a province of its own, and either a window to try or a whole morning to prove."""

import logging
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from desk import logs
from desk.commands.enrol import become_desk
from desk.commands.verb import Call, Rehearsal, Tools
from desk.devices.printer import FolderPrinter, Printer
from desk.domain.errors import FileTrouble
from desk.rehearsal.morning import Rehearser, clear
from desk.rehearsal.provinces import FarEnd, ForeignProvince, NoProvince, OwnProvince
from desk.rehearsal.summary import summarise, write
from desk.services import people
from desk.settings import SOFTWARE, Settings
from desk.ui.hands import Hands, OutOfPatience
from desk.ui.stage import Stage
from sync.runner import Runner

log = logging.getLogger(__name__)

PIN = "246810"

StageWindow = Callable[..., AbstractContextManager[Stage]]


def rehearse(plan: Rehearsal, call: Call, tools_at: Callable[[Settings], Tools], stage_window: StageWindow) -> int:
    """0 once the window was closed; without a screen 0 only if both sides agree."""
    headless = plan.headless or not has_screen()
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _make(plan.out)
    handler = logs.begin(plan.out)  # the desk's own folder will be gone when somebody wants to know
    far: FarEnd | None = None
    try:
        far = _far_end(plan)
        with tempfile.TemporaryDirectory(prefix="commune-desk-demo-") as folder:
            settings = Settings(home=Path(folder) / "desk", language=call.settings.language)
            _enrol(plan, call, tools_at(settings), far)
            printer = FolderPrinter(plan.out / "slips")
            if headless:
                return _prove(plan, settings, printer, far, stage_window)
            return _show(plan, settings, printer, far, stage_window)
    except NoProvince as error:
        plan.complain(call.in_words(error.vi, error.en))
        return 1
    except OutOfPatience as error:
        plan.complain(call.in_words(f"Chờ quá lâu: {error.waited_for}.", f"Waited too long for {error.waited_for}."))
        return 1
    except Exception:  # only to have it in this log as well; the process's edge says it
        log.exception("the rehearsal broke off")
        raise
    finally:
        if far is not None:
            far.close()
        logs.end(handler)


def _make(folder: Path) -> None:
    """Raises FileTrouble."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileTrouble from error


def has_screen() -> bool:
    """Whether a window could be seen."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _far_end(plan: Rehearsal) -> FarEnd:
    if plan.province is None:
        return OwnProvince()
    if plan.code is None:
        raise NoProvince(
            "Tỉnh khác cần một mã đăng ký: thêm --code MÃ (tỉnh cấp bằng `desk-province code --agency …`).",
            "Another province needs an enrolment code: add --code CODE (made by `desk-province code --agency …`).",
        )
    return ForeignProvince(plan.province, plan.code)


def _enrol(plan: Rehearsal, call: Call, tools: Tools, far: FarEnd) -> None:
    """A desk with everything the feed brings, and a PIN for its first supervisor."""
    plan.say(
        call.in_words(
            "Quầy thử trong thư mục tạm; khoá để trần, vì thư mục sẽ bị xoá.",
            "A demo desk in a throw-away folder; its key lies open there, because the folder will be deleted.",
        )
    )
    road = far.road(far.url)
    with tools.found() as desk:
        at_home = Call(call.options, call.settings, tools)
        facts = become_desk(at_home, desk, road, far.url, far.enrolment_code())
        Runner(desk.journal, lambda: road, clock=tools.clock, software=SOFTWARE, listener=lambda _: None).drain()
        people.set_pin(facts.first_supervisor, "", PIN, open_work=desk.open_work, clock=tools.clock)
    road.close()
    plan.say(f"{call.in_words('Quầy', 'Desk')} {facts.number}, {facts.agency}, {far.url}")


def _show(plan: Rehearsal, settings: Settings, printer: Printer, far: FarEnd, stage_window: StageWindow) -> int:
    with stage_window(settings, printer, far.road) as stage:
        Hands(stage).sign_in(PIN)
        plan.say(f"PIN {PIN}; {plan.out / 'slips'}")
        return stage.run()


def _prove(plan: Rehearsal, settings: Settings, printer: Printer, far: FarEnd, stage_window: StageWindow) -> int:
    clear(plan.out, plan.say)
    with stage_window(settings, printer, far.road) as stage:
        morning = Rehearser(plan, stage, far).run(PIN)
    summary = summarise(morning, far.held(), plan.out, far.url)
    plan.say(write(summary, plan.out).rstrip())
    return 0 if summary["agree"] else 1
