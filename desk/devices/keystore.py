"""Where the key of the store is kept, so that a stolen disk is of no use.

    MachineKeystore      the operating system's: DPAPI on Windows, the Secret Service elsewhere
    PassphraseKeystore   where there is none: Argon2id (RFC 9106) over a passphrase, ChaCha20-Poly1305 around the key
    PlainKeystore        for the demo's throw-away home only, and the file says so

Each raises typed errors and never makes a new key where a store or an older key already lies.
"""

import secrets
import sys
import unicodedata
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desk.devices.keyfile import KEY_BYTES, KeyFile, read_hex
from desk.domain.errors import KeyDamaged, NoKeystore, WrongPassphrase

if sys.platform == "win32":
    from desk.devices import dpapi
else:
    from desk.devices import secret_service


class Keystore(Protocol):
    """The keeper of one home's key: 32 raw bytes."""

    def create(self) -> bytes:
        """A new random key, kept. Raises StoreKeyMissing where it must not be, NoKeystore."""
        ...

    def keep(self, key: bytes) -> None:
        """Keep the key of a store that was brought here. Raises what `create` raises."""
        ...

    def open(self) -> bytes:
        """The key. Raises StoreKeyMissing, KeyDamaged, WrongPassphrase, NoKeystore."""
        ...


def make_key(home: Path, *, passphrase: str | None = None, plain: bool = False) -> bytes:
    """A key for a new store: behind the passphrase if there is one, openly if `plain`, else in the machine's keystore.

    Raises StoreKeyMissing where a store or a key is already, NoKeystore.
    """
    return pick_keystore(home, passphrase=passphrase, throw_away=plain).create()


def open_key(home: Path, *, passphrase: str | None = None) -> bytes:
    """The key of the store that is there. Raises StoreKeyMissing, KeyDamaged, WrongPassphrase, NoKeystore."""
    return pick_keystore(home, passphrase=passphrase).open()


def pick_keystore(home: Path, *, passphrase: str | None = None, throw_away: bool = False) -> Keystore:
    """The keystore that wrote this home's key, or else the safest there is for a new one.

    Raises KeyDamaged for a key of a kind this program or computer does not know, WrongPassphrase where one is needed
    and none is given.
    """
    file = KeyFile(home)
    if file.exists():
        return _keystore_of(file, passphrase)
    if throw_away:
        return PlainKeystore(file)
    return MachineKeystore(file) if passphrase is None else PassphraseKeystore(file, passphrase)


def _keystore_of(file: KeyFile, passphrase: str | None) -> Keystore:
    match file.read().filled("kind", most=40):
        case PlainKeystore.KIND:
            return PlainKeystore(file)
        case PassphraseKeystore.KIND:
            if passphrase is None:
                raise WrongPassphrase
            return PassphraseKeystore(file, passphrase)
        case MachineKeystore.KIND:
            return MachineKeystore(file)
    raise KeyDamaged


class PlainKeystore:
    """The key lies open beside the store. For homes that are thrown away."""

    KIND = "plain"

    def __init__(self, file: KeyFile) -> None:
        self._file = file

    def create(self) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        self.keep(key)
        return key

    def keep(self, key: bytes) -> None:
        self._file.write(self.KIND, {"plain": True, "key": key.hex()})

    def open(self) -> bytes:
        return read_hex(self._file.read(), "key", least=KEY_BYTES, most=KEY_BYTES)


