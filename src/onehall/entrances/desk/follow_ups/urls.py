"""Addresses of follow-up calls and of the archive."""

from django.urls import path

from onehall.entrances.desk.follow_ups import views

urlpatterns = [
    path("desk/follow-ups/", views.queue),
    path("desk/follow-ups/archived", views.archived),
    path("desk/follow-ups/<int:work_order>", views.case),
    path("desk/follow-ups/<int:work_order>/number", views.number),
    path("desk/follow-ups/<int:work_order>/calls", views.call),
    path("desk/follow-ups/<int:work_order>/archive", views.archive),
    path("desk/follow-ups/<int:work_order>/sheet", views.sheet),
]
