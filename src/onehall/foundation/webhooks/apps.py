from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "onehall.foundation.webhooks"
    label = "webhooks"
