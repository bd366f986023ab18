"""Strategy discussions, section 47 enquiries, and the agreed procedure."""

from __future__ import annotations

from django.urls import path

from sightline.pathways.enquiry import views

_CHILD = "person/<number:person>/enquiry/"
_DISCUSSION = _CHILD + "discussions/<number:entry>/"
_ENQUIRY = _CHILD + "enquiries/<number:entry>/"

urlpatterns = [
    path("procedure/", views.procedure, name="procedure"),
    path(_CHILD, views.courses, name="enquiry"),
    path(_CHILD + "ask/", views.ask, name="strategy-ask"),
    path(_CHILD + "none/", views.decline, name="strategy-none"),
    path(_CHILD + "call/", views.call, name="strategy-call-new"),
    path(_CHILD + "hold/", views.hold, name="strategy-hold-new"),
    path(_CHILD + "start/", views.start, name="enquiry-start"),
    path(_DISCUSSION, views.discussion, name="strategy"),
    path(_DISCUSSION + "none/", views.decline, name="strategy-decline"),
    path(_DISCUSSION + "call/", views.call, name="strategy-call"),
    path(_DISCUSSION + "hold/", views.hold, name="strategy-hold"),
    path(_DISCUSSION + "health/", views.health, name="strategy-health"),
    path(_DISCUSSION + "actions/", views.action, name="strategy-action"),
    path(_DISCUSSION + "actions/<number:action>/", views.end_action, name="strategy-action-end"),
    path(_DISCUSSION + "review/", views.review, name="strategy-review"),
    path(_DISCUSSION + "close/", views.close, name="strategy-close"),
    path(_ENQUIRY, views.enquiry, name="enquiry-run"),
    path(_ENQUIRY + "complete/", views.complete, name="enquiry-complete"),
    path(_ENQUIRY + "return/", views.decide_return, name="enquiry-return"),
]
