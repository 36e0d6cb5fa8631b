"""Where the gateway is plugged in: settings name a function, so that nothing above or below imports an adapter."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.foundation.notices.contracts import Report
from onehall.foundation.notices.ports import Gateway


def gateway() -> Gateway | None:
    """The gateway, or None where no address of one is configured: then notices wait, and the late ones are dropped."""
    plug = cast(Callable[[str, str], Gateway], import_string(settings.PLUGS["sms"]))
    return plug(settings.SMS_GATEWAY, settings.SMS_KEY) if settings.SMS_GATEWAY else None


def reports(content: bytes, signature: str) -> tuple[Report, ...]:
    """What the gateway reports. ReportUnsigned, also where no key is configured; ReportUnreadable."""
    read = cast(Callable[[bytes, str, str], tuple[Report, ...]], import_string(settings.PLUGS["sms_reports"]))
    return read(content, signature, settings.SMS_KEY)
