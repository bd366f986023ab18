"""How an address of the house is called: what it is about, at whom it is aimed, and what a POST brings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.test import Client

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
    EXPORT = "a file of records, and whoever asked for it"
    RULES = "the rules and limits, and so nobody"


@dataclass(frozen=True)
class Aim:
    """What a call is aimed at: one person, one place, what is searched for, and the search already asked.

    `body`: the fields that a form is sent, where more than a reason; `address`: where a redirect led, in place of the route's own path.
    """

    person: int = 0
    premises: int = 0
    token: str = "nosuchsearch"
    asked: Mapping[str, str] | None = None
    key: str = ""
    alert: int = 987_654_321
    entry: int = 1
    action: int = 1
    user: int = 987_654_321
    look: int = 987_654_321
    opening: int = 987_654_321
    on_behalf_of: str = ""
    conference: str = "nosuchrun"
    plan: str = "nosuchrun"
    export: str = "NOSUCH23"
    parting: int = 987_654_321
    review: int = 987_654_321
    hold: int = 987_654_321
    disclosure: int = 987_654_321
    copy: int = 987_654_321
    proposal: int = 987_654_321
    restriction: int = 987_654_321
    appointment: int = 987_654_321
    agreement: int = 987_654_321
    body: Mapping[str, Any] | None = None
    address: str = ""

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
        return aim.address or "/" + self.path.format(**vars(aim))

    def call(self, client: Client, method: str, aim: Aim, query: str = "") -> Any:
        """Ask once. PUT and DELETE bring what POST would."""
        sent = self._sent(aim) if method in ("POST", "PUT", "DELETE") else {}
        headers = {"Authorization": f"Bearer {aim.key}"} if aim.key else {}
        return client.generic(method, self.at(aim) + query, headers=headers, **sent)

    def _sent(self, aim: Aim) -> dict[str, Any]:
        told = {"reason": REASON} if aim.body is None else dict(aim.body)
        if self.body == "json":
            said = {"on_behalf_of": aim.on_behalf_of, **told, **aim.terms}
            return {"data": json.dumps(said), "content_type": "application/json"}
        said = {**told, **aim.terms} if self.body == "form" else {}
        return {"data": urlencode(said, doseq=True), "content_type": "application/x-www-form-urlencoded"}
