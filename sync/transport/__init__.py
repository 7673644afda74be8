"""The only place that speaks HTTP: one parcel there, one parcel back, and everything that can come back instead.

An answer counts only when status, content type and length are those of the protocol. Redirects are never followed:
a log-in page of a hotel and a province that moved look alike, and only the second is announced in a signed way.
"""

import email.utils
import io
import ipaddress
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import truststore
import urllib3

from sync.ports import Heard
from sync.protocol import canonical
from sync.protocol.exchange import EnrolmentAnswer
from sync.protocol.parcel import PARCEL_LIMIT
from sync.protocol.problems import Unreadable
from sync.protocol.signing import Signed
from sync.transport.watch import SEND_BUFFER, Watch, Watched
from sync.troubles import AnswerLost, BadAddress, Busy, ClockWrong, NotTheProvince, Offline, Refused, TooLarge

PARCEL_TYPE = "application/vnd.commune-desk.parcel"
JSON_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
"""The longest silence."""
LEAST_RATE = 1_000.0
"""Bytes a second, a quarter of the slowest line we promise to work on: who is slower is cut off, silence or not."""

ENROLMENT_TRIES = 3

_PROBLEM_LIMIT = 64 * 1024
_ENROLMENT_LIMIT = 256 * 1024
_INTRODUCTION_LIMIT = 64 * 1024
_PIECE = 64 * 1024
_DATES = (9, 10, 0x800B0101)
"""OpenSSL: not yet valid, expired; Windows: CERT_E_EXPIRED, which is both."""
_LONGEST_WAIT = 24 * 3600.0


class _Introduction(msgspec.Struct, frozen=True):
    """Of what a province says of itself, the part that proves itself."""

    certificate: Signed


class _Problem(msgspec.Struct, frozen=True):
    """RFC 9457 allows more fields; these two are ours."""

    code: str
    facts: dict[str, str | int] = {}


