"""Addresses of todos and enquiries."""

from django.urls import path

from onehall.entrances.desk.todos import views

urlpatterns = [
    path("desk/todos/", views.todo_list),
    path("desk/enquiries/", views.enquiries),
    path("desk/enquiries/<int:enquiry_id>", views.enquiry),
    path("desk/enquiries/<int:enquiry_id>/offer", views.offer),
    path("desk/enquiries/<int:enquiry_id>/receipt", views.receive),
    path("desk/enquiries/<int:enquiry_id>/answer", views.answer),
    path("desk/enquiries/<int:enquiry_id>/closing", views.close),
]
