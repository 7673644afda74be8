"""What every test stands on."""

import os

# Before anything of Qt is loaded: windows are drawn into memory, with or without a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
