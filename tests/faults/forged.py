"""Parcels made by hand: sealed and signed as they should be, around whatever one likes."""

import struct
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sync.protocol import canonical
from sync.protocol.certificates import province_of
from sync.protocol.exchange import Up, carry, write_lines
from sync.protocol.instant import write_instant
from sync.protocol.parcel import MAGIC, PARCEL, VERSION, ParcelHeader, read_outside
from sync.protocol.signing import public, sign
from sync.province import keys
from tests.faults.world import Machine, World


def payload(machine: Machine) -> bytes:
    """The whole journal, as the desk would say it."""
    up = Up(
        certificate=machine.journal.identity().certificate,
        software="test",
        tip=machine.journal.tip(),
        unsent=0,
        incarnation=None,
        cursor="",
        feed_limit=10,
    )
    with machine.store.open_reading() as memory:
        return write_lines(up, tuple(carry(entry) for entry in memory.journal.entries()))


def up(machine: Machine, frame: bytes) -> bytes:
    """From a desk, around a frame that it never compressed."""
    me = machine.journal.identity()
    header = ParcelHeader(
        id=uuid4(),
        kind="up",
        sender=public(me.key),
        reader=province_of(me.province, root=me.root).seal,
        sent=write_instant(machine.clock()),
        dictionary=0,
    )
    return _packed(header, frame, me.key)


def down(world: World, machine: Machine, asked: bytes, frame: bytes) -> bytes:
    """From whoever stole the province's key, in answer to a parcel of the desk."""
    with world.database.reading() as work:
        in_force = keys.in_force(work)
    header = ParcelHeader(
        id=uuid4(),
        kind="down",
        sender=in_force.said.key,
        reader=machine.journal.identity().seal.public_key().public_bytes_raw().hex(),
        sent=write_instant(world.now),
        reply_to=read_outside(asked).header.id,
        dictionary=0,
    )
    return _packed(header, frame, in_force.signer)


def _packed(header: ParcelHeader, frame: bytes, signer: Ed25519PrivateKey) -> bytes:
    text = canonical.write(header).encode()
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    sealed = suite.encrypt(frame, X25519PublicKey.from_public_bytes(bytes.fromhex(header.reader)), text)
    signed = struct.pack(">8sBH", MAGIC, VERSION, len(text)) + text + struct.pack(">I", len(sealed)) + sealed
    return signed + sign(signer, PARCEL, signed)
