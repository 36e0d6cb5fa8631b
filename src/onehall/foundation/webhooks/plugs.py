"""Where the sender is plugged in. Setting: `PLUGS["webhook"]` names a function without arguments."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.foundation.webhooks.ports import Sender


def sender() -> Sender:
    """A sender of the plugged kind."""
    return cast(Callable[[], Sender], import_string(settings.PLUGS["webhook"]))()
