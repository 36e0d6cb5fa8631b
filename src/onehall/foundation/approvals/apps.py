from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "onehall.foundation.approvals"
    label = "approvals"
