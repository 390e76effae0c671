"""Notifications by the desktop's own means, chosen for the platform."""

from productify.notify.choose import notifier_for
from productify.notify.notifier import Notifier, NotifierUnavailableError

__all__ = ["Notifier", "NotifierUnavailableError", "notifier_for"]
