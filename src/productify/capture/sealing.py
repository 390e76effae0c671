"""Encryption of pictures on the disk: AES-GCM with the device's key, each file bound to its name."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from productify.errors import KnownError
from productify.keys import fingerprint

_MAGIC = b"PPROSEAL"
_VERSION = 1
_NONCE = 12
_HEAD = len(_MAGIC) + 1 + 8
"""The magic, the version, and the fingerprint of the key."""


class Seal:
    """Seals and opens with one key of 32 bytes; a file is: head, nonce of 12 bytes, ciphertext with its tag."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._head = _MAGIC + bytes([_VERSION]) + bytes.fromhex(fingerprint(key))

    def seal(self, data: bytes, name: str) -> bytes:
        """Return `data` encrypted; it opens under the same `name` alone."""
        nonce = secrets.token_bytes(_NONCE)
        return self._head + nonce + self._cipher.encrypt(nonce, data, self._head + name.encode())

    def open(self, data: bytes, name: str) -> bytes:
        """Return what was sealed as `name`; raises KnownError where it was with another key, or is damaged."""
        head, nonce, sealed = data[:_HEAD], data[_HEAD : _HEAD + _NONCE], data[_HEAD + _NONCE :]
        if not head.startswith(_MAGIC) or len(nonce) < _NONCE:
            raise KnownError("This screenshot's file is damaged.")
        if head[len(_MAGIC)] != _VERSION:
            raise KnownError("This screenshot was encrypted by another version of Productify Pro.", "Update the app.")
        if head != self._head:
            raise KnownError(
                "This screenshot was encrypted with another key.", "It opens where the data folder it is from lies."
            )
        try:
            return self._cipher.decrypt(nonce, sealed, head + name.encode())
        except InvalidTag:
            raise KnownError("This screenshot's file is damaged, or not the one that was kept.") from None
