"""Policy catalogue."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PolicyConfig(AppConfig):
    """Every part's `policies.py` is imported at start, so that the catalogue is complete."""

    name = "onehall.foundation.policy"
    label = "policy"

    def ready(self) -> None:
        autodiscover_modules("policies")
