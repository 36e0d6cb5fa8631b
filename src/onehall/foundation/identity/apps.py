from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "onehall.foundation.identity"
    label = "identity"
