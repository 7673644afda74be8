"""Files of dossiers on their way to the province: by tus (tus.io, 1.0.0), piece by piece, behind everything else.

tuspy keeps the offsets; every request goes through our own transport, with our time limits, our trust and the desk's
ticket. Where a file goes on is asked anew after each cut, so what arrived once is not sent again. The province alone
says that it has a file, in its feed: nothing heard here makes one count as held.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping

from tusclient.client import TusClient
from tusclient.uploader.uploader import Uploader

from sync.answers import Clock
from sync.ports import FileRoad, Heard, Identity, Outgoing
from sync.protocol.ticket import HEADER, write_ticket
from sync.troubles import AnswerLost, Busy, NotTheProvince, Refused, TooLarge

DOOR = "/v1/files"
LEAST_PIECE, FIRST_PIECE, MOST_PIECE = 8 * 1024, 32 * 1024, 1024 * 1024
"""Bytes. Whatever a clerk writes waits for one piece at most."""
QUICK, SLOW = 0.7, 2.0
"""Seconds: a piece that took less makes the next one larger, one that took more makes it smaller."""
_TUS = "1.0.0"
_PROBLEM = "application/problem+json"


class Courier:
    """Brings files, a piece at a call. For one thread; it remembers what the province has whole already."""

    def __init__(self, road: FileRoad, identity: Callable[[], Identity], clock: Clock) -> None:
        self._road, self._identity, self._clock = road, identity, clock
        self._piece = FIRST_PIECE
        self._there: set[str] = set()
        self._failed: Counter[str] = Counter()
        self._going: _Upload | None = None

    def carry_piece(self, outgoing: tuple[Outgoing, ...]) -> bool:
        """Bring one piece of the first file that is not there yet; whether there was one. Raises Trouble."""
        left = [one for one in outgoing if one.blob not in self._there]
        if not left:
            self._let_go()
            return False
        file = min(left, key=lambda one: self._failed[one.blob])  # one that nobody takes must not stop the others
        try:
            self._advance(file)
        except _HasIt:
            self._arrived(file.blob)
        except BaseException:
            self._failed[file.blob] += 1
            self._let_go()  # what arrived of it is asked anew
            raise
        return True

    def ask_anew(self) -> None:
        """What was brought whole and never confirmed may have been no good: bring it again."""
        self._there.clear()

    def close(self) -> None:
        self._let_go()

    def _advance(self, file: Outgoing) -> None:
        if self._going is None or self._going.blob != file.blob:
            self._let_go()
            self._going = _Upload(file, self._road, self._headers(file))
            self._going.find_place()
        began = time.monotonic()
        self._going.chunk_size = self._piece
        self._going.upload_chunk()
        self._resize(time.monotonic() - began)
        if self._going.offset >= file.size:
            self._arrived(file.blob)

    def _arrived(self, blob: str) -> None:
        self._there.add(blob)
        self._let_go()

    def _let_go(self) -> None:
        if self._going is not None:
            self._going.close()
        self._going = None

    def _resize(self, seconds: float) -> None:
        if seconds > SLOW:
            self._piece = max(LEAST_PIECE, self._piece // 2)
        elif seconds < QUICK:
            self._piece = min(MOST_PIECE, self._piece * 2)

    def _headers(self, file: Outgoing) -> dict[str, str]:
        me = self._identity()
        return {HEADER: write_ticket(me.key, desk=me.desk, blob=file.blob, size=file.size, at=self._clock())}


class _HasIt(Exception):
    """The province holds this very file."""


class _Upload(Uploader):
    """tuspy's bookkeeping over our transport. It ships types for some of its calls only."""

    def __init__(self, file: Outgoing, road: FileRoad, headers: dict[str, str]) -> None:
        metadata = {"filename": file.blob, "filetype": "application/octet-stream"}
        self._stream = file.path.open("rb")  # given only a name, tuspy leaves handles open
        super().__init__(file_stream=self._stream, client=TusClient(DOOR, headers=headers), metadata=metadata)
        self.blob, self._road = file.blob, road
        self._place = f"{DOOR}/{file.blob}"

    def find_place(self) -> None:
        """Where it goes on; begun where it was not. Raises Trouble, _HasIt."""
        heard = self._call("HEAD", self._place, self._heads())
        if heard.status == 404:
            heard = self._call("POST", DOOR, self._heads(begins=True))
            if heard.problem == "begun-already":
                heard = self._call("HEAD", self._place, self._heads())
            else:
                _expect(heard, 201)
                self.set_url(self._place)
                self.offset = 0
                return
        _expect(heard, 200, 204)
        self.set_url(self._place)
        self.offset = _offset(heard)

    def upload_chunk(self) -> None:
        """One piece; the other end says how far that brought us."""
        heads = self._heads() | {"upload-offset": str(self.offset), "Content-Type": "application/offset+octet-stream"}
        self._stream.seek(self.offset)
        heard = self._call("PATCH", self._place, heads, self._stream.read(self.chunk_size))
        _expect(heard, 204)
        self.offset = _offset(heard)

    def close(self) -> None:
        self._stream.close()

    def _heads(self, *, begins: bool = False) -> dict[str, str]:
        heads: dict[str, str] = (self.get_url_creation_headers if begins else self.get_headers)()  # type: ignore[no-untyped-call]
        return heads

    def _call(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Heard:
        heard = self._road.ask_about_file(method, path, headers, body)
        if heard.problem == "held-already":
            raise _HasIt
        return heard


def _expect(heard: Heard, *statuses: int) -> None:
    """A log-in page says 200 too, but does not speak tus."""
    if heard.status == 413:
        raise TooLarge
    if heard.status in (429, 503, 507):
        raise Busy(0.0)
    if heard.status in (404, 409, 410):
        raise AnswerLost("another offset")
    if heard.problem or heard.headers.get("content-type", "").startswith(_PROBLEM):
        raise Refused(heard.problem[:60] or "not-possible", {})
    if heard.status not in statuses or heard.headers.get("tus-resumable") != _TUS:
        raise NotTheProvince("status", heard.status)


def _offset(heard: Heard) -> int:
    text = heard.headers.get("upload-offset", "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise NotTheProvince("offset", heard.status)
    return int(text)
