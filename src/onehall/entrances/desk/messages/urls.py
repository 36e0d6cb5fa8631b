"""Addresses of messages that somebody has to tell."""

from django.urls import path

from onehall.entrances.desk.messages import views

urlpatterns = [
    path("desk/messages/<int:notice_id>", views.one),
    path("desk/messages/<int:notice_id>/number", views.number),
    path("desk/messages/<int:notice_id>/telling", views.tell),
]
