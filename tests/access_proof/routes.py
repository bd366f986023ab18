"""Every address of the house, what it is about and how it is called. A route that is not here fails a test, and so does one that is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS")
REASON = "Caller worried about a child she heard crying"


class About(StrEnum):
    """What an address is about."""

    OPEN = "open to all"
    SIGNED_IN = "whoever is signed in"
    SEARCH = "a search"
    PERSON = "a person"
    PLACE = "a place"
    ALERT = "an alert, and so whom it is about"
    USER = "somebody who signs in, and what they looked at"
    RULES = "the rules and limits, and so nobody"


@dataclass(frozen=True)
class Aim:
    """What a call is aimed at: one person, one place, what is searched for, and the search already asked."""

    person: int = 0
    premises: int = 0
    token: str = "nosuchsearch"
    asked: Mapping[str, str] | None = None
    key: str = ""
    alert: int = 987_654_321
    on_behalf_of: str = ""

    @property
    def terms(self) -> dict[str, str]:
        """What is typed into the search."""
        return dict(self.asked or {})


@dataclass(frozen=True)
class Route:
    """One pattern of the resolver. `path` takes the fields of an Aim; `body` says what a POST brings."""

    path: str
    about: About
    body: str = ""

    def at(self, aim: Aim) -> str:
        """The address, for an aim."""
        return "/" + self.path.format(person=aim.person, premises=aim.premises, token=aim.token, alert=aim.alert)

    def call(self, client: Client, method: str, aim: Aim) -> Any:
        """Ask once. PUT and DELETE bring what POST would."""
        sent = self._sent(aim) if method in ("POST", "PUT", "DELETE") else {}
        headers = {"Authorization": f"Bearer {aim.key}"} if aim.key else {}
        return client.generic(method, self.at(aim), headers=headers, **sent)

    def _sent(self, aim: Aim) -> dict[str, Any]:
        if self.body == "json":
            said = {"on_behalf_of": aim.on_behalf_of, "reason": REASON, **aim.terms}
            return {"data": json.dumps(said), "content_type": "application/json"}
        said = {"reason": REASON, **aim.terms} if self.body == "form" else {}
        pairs = "&".join(f"{k}={v.replace(' ', '+')}" for k, v in said.items())
        return {"data": pairs, "content_type": "application/x-www-form-urlencoded"}


_ACCOUNT = "accounts/"
_FACTOR = "accounts/second-factor/"
ROUTES: dict[str, Route] = {
    "": Route("", About.SIGNED_IN),
    "first-contact/": Route("first-contact/", About.SEARCH, "form"),
    "first-contact/<slug:token>/": Route("first-contact/{token}/", About.SEARCH),
    "first-contact/<slug:token>/none-of-these/": Route("first-contact/{token}/none-of-these/", About.SEARCH),
    "person/<number:person>/": Route("person/{person}/", About.PERSON),
    "person/<number:person>/looked/": Route("person/{person}/looked/", About.PERSON),
    "person/<number:person>/records/": Route("person/{person}/records/", About.PERSON),
    "person/<number:person>/records/same/": Route("person/{person}/records/same/", About.PERSON, "form"),
    "person/<number:person>/records/apart/": Route("person/{person}/records/apart/", About.PERSON, "form"),
    "person/<number:person>/grades/": Route("person/{person}/grades/", About.PERSON),
    "person/<number:person>/grades/<number:entry>/": Route("person/{person}/grades/1/", About.PERSON, "form"),
    "address/<number:premises>/": Route("address/{premises}/", About.PLACE),
    "alerts/": Route("alerts/", About.SIGNED_IN),
    "alerts/<number:alert>/": Route("alerts/{alert}/", About.ALERT),
    "alerts/<number:alert>/answer/": Route("alerts/{alert}/answer/", About.ALERT, "form"),
    "duty/": Route("duty/", About.SIGNED_IN, "form"),
    "rules/": Route("rules/", About.SIGNED_IN),
    "limits/": Route("limits/", About.SIGNED_IN),
    "limits/<str:name>/": Route("limits/attendance.immediate/", About.RULES, "form"),
    "break-glass/": Route("break-glass/", About.SIGNED_IN, "form"),
    "break-glass/<slug:token>/": Route("break-glass/{token}/", About.SEARCH, "form"),
    "access/mine/": Route("access/mine/", About.SIGNED_IN),
    "access/users/<number:user>/": Route("access/users/987654321/", About.USER),
    "access/review/": Route("access/review/", About.SIGNED_IN),
    "access/review/<number:look>/": Route("access/review/987654321/", About.USER, "form"),
    "access/emergencies/": Route("access/emergencies/", About.SIGNED_IN),
    "access/emergencies/<number:opening>/": Route("access/emergencies/987654321/", About.USER, "form"),
    "access/conflicts/": Route("access/conflicts/", About.SIGNED_IN, "form"),
    "sign-in/": Route("sign-in/", About.OPEN),
    "api/": Route("api/", About.OPEN),
    "api/openapi.json": Route("api/openapi.json", About.OPEN),
    "api/first-contact": Route("api/first-contact", About.SEARCH, "json"),
    **{
        _ACCOUNT + path: Route(_ACCOUNT + path, About.SIGNED_IN)
        for path in (
            *("sign-out/", "inactive/", "confirm/", "password/"),
            *("ask/account_signup/", "ask/account_email/", "ask/account_reset_password/", "ask/account_set_password/"),
        )
    },
    **{
        _FACTOR + path: Route(_FACTOR + path, About.SIGNED_IN)
        for path in (
            *("", "authenticate/", "reauthenticate/", "totp/activate/", "totp/deactivate/", "recovery-codes/"),
            *("recovery-codes/generate/", "recovery-codes/download/"),
        )
    },
}


def patterns(of: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every pattern that the resolver answers to, in whatever slice or package it is declared."""
    for held in (of or get_resolver()).url_patterns:
        whole = before + str(held.pattern)
        if isinstance(held, URLResolver):
            yield from patterns(held, whole)
        else:
            yield whole
