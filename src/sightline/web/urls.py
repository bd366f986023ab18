"""Root urls: the pages here, and each slice's own by discovery."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter

from sightline.kernel.discovery import modules
from sightline.ui.asking import LARGEST
from sightline.web import (
    access_pages,
    as_held,
    bulk,
    correcting,
    deciding,
    duty,
    glass,
    grading,
    network,
    parted,
    views,
    work,
    worklists,
)


class Number(IntConverter):
    """A number the database can hold; anything else is an address that does not exist."""

    regex = "-?[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """Raises ValueError, which Django answers with not found."""
        number = int(value)
        if abs(number) > LARGEST:
            raise ValueError
        return number


register_converter(Number, "number")

urlpatterns = [
    path("", views.home, name="home"),
    path("first-contact/", views.ask, name="first-contact"),
    path("first-contact/<slug:token>/", views.answer, name="answer"),
    path("first-contact/<slug:token>/none-of-these/", views.none_of_these, name="none-of-these"),
    path("person/<number:person>/", views.person, name="person"),
    path("person/<number:person>/looked/", views.looked, name="looked"),
    path("person/<number:person>/records/", views.records, name="records"),
    path("person/<number:person>/records/same/", deciding.same, name="same"),
    path("person/<number:person>/records/apart/", deciding.apart, name="apart"),
    path("person/<number:person>/records/proposed/<number:proposal>/", deciding.proposed, name="proposed"),
    path("person/<number:person>/grades/", grading.grades, name="grades"),
    path("person/<number:person>/grades/<number:entry>/", grading.grade, name="grade"),
    path("person/<number:person>/network/", network.network, name="network"),
    path("person/<number:person>/entries/<number:entry>/correct/", correcting.correct_entry, name="correct"),
    path("person/<number:person>/entries/<number:entry>/held/", as_held.then, name="as-held"),
    path("address/<number:premises>/", views.address, name="address"),
    path("alerts/", worklists.alerts, name="alerts"),
    path("alerts/<number:alert>/", worklists.alert, name="alert"),
    path("alerts/<number:alert>/answer/", worklists.answer_alert, name="alert-answer"),
    path("work/", work.work, name="work"),
    path("work/several/", bulk.several, name="work-several"),
    path("duty/", duty.duty, name="duty"),
    path("rules/", worklists.rules, name="rules"),
    path("limits/", worklists.limits, name="limits"),
    path("limits/<str:name>/", worklists.limit, name="limit"),
    path("break-glass/", glass.emergency, name="emergency"),
    path("break-glass/<slug:token>/", glass.confirm, name="emergency-confirm"),
    path("access/mine/", access_pages.mine, name="access-mine"),
    path("access/users/<number:user>/", access_pages.user, name="access-user"),
    path("access/review/", access_pages.looks, name="access-review"),
    path("access/review/<number:look>/", access_pages.look, name="access-look"),
    path("access/emergencies/", access_pages.openings, name="emergencies"),
    path("access/emergencies/<number:opening>/", access_pages.opening, name="emergency-review"),
    path("access/parted/", parted.partings_page, name="partings"),
    path("access/parted/<number:parting>/", parted.parting, name="parting"),
    path("access/conflicts/", access_pages.conflicts, name="access-conflicts"),
    path("", include("sightline.access.urls")),
    *(path("", include(module)) for module in modules("urls")),
]
handler400 = "sightline.web.failures.bad_request"
handler403 = "sightline.web.failures.refused"
handler404 = "sightline.web.failures.not_found"
handler500 = "sightline.web.failures.broken"
