"""Addresses of the session pages."""

from django.urls import path

from onehall.entrances.public.session import views

urlpatterns = [
    path("", views.home),
    path("sign-in", views.sign_in_page),
    path("sign-out", views.sign_out_now),
    path("account/password", views.password),
    path("preferences", views.preferences),
]
