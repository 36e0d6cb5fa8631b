from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "onehall.contexts.voice"
    label = "voice"
