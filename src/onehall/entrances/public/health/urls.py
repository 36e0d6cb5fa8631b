"""Addresses of the probes."""

from django.urls import path

from onehall.entrances.public.health import views

urlpatterns = [path("healthz", views.alive), path("readyz", views.ready), path("metrics", views.metrics)]
