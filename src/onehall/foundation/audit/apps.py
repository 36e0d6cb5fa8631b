from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "onehall.foundation.audit"
    label = "audit"
