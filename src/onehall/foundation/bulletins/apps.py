from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "onehall.foundation.bulletins"
    label = "bulletins"
