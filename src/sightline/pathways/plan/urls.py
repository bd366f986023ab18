"""Where conferences, plans and the lists about them are."""

from __future__ import annotations

from django.urls import path

from sightline.pathways.plan import views

urlpatterns = [
    path("plans/without/", views.without, name="plans-without"),
    path("plans/contributions/", views.given, name="plans-contributions"),
    path("person/<number:person>/plan/begin/<slug:what>/", views.begin, name="plan-begin"),
    path("person/<number:person>/conference/<slug:run>/", views.conference, name="conference"),
    path("person/<number:person>/conference/<slug:run>/pack/", views.papers, name="conference-pack"),
    path("person/<number:person>/conference/<slug:run>/pack/paper/", views.paper, name="conference-paper"),
    path("person/<number:person>/conference/<slug:run>/police-report/", views.police, name="police-report"),
    path(
        "person/<number:person>/conference/<slug:run>/<slug:what>/",
        views.step,
        {"course": "conference"},
        name="conference-step",
    ),
    path("person/<number:person>/plan/<slug:run>/", views.plan, name="plan"),
    path("person/<number:person>/plan/<slug:run>/family/", views.family, name="plan-family"),
    path("person/<number:person>/plan/<slug:run>/<slug:what>/", views.step, {"course": "plan"}, name="plan-step"),
]
