"""What kind of file it is, by its first bytes: names lie, and what people scan is of few kinds."""

SNIFFED = 512
"""Bytes that are enough."""

ANYTHING = "application/octet-stream"
_MAGICS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)


def media_type(head: bytes) -> str:
    """The type of a file that begins so."""
    known = next((kind for magic, kind in _MAGICS if head.startswith(magic)), None)
    if known is not None:
        return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "text/plain" if head and b"\0" not in head and _is_text(head) else ANYTHING


def _is_text(head: bytes) -> bool:
    """UTF-8; the last letter may be cut."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return len(head) == SNIFFED and error.start > len(head) - 4
    return True
