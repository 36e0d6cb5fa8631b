"""Addresses of the portal."""

from django.urls import path

from onehall.entrances.portal.account import views as account

urlpatterns = [
    path("my/", account.home),
    path("my/sign-in", account.sign_in),
    path("my/sign-out", account.sign_out),
    path("my/password", account.password),
    path("my/telephone", account.telephone),
]
