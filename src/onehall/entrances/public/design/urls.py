"""Addresses of the gallery."""

from django.urls import path

from onehall.entrances.public.design import views

urlpatterns = [
    path("design/", views.gallery),
    path("design/search", views.search),
    path("design/refusal", views.refusal),
    path("design/<slug:surface>", views.surface),
]
