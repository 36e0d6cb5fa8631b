from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "onehall.foundation.notices"
    label = "notices"
