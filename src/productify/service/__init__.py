"""The use cases: coroutines that take and return domain values; the only thing that window and command line call."""

from productify.service.notices import Notices
from productify.service.service import Service

__all__ = ["Notices", "Service"]
