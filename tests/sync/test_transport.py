"""Everything that can come back from a line, over real sockets."""

import datetime
import email.utils
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol import canonical
from sync.protocol.exchange import ENROLMENT, EnrolmentAnswer
from sync.protocol.parcel import PARCEL_LIMIT
from sync.protocol.signing import state
from sync.transport import PARCEL_TYPE, PROBLEM_TYPE, HttpTransport, check_address
from sync.troubles import AnswerLost, BadAddress, Busy, ClockWrong, NotTheProvince, Offline, Refused, TooLarge
from tests.sync.journals import Keys, MemoryJournal
from tests.sync.servers import Asked, Said, nobody, serving, silent

PARCEL_HEAD = {"Content-Type": PARCEL_TYPE}


def answered(said: Said) -> bytes:
    with serving(lambda _: said) as url:
        return HttpTransport(url).exchange(b"up")


def test_a_parcel_goes_there_and_one_comes_back() -> None:
    asked: list[Asked] = []

    def answer(question: Asked) -> Said:
        asked.append(question)
        return Said(200, PARCEL_HEAD, b"down")

    with serving(answer) as url:
        transport = HttpTransport(url + "/")
        assert [transport.exchange(b"one"), transport.exchange(b"two")] == [b"down", b"down"]

    assert [(one.path, one.body) for one in asked] == [("/v1/parcels", b"one"), ("/v1/parcels", b"two")]
    assert {one.headers["Content-Type"] for one in asked} == {PARCEL_TYPE}


def test_a_page_with_200_is_not_the_province() -> None:
    with pytest.raises(NotTheProvince) as caught:
        answered(Said(200, {"Content-Type": "text/html; charset=utf-8"}, b"<h1>Welcome to the hotel</h1>"))

    assert (caught.value.status, caught.value.content_type) == (200, "text/html")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed(status: int) -> None:
    with serving(lambda _: Said(200, PARCEL_HEAD, b"a trap")) as trap, pytest.raises(NotTheProvince, match="redirect"):
        answered(Said(status, {"Location": trap}))


@pytest.mark.parametrize("status", [201, 204, 400, 403, 404, 407, 500, 502, 504, 511])
def test_an_error_page_of_a_proxy_is_not_the_province(status: int) -> None:
    with pytest.raises(NotTheProvince):
        answered(Said(status, {"Content-Type": "text/html"}, b"" if status == 204 else b"<p>squid</p>"))


def test_a_proxy_without_the_province_behind_it_is_no_reason_to_wait_long() -> None:
    with pytest.raises(NotTheProvince):
        answered(Said(503, {"Content-Type": "text/html"}, b"down for maintenance"))


@pytest.mark.parametrize(("text", "seconds"), [("7", 7), ("soon", 0), ("-3", 0), ("9" * 40, 86_400)])
def test_a_busy_province_says_how_long(text: str, seconds: int) -> None:
    with pytest.raises(Busy) as caught:
        answered(Said(503, {"Retry-After": text}))

    assert caught.value.retry_after == seconds


def test_a_busy_province_may_say_a_time_of_day() -> None:
    then = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=90)

    with pytest.raises(Busy) as caught:
        answered(Said(429, {"Retry-After": email.utils.format_datetime(then, usegmt=True)}))

    assert 60 < caught.value.retry_after <= 90


def test_a_parcel_too_large_for_the_way_is_said_as_such() -> None:
    with pytest.raises(TooLarge):
        answered(Said(413, {"Content-Type": "text/html"}))


def test_a_problem_is_told_by_its_code() -> None:
    problem = b'{"code":"not-certified","facts":{"what":"desk","reason":"revoked"},"title":"more than we know"}'

    with pytest.raises(Refused) as caught:
        answered(Said(403, {"Content-Type": PROBLEM_TYPE}, problem))

    assert (caught.value.code, caught.value.facts["reason"]) == ("not-certified", "revoked")


@pytest.mark.parametrize("body", [b"", b"[]", b'{"code":3}', b"{" * 5000, b'{"code":"' + b"x" * 70_000])
def test_a_problem_that_is_none_is_not_the_province(body: bytes) -> None:
    with pytest.raises((NotTheProvince, AnswerLost)):
        answered(Said(400, {"Content-Type": PROBLEM_TYPE}, body))


