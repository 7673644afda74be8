"""The freedesktop Secret Service, and nothing else that `keyring` might find.

`keyring.get_keyring()` takes whatever is installed; with `keyrings.alt` beside it that is a plain file. So the one
backend is named here, and made by hand.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, cast

from desk.domain.errors import KeyDamaged, NoKeystore, StoreKeyMissing

_SERVICE = "commune-desk"


class _Keyring(Protocol):
    """What is used of keyring's backend, with its types."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def keep(name: str, key: bytes) -> None:
    """Raises NoKeystore."""
    with _answering() as keyring:
        keyring.set_password(_SERVICE, name, key.hex())


def fetch(name: str) -> bytes:
    """Raises StoreKeyMissing where the service knows no such key, KeyDamaged, NoKeystore."""
    with _answering() as keyring:
        kept = keyring.get_password(_SERVICE, name)
    if kept is None:
        raise StoreKeyMissing
    try:
        return bytes.fromhex(kept)
    except ValueError as error:
        raise KeyDamaged from error


@contextmanager
def _answering() -> Iterator[_Keyring]:
    """The service. Raises NoKeystore where none answers, or it stays locked."""
    # Only now: D-Bus costs 5 MB and 60 ms, which a desk behind a passphrase need not pay at every start.
    from keyring.backends import SecretService
    from keyring.errors import KeyringError
    from secretstorage.exceptions import SecretStorageException

    try:
        if SecretService.Keyring.priority <= 0:
            raise NoKeystore
        yield cast(_Keyring, SecretService.Keyring())  # type: ignore[no-untyped-call]
    except (RuntimeError, KeyringError, SecretStorageException, OSError) as error:
        raise NoKeystore from error
