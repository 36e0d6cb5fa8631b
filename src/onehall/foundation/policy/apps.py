from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "onehall.foundation.policy"
    label = "policy"
