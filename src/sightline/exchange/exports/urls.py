"""Where exports are."""

from django.urls import path

from sightline.exchange.exports import views

urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("exports/new/", views.ask, name="export-ask"),
    path("exports/<slug:number>/", views.export, name="export"),
    path("exports/<slug:number>/file/", views.file, name="export-file"),
]