class PassphraseKeystore:
    """The key wrapped by a passphrase. Parameters stand in the file, so that later ones can be stronger.

    A wrong passphrase and a changed file look alike, and both are said to be a wrong passphrase.
    """

    KIND = "passphrase"
    # RFC 9106, section 4, second recommended option: 64 MiB, three passes, four lanes. A third of a second on an
    # office PC that has 4 GB in all.
    ITERATIONS, LANES, MEMORY_KIB = 3, 4, 64 * 1024
    _SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 12, 16

    def __init__(self, file: KeyFile, passphrase: str) -> None:
        self._file = file
        self._passphrase = unicodedata.normalize("NFC", passphrase).encode()

    def create(self) -> bytes:
        """Raises WrongPassphrase for an empty one, too."""
        key = secrets.token_bytes(KEY_BYTES)
        self.keep(key)
        return key

    def keep(self, key: bytes) -> None:
        """Raises WrongPassphrase for an empty one, too."""
        if not self._passphrase.strip():
            raise WrongPassphrase
        salt, nonce = secrets.token_bytes(self._SALT_BYTES), secrets.token_bytes(self._NONCE_BYTES)
        wrapping = self._derive(salt, self.ITERATIONS, self.LANES, self.MEMORY_KIB)
        content: dict[str, object] = {
            "kdf": {
                "name": "argon2id",
                "salt": salt.hex(),
                "iterations": self.ITERATIONS,
                "lanes": self.LANES,
                "memory_kib": self.MEMORY_KIB,
            },
            "cipher": "chacha20poly1305",
            "nonce": nonce.hex(),
            "wrapped": wrapping.encrypt(nonce, key, self.KIND.encode()).hex(),
        }
        self._file.write(self.KIND, content)

    def open(self) -> bytes:
        content = self._file.read()
        kdf = content.inner("kdf")
        if kdf.filled("name", most=20) != "argon2id" or content.filled("cipher", most=20) != "chacha20poly1305":
            raise KeyDamaged
        salt = read_hex(kdf, "salt", least=self._SALT_BYTES, most=64)
        nonce = read_hex(content, "nonce", least=self._NONCE_BYTES, most=self._NONCE_BYTES)
        length = KEY_BYTES + self._TAG_BYTES
        wrapped = read_hex(content, "wrapped", least=length, most=length)
        lanes = kdf.whole("lanes", least=1, most=16)
        wrapping = self._derive(
            salt,
            kdf.whole("iterations", least=1, most=20),
            lanes,
            kdf.whole("memory_kib", least=8 * lanes, most=1024 * 1024),
        )
        try:
            return wrapping.decrypt(nonce, wrapped, self.KIND.encode())
        except InvalidTag as error:
            raise WrongPassphrase from error

    def _derive(self, salt: bytes, iterations: int, lanes: int, memory_kib: int) -> ChaCha20Poly1305:
        argon = Argon2id(salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory_kib)
        return ChaCha20Poly1305(argon.derive(self._passphrase))


if sys.platform == "win32":

    class MachineKeystore:
        """The key wrapped by Windows for this machine."""

        KIND = "dpapi"

        def __init__(self, file: KeyFile) -> None:
            self._file = file

        def create(self) -> bytes:
            key = secrets.token_bytes(KEY_BYTES)
            self.keep(key)
            return key

        def keep(self, key: bytes) -> None:
            try:
                wrapped = dpapi.protect(key)
            except OSError as error:
                raise NoKeystore from error
            self._file.write(self.KIND, {"wrapped": wrapped.hex()})

        def open(self) -> bytes:
            wrapped = read_hex(self._file.read(), "wrapped", least=1, most=16 * 1024)
            try:
                key = dpapi.unprotect(wrapped)
            except OSError as error:
                raise KeyDamaged from error
            if len(key) != KEY_BYTES:
                raise KeyDamaged
            return key

else:

    class MachineKeystore:
        """The key kept by the Secret Service (GNOME Keyring, KWallet, KeePassXC); the file holds its name there."""

        KIND = "secret-service"

        def __init__(self, file: KeyFile) -> None:
            self._file = file

        def create(self) -> bytes:
            key = secrets.token_bytes(KEY_BYTES)
            self.keep(key)
            return key

        def keep(self, key: bytes) -> None:
            """The service first: where there is none, nothing must be left behind that says otherwise."""
            name = str(uuid4())
            self._file.check_free()
            secret_service.keep(name, key)
            self._file.write(self.KIND, {"name": name})

        def open(self) -> bytes:
            name = self._file.read().filled("name", most=64)
            key = secret_service.fetch(name)
            if len(key) != KEY_BYTES:
                raise KeyDamaged
            return key
