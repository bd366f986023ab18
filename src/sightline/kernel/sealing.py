"""Texts encrypted with a key of the installation: AES-256-GCM, a nonce of 12 bytes before what was encrypted."""

from __future__ import annotations

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def key_for(purpose: str, secret: str) -> bytes:
    """A key of 32 bytes for one purpose, by the installation's secret: what is kept for one is not read by the key of another."""
    return hashlib.blake2b(purpose.encode(), key=secret.encode()[:64], digest_size=32).digest()


def sealed(said: bytes, key: bytes, *, bound_to: bytes = b"") -> bytes:
    """Encrypted, and bound to where it stands: elsewhere it is not read."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, said, bound_to)


def unsealed(held: bytes, key: bytes, *, bound_to: bytes = b"") -> bytes | None:
    """What was encrypted; None where the key is another, or anything was changed."""
    try:
        return AESGCM(key).decrypt(held[:12], held[12:], bound_to)
    except (InvalidTag, ValueError):
        return None
