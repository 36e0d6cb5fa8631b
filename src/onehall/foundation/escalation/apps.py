from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "onehall.foundation.escalation"
    label = "escalation"
