from django.apps import AppConfig


class TelemetryConfig(AppConfig):
    name = "onehall.foundation.telemetry"
    label = "telemetry"
