"""Take the README's pictures from the real program: one headless demo, some of its screens, one of its slips.

Run by `make pictures`.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

HERE = Path(__file__).parent
SCREENS = ("intake-vi.png", "accepted-vi.png", "search-vi.png", "outbox-vi.png", "intake-en.png")
DPI = 90


def main() -> int:
    """Leave the old pictures alone unless the demo went well."""
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "desk", "demo", "--headless", "--out", folder]
        if code := subprocess.run(demo, check=False).returncode:
            return code
        for screen in SCREENS:
            shutil.copyfile(Path(folder) / "screens" / screen, HERE / screen)
        picture_of_slip(min(Path(folder, "slips").glob("*.pdf")))
    return 0


def picture_of_slip(pdf: Path) -> None:
    """The copy the person carries home, which is the second page."""
    page = pypdfium2.PdfDocument(pdf)[1]
    page.render(scale=DPI / 72).to_pil().save(HERE / "slip.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
