"""Signing in and out, the second factor, and one's own password. Only these of the sign-in package's pages are open."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from sightline.access import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("accounts/sign-out/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/second-factor/", include("allauth.mfa.urls")),
    *(
        path(f"accounts/ask/{name}/", views.ask_administrator, name=name)
        for name in ("account_signup", "account_email", "account_reset_password", "account_set_password")
    ),
]
