"""Addresses of the portal."""

from django.urls import path

from onehall.entrances.portal.account import views as account
from onehall.entrances.portal.telephone import views as telephone

urlpatterns = [
    path("my/", account.home),
    path("my/sign-in", account.sign_in),
    path("my/sign-out", account.sign_out),
    path("my/password", account.password),
    path("my/telephone", telephone.telephone),
    path("my/telephone/calls", telephone.calls),
    path("my/recharges", telephone.ask),
    path("my/recharges/<int:charge_id>", telephone.show),
    path("my/recharges/<int:charge_id>/query", telephone.query),
    path("my/recharges/<int:charge_id>/cancellation", telephone.cancel),
]
