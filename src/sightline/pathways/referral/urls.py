"""Referral: referring, the partner's door, the hub's queue and one referral in it, and figures."""

from __future__ import annotations

from django.urls import path

from sightline.pathways.referral import views

urlpatterns = [
    path("refer/", views.refer_new, name="refer-new"),
    path("person/<number:person>/refer/", views.refer_person, name="refer"),
    path("door/", views.door, name="door"),
    path("door/sent/<number:entry>/", views.sent, name="door-sent"),
    path("door/asked/<number:entry>/", views.asked, name="door-asked"),
    path("hub/", views.queue, name="hub"),
    path("hub/flow/", views.flow_page, name="hub-flow"),
    path("hub/outcomes/", views.outcomes, name="hub-outcomes"),
    path("person/<number:person>/referrals/<number:entry>/", views.referral, name="referral"),
    path("person/<number:person>/referrals/<number:entry>/decide/", views.decide_page, name="referral-decide"),
    path("person/<number:person>/referrals/<number:entry>/ask/", views.ask_page, name="referral-ask"),
    path("person/<number:person>/referrals/<number:entry>/step/", views.step, name="referral-step"),
    path("person/<number:person>/school/", views.school, name="tell-school"),
]
