"""Which contacts somebody listens to: drawn by their own number, so that nobody chooses them and each draw can be made again. Pure."""

from __future__ import annotations

from hashlib import blake2b


def drawn(ref: str, one_in: int) -> bool:
    """Whether a contact is one of those that are listened to: about one in so many, whoever took it and whatever it was about."""
    number = int.from_bytes(blake2b(ref.encode(), digest_size=8).digest(), "big")
    return number % max(one_in, 1) == 0
