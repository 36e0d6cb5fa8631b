"""Addresses to which machines push."""

from django.urls import path

from onehall.entrances.intake import messages
from onehall.entrances.intake.charges import views as charges

urlpatterns = [
    path("intake/message-reports", messages.reports),
    path("intake/charges/<slug:provider>", charges.notice),
]
