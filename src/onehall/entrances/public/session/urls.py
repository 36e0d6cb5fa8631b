"""Addresses of the session pages."""

from django.urls import path

from onehall.entrances.public.session import second, security, views

urlpatterns = [
    path("", views.home),
    path("sign-in", views.sign_in_page),
    path("sign-out", views.sign_out_now),
    path("sign-in/second", second.second_step),
    path("account/password", views.password),
    path("account/security", security.page),
    path("account/security/devices", security.begin),
    path("account/security/devices/confirmation", security.confirm),
    path("account/security/devices/<int:factor_id>/revocation", security.revoke),
    path("account/security/codes", security.codes),
    path("account/security/sessions", security.others),
    path("preferences", views.preferences),
]
