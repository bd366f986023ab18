"""Escalations of one person, the partnership's agenda, the counterparts, and the figures."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.escalation import views

_HERS = "person/<number:person>/escalations/"

urlpatterns = [
    path("escalations/", views.counterparts_page, name="counterparts"),
    path("escalations/agenda/", views.agenda_page, name="agenda"),
    path("escalations/agenda/<number:person>/<number:entry>/", views.from_agenda, name="agenda-open"),
    path("escalations/figures/", views.figures_page, name="escalation-figures"),
    path(_HERS + "new/", views.escalate, name="escalate"),
    path(_HERS + "<number:entry>/", views.one, name="escalation"),
    path(_HERS + "<number:entry>/higher/", views.higher, name="escalation-higher"),
    path(_HERS + "<number:entry>/settle/", views.settle, name="escalation-settle"),
]
