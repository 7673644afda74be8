"""Check a desk's journal without any program of ours: Python 3.11 and its standard library are enough.

    desk journal --json > journal.jsonl
    python3 verify_journal.py journal.jsonl [ROOT]        or straight: desk journal --json | python3 verify_journal.py

ROOT is the province's root key in hexadecimal, got from the province and not from the file; without it the file is
only shown to agree with the root it names itself. Prints what was proven; exit code 0 only if everything holds.

The file. Line 1 says who speaks: {"desk", "root", "province", "certificates"}. Each further line is an entry:
{"head", "body", "salt", "hash", "signature"}, head and body being texts, the rest hexadecimal or null.

    hash        SHA-256 of the head's bytes. It is the entry's name, and "previous" in the next head: the chain.
    commitment  (in the head) HMAC-SHA-256 of the body's bytes, keyed with the salt. Once body and salt are erased the
                commitment gives nothing away, and the chain still holds. A "bodies_erased" entry names each of them.
    signature   Ed25519 by the desk, on the last entry of each deed; through the chain it vouches for all before it.
    certificates  the desk's keys by epoch, signed by the province, whose key the root signed. An epoch that began out
                of the province's reach may have none yet: it is signed with the key of the one before.

What is signed is never the bare text but b"DSSEv1 <length of kind> <kind> <length of text> <text>", so that a
signature over one kind of thing can never be shown as one over another.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path

HEAD, DESK = "commune-desk/head/1", "commune-desk/desk-certificate/1"
PROVINCE = "commune-desk/province-certificate/1"
BEGINNING = "0" * 64  # what the very first head names as the one before it

# Ed25519 as RFC 8032, section 5.1, describes it. A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def decode(data):
    """The point of 32 bytes: y, and in the last bit the sign of x. ValueError for what is none."""
    sign, y = data[31] >> 7, int.from_bytes(data, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise ValueError("not a point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = decode(bytes([0x58]) + bytes([0x66]) * 31)


def signed(kind, text, key, signature):
    """Did the holder of `key` sign this text as this kind? The equation: S·B = R + SHA-512(R, A, message)·A."""
    text = text.encode()
    message = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(text), text)
    try:
        key, signature = bytes.fromhex(key), bytes.fromhex(signature)
        public, r, s = decode(key), decode(signature[:32]), int.from_bytes(signature[32:], "little")
    except (ValueError, IndexError):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, public))
    same = (left[0] * right[2] - right[0] * left[2]) % P == (left[1] * right[2] - right[1] * left[2]) % P == 0
    return len(key) == 32 and len(signature) == 64 and s < ORDER and same


def vouched(statement, kind, key):
    """The content of a signed statement, once `key` is shown to have signed it; otherwise None."""
    text = statement["payload"]
    good = (statement["kind"], statement["key"]) == (kind, key) and signed(kind, text, key, statement["signature"])
    return json.loads(text) if good else None


def desk_keys(who, root, say):
    """The key of each epoch. From the root to the province to the desk, each vouches for the next."""
    say(root in (None, who["root"]), f"desk {who['desk']}, root {who['root']}")
    province = vouched(who["province"], PROVINCE, who["root"])
    say(province, "the root vouches for the province's key")
    keys, latest = {}, who["certificates"][-1]
    for certificate in who["certificates"]:
        # An older epoch's certificate may be from a former key of the province: then it is the chain, which the
        # latest epoch continues and signs, that vouches for it.
        known = vouched(certificate, DESK, province["key"]) if province else None
        desk = known or json.loads(certificate["payload"])
        say(
            desk["desk"] == who["desk"] and (known or certificate is not latest),
            f"certificate of epoch {desk['epoch']}",
        )
        keys[desk["epoch"]] = desk["key"]
    return keys


def walk(desk, keys, lines, say):
    """Entry by entry along the chain."""
    names, missing, erased, signatures, last_signed = {}, {}, {}, 0, False
    epoch, seq, previous = 1, 0, BEGINNING
    for line in lines:
        entry = json.loads(line)
        head, body, signature = json.loads(entry["head"]), entry["body"], entry["signature"]
        place, name = (head["epoch"], head["seq"]), hashlib.sha256(entry["head"].encode()).hexdigest()
        if head["epoch"] != epoch:  # a restored desk goes on behind a head it names, in an epoch of its own
            parent = json.loads(body)["parent"]
            known = head["epoch"] > epoch and names.get((parent["epoch"], parent["seq"])) == parent["hash"]
            say(known, f"epoch {head['epoch']} continues {parent['epoch']}/{parent['seq']}")
            epoch, seq, previous = head["epoch"], 0, parent["hash"]
        if (head["desk"], head["seq"], head["previous"]) != (desk, seq + 1, previous) or name != entry["hash"]:
            say(False, f"{place}: does not follow the entry before it")
        if body is None or entry["salt"] is None:
            missing[place] = name, head["commitment"]
        elif hmac.digest(bytes.fromhex(entry["salt"]), body.encode(), "sha256").hex() != head["commitment"]:
            say(False, f"{place}: the body is not the one that was written")
        elif head["kind"] == "bodies_erased":
            for one in json.loads(body)["erased"]:
                erased[one["epoch"], one["seq"]] = one["hash"], one["commitment"]
        key = keys[max((known for known in keys if known <= epoch), default=min(keys))]  # the epoch's, or the last one
        if signature and not signed(HEAD, entry["head"], key, signature):
            say(False, f"{place}: not signed by this desk")
        signatures, last_signed = signatures + bool(signature), bool(signature)
        names[place], seq, previous = name, head["seq"], name
    say(last_signed, f"{len(names)} entries in one chain, the last signed; {signatures} signatures")
    say(missing == erased, f"{len(missing)} bodies erased, each named by an erasing entry")


def main(path="-", root=None):
    faults = []

    def say(good, sentence):
        print("ok   " if good else "FAULT", sentence)
        faults.extend([] if good else [sentence])

    sys.stdin.reconfigure(encoding="utf-8")
    with sys.stdin if path == "-" else Path(path).open(encoding="utf-8") as lines:
        who = json.loads(next(lines))
        walk(who["desk"], desk_keys(who, root, say), lines, say)
    print("The journal is NOT proven." if faults else "The journal is whole.")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) > 3 or (len(sys.argv) == 1 and sys.stdin.isatty()):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
