"""Addresses printed on papers: short, for ever."""

from django.urls import path

from onehall.entrances.public.verify import views

urlpatterns = [path("v/", views.ask), path("v/<slug:code>", views.paper)]