def test_nobody_there_is_offline() -> None:
    with pytest.raises(Offline):
        HttpTransport(nobody()).exchange(b"up")


def test_an_unknown_name_is_offline() -> None:
    with pytest.raises(Offline):
        HttpTransport("https://desk.invalid").exchange(b"up")


def test_silence_after_the_parcel_leaves_the_answer_unknown() -> None:
    with silent() as url, pytest.raises(AnswerLost):
        HttpTransport(url, read_seconds=0.1).exchange(b"up")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: ",
        b"HTTP/1.1 200 OK\r\nContent-Type: " + PARCEL_TYPE.encode() + b"\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Type: " + PARCEL_TYPE.encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nha",
        b"SSH-2.0-OpenSSH_9.2\r\n",
    ],
    ids=["nothing", "half a head", "half a body", "half a chunk", "another protocol"],
)
def test_a_cut_answer_is_lost_or_short_but_never_whole(raw: bytes) -> None:
    try:
        data = answered(Said(raw=raw))
    except (AnswerLost, NotTheProvince):
        data = b""

    assert len(data) < 100


def test_an_endless_answer_is_cut_off() -> None:
    with pytest.raises(AnswerLost, match="too long"):
        answered(Said(200, PARCEL_HEAD, bytes(PARCEL_LIMIT + 1)))


def test_a_dripping_answer_is_cut_off() -> None:
    said = Said(200, PARCEL_HEAD, b"down" * 1000, drips=0.01)

    with serving(lambda _: said) as url, pytest.raises(AnswerLost, match="too slow"):
        HttpTransport(url, read_seconds=0.1, least_rate=100_000).exchange(b"up")


def test_dripping_heads_are_cut_off_before_there_is_anything_to_read() -> None:
    said = Said(raw=b"HTTP/1.1 200 OK\r\nX-Nothing: " + b"x" * 10_000, drips=0.01)
    begun = monotonic()

    with serving(lambda _: said) as url, pytest.raises((AnswerLost, NotTheProvince)):
        HttpTransport(url, read_seconds=0.1, connect_seconds=0.1).exchange(b"up")

    assert monotonic() - begun < 5


def test_an_answer_that_comes_slowly_and_steadily_arrives() -> None:
    said = Said(200, PARCEL_HEAD, b"down" * 20, drips=0.01)

    with serving(lambda _: said) as url:
        assert HttpTransport(url, read_seconds=0.1, least_rate=20).exchange(b"up") == b"down" * 20


def test_a_compressed_answer_is_not_the_province() -> None:
    with pytest.raises(NotTheProvince):
        answered(Said(200, PARCEL_HEAD | {"Content-Encoding": "gzip"}, b"\x1f\x8b"))


def test_after_a_cut_the_next_parcel_takes_a_new_line() -> None:
    answers = iter([Said(raw=b""), Said(200, PARCEL_HEAD, b"down")])

    with serving(lambda _: next(answers)) as url:
        transport = HttpTransport(url)
        with pytest.raises(AnswerLost):
            transport.exchange(b"up")
        assert transport.exchange(b"up") == b"down"


def test_a_large_parcel_arrives_whole() -> None:
    with serving(lambda asked: Said(200, PARCEL_HEAD, asked.body)) as url:
        parcel = bytes(range(256)) * 8192

        assert HttpTransport(url).exchange(parcel) == parcel


def test_a_stranger_with_a_certificate_of_his_own_gets_nothing(tmp_path: Path) -> None:
    with tls_of_a_stranger(tmp_path) as (url, heard), pytest.raises(NotTheProvince, match="tls"):
        HttpTransport(url).exchange(b"secret")

    assert b"secret" not in b"".join(heard)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tinh.example",
        "ftp://tinh.example",
        "https://",
        "https://a:b@tinh.example",
        "https://x?y",
        "http://[",
        "https://x:99999",
    ],
)
def test_an_address_that_cannot_be_one_is_refused(address: str) -> None:
    with pytest.raises(BadAddress, match="shape"):
        check_address(address)


