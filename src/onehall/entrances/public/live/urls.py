"""Address of the ticket; the stream itself is served by the process for live updates."""

from django.urls import path

from onehall.entrances.public.live import views

urlpatterns = [path("live-ticket", views.ticket)]
