from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "onehall.foundation.web"
    label = "web"
