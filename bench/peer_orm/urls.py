"""The peer's one address."""

from django.urls import path

from bench.peer_orm.views import payment

urlpatterns = [path("baskets/<int:basket_id>/payment", payment)]
