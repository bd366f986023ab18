"""Where sharing, redacted copies, safe addresses and agreements are."""

from django.urls import path

from sightline.exchange.sharing import copy_views, views

urlpatterns = [
    path("person/<number:person>/share/", views.to_whom, name="share"),
    path("person/<number:person>/share/why/", views.why, name="share-why"),
    path("person/<number:person>/share/what/", views.what, name="share-what"),
    path("person/<number:person>/share/check/", views.check, name="share-check"),
    path("person/<number:person>/shared/", views.shared, name="shared"),
    path("person/<number:person>/shared/<number:disclosure>/", views.given, name="given"),
    path("person/<number:person>/safe/", views.safe, name="safe"),
    path("person/<number:person>/reach/", views.reach, name="reach"),
    path("person/<number:person>/copies/", copy_views.copies, name="copies"),
    path("person/<number:person>/copies/<number:copy>/", copy_views.copy, name="copy"),
    path("person/<number:person>/copies/<number:copy>/review/", copy_views.review, name="copy-review"),
    path("person/<number:person>/copies/<number:copy>/release/", copy_views.let_go, name="copy-release"),
    path("agreements/", copy_views.agreements, name="agreements"),
    path("agreements/new/", copy_views.new_agreement, name="agreement-new"),
    path("agreements/<number:agreement>/end/", copy_views.end, name="agreement-end"),
]
