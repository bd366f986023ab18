"""Signed checkpoints: how large the tree was and its root, as a signed note that tools for transparency logs read.

Format: C2SP tlog-checkpoint and signed-note, signed with Ed25519 (RFC 8032). The key lies outside the database.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sightline.kernel.errors import Refused

ORIGIN = "sightline/access-log"
_ED25519 = b"\x01"


@dataclass(frozen=True)
class Checkpoint:
    """The tree at a moment: `size` leaves, the root's 32 bytes, and when it was signed.

    `running`: the transactions that had not ended, whose lines nobody could see yet, and last the number from which on none had; None in a
    note from before this was said.
    `seen`: the SHA-256 of the file of lines that wait for one of those to end and were handed over before their turn; empty where none do.
    """

    size: int
    root: bytes
    at: datetime
    running: tuple[int, ...] | None = None
    seen: str = ""

    def text(self) -> str:
        """What is signed."""
        at = self.at.astimezone(UTC).isoformat(timespec="seconds")
        said = f"{ORIGIN}\n{self.size}\n{base64.b64encode(self.root).decode()}\nat {at}\n"
        if self.running is not None:
            said += f"running {','.join(map(str, self.running))}\n"
        return said + (f"seen {self.seen}\n" if self.seen else "")

    def ran(self, transaction: int) -> bool:
        """Whether a transaction had not ended, as far as the note says."""
        held = self.running or ()
        return transaction in held or (bool(held) and transaction >= held[-1])


def _key_id(public: bytes) -> bytes:
    return hashlib.sha256(ORIGIN.encode() + b"\n" + _ED25519 + public).digest()[:4]


@dataclass(frozen=True)
class Signer:
    """The private half of the log's key."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The public half: 32 bytes."""
        return self.key.public_key().public_bytes_raw()

    def verifier_line(self) -> str:
        """The public half as signed notes give it: name, key id and key in one line."""
        return f"{ORIGIN}+{_key_id(self.public).hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    def sign(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a signed note."""
        text = checkpoint.text()
        signature = base64.b64encode(_key_id(self.public) + self.key.sign(text.encode())).decode()
        return f"{text}\n— {ORIGIN} {signature}\n"


def signer_at(path: Path) -> Signer:
    """The key in a file that only its owner may read, made at the first asking. Raises Refused for a file that holds no key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "wb") as file:
            file.write(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()) + b"\n")
    try:
        return Signer(Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_bytes(), validate=False)))
    except (ValueError, binascii.Error) as error:
        raise Refused(f"{path.name} holds no signing key for the access log.") from error


def public_key(line: str) -> Ed25519PublicKey:
    """The key in a verifier's line. Raises Refused for a line that is none."""
    try:
        name, key_id, coded = line.strip().split("+", 2)
        kind_and_key = base64.b64decode(coded, validate=True)
        if name != ORIGIN or kind_and_key[:1] != _ED25519 or bytes.fromhex(key_id) != _key_id(kind_and_key[1:]):
            raise ValueError(name)
        return Ed25519PublicKey.from_public_bytes(kind_and_key[1:])
    except (ValueError, binascii.Error) as error:
        raise Refused("That is not the public key of a Sightline access log.") from error


def fingerprint(key: Ed25519PublicKey) -> str:
    """A key's digest, short enough to be compared with what is on paper."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def read(note: str, key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint in a signed note. Raises ValueError, saying what is wrong, where it is malformed or not signed by this key."""
    text, _, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != ORIGIN or not lines[1].isdigit() or not lines[3].startswith("at "):
        raise ValueError("is no checkpoint of this log")
    wanted = _key_id(key.public_bytes_raw())
    for line in signatures.splitlines():
        try:
            signature = base64.b64decode(line.removeprefix(f"— {ORIGIN} "), validate=True)
        except binascii.Error:
            continue
        if signature[:4] == wanted:
            try:
                key.verify(signature[4:], f"{text}\n".encode())
            except InvalidSignature:
                break
            return _said(lines)
    raise ValueError("bears no signature of this log's key")


def _said(lines: list[str]) -> Checkpoint:
    more = dict(line.split(" ", 1) for line in lines[4:] if " " in line)
    running = tuple(int(n) for n in more["running"].split(",")) if "running" in more else None
    at = datetime.fromisoformat(lines[3].removeprefix("at "))
    return Checkpoint(int(lines[1]), base64.b64decode(lines[2]), at, running, more.get("seen", ""))
