"""The concern form, and the page of the child's own voice."""

from __future__ import annotations

from django.urls import path

from sightline.pathways.concern import views

urlpatterns = [
    path("person/<number:person>/concern/", views.start, name="concern-start"),
    path("concern/drafts/", views.drafts, name="concern-drafts"),
    path("concern/<slug:token>/", views.fill, name="concern-fill"),
    path("person/<number:person>/concerns/<number:form>/", views.form, name="concern-form"),
    path("person/<number:person>/concerns/<number:form>/review/", views.review, name="concern-review"),
    path("person/<number:person>/voice/", views.voice, name="voice"),
    path("person/<number:person>/voice/heard/", views.heard, name="voice-heard"),
    path("person/<number:person>/voice/told/", views.told, name="voice-told"),
    path("person/<number:person>/voice/met/", views.met, name="voice-met"),
    path("person/<number:person>/voice/trusted/", views.trusted, name="voice-trusted"),
]
