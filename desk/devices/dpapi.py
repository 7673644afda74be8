"""Windows' own protection of data (DPAPI), in the scope of the machine.

The machine and not the account, because several people sign in to Windows on one desk. What it protects cannot be
opened on another computer; any program on this one can, so the home folder's permissions stand before it.
"""

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _UI_FORBIDDEN = 0x1
    _LOCAL_MACHINE = 0x4

    class _Blob(ctypes.Structure):
        """DATA_BLOB of wincrypt.h."""

        _fields_ = [("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char))]

    _crypt32 = ctypes.WinDLL("crypt32", use_last_error=True)
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.LocalFree.argtypes = (ctypes.c_void_p,)
    _kernel32.LocalFree.restype = ctypes.c_void_p
    for _function in (_crypt32.CryptProtectData, _crypt32.CryptUnprotectData):
        _function.restype = wintypes.BOOL
        # in, description, entropy, reserved, prompt, flags, out
        _function.argtypes = (
            ctypes.POINTER(_Blob),
            ctypes.c_void_p,
            ctypes.POINTER(_Blob),
            ctypes.c_void_p,
            ctypes.c_void_p,
            wintypes.DWORD,
            ctypes.POINTER(_Blob),
        )

    def protect(secret: bytes) -> bytes:
        """Raises OSError."""
        return _call(_crypt32.CryptProtectData, secret)

    def unprotect(wrapped: bytes) -> bytes:
        """Raises OSError where another machine protected it, or it was changed."""
        return _call(_crypt32.CryptUnprotectData, wrapped)

    def _call(function: "ctypes._NamedFuncPointer", data: bytes) -> bytes:
        buffer = ctypes.create_string_buffer(data, len(data))
        given = _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
        made = _Blob()
        if not function(given, None, None, None, None, _UI_FORBIDDEN | _LOCAL_MACHINE, made):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            return ctypes.string_at(made.data, made.size)
        finally:
            _kernel32.LocalFree(made.data)
