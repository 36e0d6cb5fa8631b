"""Addresses of returned sheets."""

from django.urls import path

from onehall.entrances.desk.returns import views

urlpatterns = [
    path("desk/returns/", views.waiting),
    path("desk/returns/<int:work_order>", views.sheet),
]
