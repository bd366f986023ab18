"""Work that ends is kept with a reason; what of a team's ended is shown to whoever leads it, and handed again."""

from __future__ import annotations

from django.urls import path

from sightline.oversight.involvement import views

urlpatterns = [
    path("work/ended/", views.team, name="work-ended"),
    path("person/<number:person>/work/", views.keep, name="work-keep"),
    path("person/<number:person>/work/<number:post>/again/", views.again, name="work-again"),
]