class HttpTransport:
    """The road to one province. Used by one thread at a time."""

    def __init__(
        self,
        base_url: str,
        *,
        allow_plain: bool = False,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
        least_rate: float = LEAST_RATE,
    ) -> None:
        """Raises BadAddress; http beyond this computer only with `allow_plain`."""
        self._base_url = check_address(base_url, allow_plain=allow_plain)
        self._connect_seconds, self._read_seconds = connect_seconds, read_seconds
        self._least_rate = least_rate
        self._watch = Watch()
        self._session = _session(self._watch, to_this_computer=is_loopback(base_url))

    def exchange(self, parcel: bytes) -> bytes:
        """Send a parcel and return the bytes of the one that came back, unproven. Raises Trouble."""
        with self._ask("POST", "/v1/parcels", parcel, PARCEL_TYPE) as response:
            _expect(response, 200, PARCEL_TYPE)
            return self._read(response, PARCEL_LIMIT)

    def certificate(self) -> Signed:
        """The certificate of whoever answers here, unproven. Raises Trouble."""
        with self._ask("GET", "/v1/province", b"", JSON_TYPE) as response:
            _expect(response, 200, JSON_TYPE)
            data = self._read(response, _INTRODUCTION_LIMIT)
        try:
            said = canonical.read_loosely(data, _Introduction, what="introduction", limit=_INTRODUCTION_LIMIT)
        except Unreadable as error:
            raise NotTheProvince(error.reason, 200, JSON_TYPE) from error
        return said.certificate

    def enrol(self, signed: Signed) -> EnrolmentAnswer:
        """Ask to be taken in. The answer is unproven until its root met the code. Raises Trouble.

        An answer that was lost may have spent the code for this very key: the same words again bring the same answer.
        """
        for _ in range(ENROLMENT_TRIES - 1):
            try:
                return self._enrol(signed)
            except AnswerLost:
                continue
        return self._enrol(signed)

    def ask_about_file(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Heard:
        """A request of the tus protocol, and whatever came back. Raises Trouble where nothing did."""
        with _foreign_errors_renamed():
            with self._watch.patience(self._patience(len(body))):
                response = self._session.request(
                    method,
                    self._base_url + path,
                    data=io.BytesIO(body) if body else None,
                    headers=dict(headers),
                    timeout=(self._connect_seconds, self._silence(len(body))),
                    allow_redirects=False,
                    stream=True,
                )
            with response:
                return Heard(response.status_code, {name.lower(): value for name, value in response.headers.items()})

    def close(self) -> None:
        """Let go of the open connections."""
        self._session.close()

    def _enrol(self, signed: Signed) -> EnrolmentAnswer:
        with self._ask("POST", "/v1/enrolments", canonical.write(signed).encode(), JSON_TYPE) as response:
            _expect(response, 201, JSON_TYPE)
            data = self._read(response, _ENROLMENT_LIMIT)
        try:
            return canonical.read_loosely(data, EnrolmentAnswer, what="enrolment answer", limit=_ENROLMENT_LIMIT)
        except Unreadable as error:
            raise NotTheProvince(error.reason, 201, JSON_TYPE) from error

    @contextmanager
    def _ask(self, method: str, path: str, body: bytes, content_type: str) -> Iterator[requests.Response]:
        headers = {"Content-Type": content_type} if body else {}
        with _foreign_errors_renamed():
            with self._watch.patience(self._patience(len(body))):
                # A file is written piece by piece, so that the time limit holds for each and not for all of it:
                # at 32 kbit/s a whole batch takes longer than any sensible limit.
                response = self._session.request(
                    method,
                    self._base_url + path,
                    data=io.BytesIO(body) if body else None,
                    headers=headers | {"Accept": f"{content_type}, {PROBLEM_TYPE}"},
                    timeout=(self._connect_seconds, self._silence(len(body))),
                    allow_redirects=False,
                    stream=True,
                )
            with response:
                if not response.ok or response.is_redirect:
                    raise self._trouble(response)
                yield response

    def _silence(self, size: int) -> float:
        """Seconds without a byte: what the province may think about it, and what our own system still has to send."""
        return self._read_seconds + min(size, 2 * SEND_BUFFER) / (4 * self._least_rate)

    def _patience(self, size: int) -> float:
        """Seconds until the answer must have begun: the way there at the least rate, and a silence."""
        return self._connect_seconds + 2 * self._read_seconds + size / self._least_rate

    def _read(self, response: requests.Response, limit: int) -> bytes:
        """The body, at most `limit` bytes of it, at no less than the least rate once a silence has passed."""
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise NotTheProvince("content encoding", response.status_code, _media_type(response))
        begun = time.monotonic()
        body = bytearray()
        while piece := response.raw.read1(_PIECE):
            body += piece
            if len(body) > limit:
                raise AnswerLost("too long")
            if time.monotonic() - begun > self._read_seconds + len(body) / self._least_rate:
                raise AnswerLost("too slow")
        return bytes(body)

    def _trouble(self, response: requests.Response) -> Exception:
        """What an answer that is no success means."""
        status, media_type = response.status_code, _media_type(response)
        if status == 413:
            return TooLarge()
        if status in (429, 503) and (media_type == PROBLEM_TYPE or "Retry-After" in response.headers):
            return Busy(_retry_after(response.headers))
        if 400 <= status < 500 and media_type == PROBLEM_TYPE:
            return self._refusal(response)
        reason = "redirect" if 300 <= status < 400 else "status"
        return NotTheProvince(reason, status, media_type)

    def _refusal(self, response: requests.Response) -> Exception:
        try:
            data = self._read(response, _PROBLEM_LIMIT)
            problem = canonical.read_loosely(data, _Problem, what="problem", limit=_PROBLEM_LIMIT)
        except Unreadable:
            return NotTheProvince("problem", response.status_code, PROBLEM_TYPE)
        return Refused(problem.code[:60], problem.facts)


def check_address(url: str, *, allow_plain: bool = False) -> str:
    """The address without a slash at its end. Raises BadAddress."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress("shape") from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise BadAddress("shape")
    if parts.scheme == "http" and not is_loopback(url) and not allow_plain:
        raise BadAddress("plain")
    return url.rstrip("/")


def is_loopback(url: str) -> bool:
    """Does the address stay inside this computer?"""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _session(watch: Watch, *, to_this_computer: bool) -> requests.Session:
    session = requests.Session()
    session.trust_env = not to_this_computer  # a proxy has no business between us and ourselves
    session.headers.update({"User-Agent": "commune-desk", "Accept-Encoding": "identity"})
    session.auth = _no_password
    session.mount("http://", Watched(watch))
    session.mount("https://", _SystemTrust(watch))
    return session


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from sending what a .netrc says about the host."""
    return request


class _SystemTrust(Watched):
    """TLS as the operating system trusts it, so that a ministry's own authority is the technician's affair."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return super().proxy_manager_for(proxy, **kwargs, ssl_context=context)

    def cert_verify(self, conn: Any, url: str, verify: object, cert: object) -> None:
        """Nothing to add: requests would load a list of authorities of its own here."""


def _expect(response: requests.Response, status: int, content_type: str) -> None:
    if response.status_code != status or _media_type(response) != content_type:
        raise NotTheProvince("content type", response.status_code, _media_type(response))


def _media_type(response: requests.Response) -> str:
    """Type and subtype only, fit for a log."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type[:80] if media_type.isascii() and media_type.isprintable() else "?"


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds, from a number or a date (RFC 9110, 10.2.3); 0 where it is neither."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    until = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (until - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)


@contextmanager
def _foreign_errors_renamed() -> Iterator[None]:
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise _of_tls(error) from error
    except (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError) as error:
        raise Offline(type(error).__name__) from error
    except requests.exceptions.ConnectionError as error:
        raise _offline_or_lost(error) from error
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise AnswerLost(type(error).__name__) from error
    except UnicodeError as error:  # a host name that is none
        raise Offline("UnicodeError") from error


def _of_tls(error: requests.exceptions.SSLError) -> Exception:
    """A certificate that is over, or not yet begun, may be good: it is our clock that calls it so."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, ssl.SSLCertVerificationError):
        inner = next((one for one in found.args if isinstance(one, BaseException)), None)
        found = getattr(found, "reason", None) or inner or found.__cause__ or found.__context__
    if found is not None and found.verify_code in _DATES:
        return ClockWrong(None)
    return NotTheProvince("tls")


def _offline_or_lost(error: requests.exceptions.ConnectionError) -> Exception:
    """Whether a connection never came to be, or broke when something may already have arrived."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    never_connected = isinstance(reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError)
    return (Offline if never_connected else AnswerLost)(type(reason).__name__)
