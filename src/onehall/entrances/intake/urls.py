"""Addresses to which machines push."""

from django.urls import path

from onehall.entrances.intake import messages

urlpatterns = [
    path("intake/message-reports", messages.reports),
]
