"""Hands on a keyboard: real key strokes on an X screen.

They go through the X libraries: starting a tool for each key would cost more than the program takes to answer.
"""

from ctypes import CDLL, c_int, c_uint, c_ulong, c_void_p

PACKAGES = ("libx11-6", "libxtst6")
_REVERT_TO_PARENT, _CURRENT_TIME = 2, 0


class Hands:
    """On one display, until `leave`."""

    def __init__(self, display: str) -> None:
        self._x11, self._xtest = CDLL("libX11.so.6"), CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = c_void_p
        self._x11.XStringToKeysym.restype = c_ulong
        self._x11.XKeysymToKeycode.argtypes = (c_void_p, c_ulong)
        self._x11.XSetInputFocus.argtypes = (c_void_p, c_ulong, c_int, c_ulong)
        self._x11.XFlush.argtypes = self._x11.XCloseDisplay.argtypes = (c_void_p,)
        self._xtest.XTestFakeKeyEvent.argtypes = (c_void_p, c_uint, c_int, c_ulong)
        self._display = self._x11.XOpenDisplay(display.encode())

    def turn_to(self, window: int) -> None:
        """Give a window the focus, which a window manager would do for a new one."""
        self._x11.XSetInputFocus(self._display, window, _REVERT_TO_PARENT, _CURRENT_TIME)
        self._x11.XFlush(self._display)

    def press(self, key: str) -> None:
        """Down and up, by the X name of the key; under way when this returns."""
        code = self._x11.XKeysymToKeycode(self._display, self._x11.XStringToKeysym(key.encode()))
        for is_down in (1, 0):
            self._xtest.XTestFakeKeyEvent(self._display, code, is_down, 0)
        self._x11.XFlush(self._display)

    def leave(self) -> None:
        self._x11.XCloseDisplay(self._display)
