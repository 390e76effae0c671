"""Row ids that sort by the time they were made."""

import secrets
import time
import uuid


def uuid7(at_ms: int | None = None) -> str:
    """Return a new UUIDv7 as a 36-character string, for `at_ms` (Unix milliseconds) or for now (RFC 9562, 5.7)."""
    moment = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    value = (moment & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