def test_plain_http_stays_inside_this_computer_unless_somebody_says_otherwise() -> None:
    assert check_address("http://127.0.0.1:8000/") == "http://127.0.0.1:8000"
    assert check_address("http://localhost") == "http://localhost"
    assert check_address("http://10.0.0.5", allow_plain=True) == "http://10.0.0.5"
    with pytest.raises(BadAddress, match="plain"):
        check_address("http://10.0.0.5")


def test_whoever_answers_is_asked_who_it_is() -> None:
    keys = Keys.new()
    said = canonical.write({"province": "H05", "time": "now", "certificate": keys.certificate}).encode()
    asked: list[Asked] = []

    def answer(request: Asked) -> Said:
        asked.append(request)
        return Said(200, {"Content-Type": "application/json"}, said)

    with serving(answer) as url:
        assert HttpTransport(url).certificate() == keys.certificate

    assert [one.path for one in asked] == ["/v1/province"]


@pytest.mark.parametrize("body", [b"", b"{}", b'{"certificate":"x"}', b"<html>", b" " * 100_000])
def test_an_introduction_of_another_shape_is_not_the_province(body: bytes) -> None:
    said = Said(200, {"Content-Type": "application/json"}, body)

    with serving(lambda _: said) as url, pytest.raises((NotTheProvince, AnswerLost)):
        HttpTransport(url).certificate()


def test_enrolling_sends_a_statement_and_reads_a_typed_answer() -> None:
    keys = Keys.new()
    journal = MemoryJournal.enrolled(keys)
    answer = EnrolmentAnswer(
        root=journal.me.root, province=keys.certificate, desk=journal.me.certificate, supervisor="lan"
    )
    body = canonical.write(answer).encode()

    with serving(lambda _: Said(201, {"Content-Type": "application/json"}, body)) as url:
        assert HttpTransport(url).enrol(state(journal.me.key, ENROLMENT, {"v": 1})) == answer


def test_an_enrolment_whose_answer_was_lost_is_said_again_before_the_code_is_given_up() -> None:
    keys = Keys.new()
    journal = MemoryJournal.enrolled(keys)
    answer = EnrolmentAnswer(
        root=journal.me.root, province=keys.certificate, desk=journal.me.certificate, supervisor="lan"
    )
    whole = Said(201, {"Content-Type": "application/json"}, canonical.write(answer).encode())
    answers = [
        Said(raw=b""),
        Said(raw=b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"),
        whole,
    ]
    asked: list[bytes] = []

    def say(request: Asked) -> Said:
        asked.append(request.body)
        return answers[len(asked) - 1]

    with serving(say) as url:
        assert HttpTransport(url).enrol(state(journal.me.key, ENROLMENT, {"v": 1})) == answer

    assert asked == [asked[0]] * 3


@pytest.mark.parametrize("body", [b"", b"{}", b'{"root":"x"}', b"<html>"])
def test_an_enrolment_answer_of_another_shape_is_not_the_province(body: bytes) -> None:
    statement = state(Ed25519PrivateKey.generate(), ENROLMENT, {"v": 1})

    said = Said(201, {"Content-Type": "application/json"}, body)
    with serving(lambda _: said) as url, pytest.raises(NotTheProvince):
        HttpTransport(url).enrol(statement)


@pytest.mark.parametrize("days", [-30, 30], ids=["it ended", "it begins later"])
def test_a_certificate_that_only_a_date_speaks_against_is_said_as_the_clocks_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    """Whether the computer's clock is ahead or behind, the certificate of a trusted server looks like this to it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "stranger.pem"))

    with tls_of_a_stranger(tmp_path, days) as (url, heard), pytest.raises(ClockWrong) as caught:
        HttpTransport(url).exchange(b"secret")

    assert caught.value.offset is None
    assert b"secret" not in b"".join(heard)


@contextmanager
def tls_of_a_stranger(folder: Path, days: int = 0) -> Iterator[tuple[str, list[bytes]]]:
    """A TLS server with a certificate of its own for two days around today, or so many days off; what it could read."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "stranger.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    heard: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                with context.wrap_socket(connection, server_side=True) as secured:
                    heard.append(secured.recv(65536))
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}", heard
        thread.join(10)
