"""First contact: opening one, its incident and steps, and two pages that are open to all."""

from __future__ import annotations

from django.urls import path

from sightline.pathways.contact import views

urlpatterns = [
    path("contacts/new/", views.new, name="contact-new"),
    path("person/<number:person>/contacts/<number:entry>/", views.contact, name="contact"),
    path("person/<number:person>/contacts/<number:entry>/door/", views.door, name="contact-door"),
    path("person/<number:person>/contacts/<number:entry>/<slug:step>/", views.step, name="contact-step"),
    path("contacts/unrecorded/", views.unrecorded_offences, name="contact-unrecorded"),
    path(
        "contacts/unrecorded/<number:person>/<number:entry>/", views.review_account_page, name="contact-review-account"
    ),
    path("contacts/quality/", views.quality, name="contact-quality"),
    path("raise-a-concern/", views.raise_a_concern, name="raise-a-concern"),
    path("tell-us/", views.young, name="tell-us"),
    path("tell-us/sent/", views.young_sent, name="tell-us-sent"),
]
