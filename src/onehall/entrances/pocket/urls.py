"""Addresses of the pocket."""

from django.urls import path

from onehall.entrances.pocket.jobs import views as jobs

urlpatterns = [
    path("pocket/", jobs.today),
    path("pocket/jobs/<int:work_order>", jobs.job),
    path("pocket/jobs/<int:work_order>/network", jobs.network),
    path("pocket/jobs/<int:work_order>/number", jobs.number),
    path("pocket/jobs/<int:work_order>/visit", jobs.visit),
    path("pocket/jobs/<int:work_order>/line-test", jobs.line_test),
    path("pocket/jobs/<int:work_order>/finish", jobs.finish),
    path("pocket/jobs/<int:work_order>/abandonment", jobs.abandonment),
]
