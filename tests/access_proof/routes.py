"""Every address of the house, what it is about and how it is called. A route that is not here fails a test, and so does one that is gone."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from access_proof.aims import METHODS, REASON, About, Aim, Route

__all__ = ["METHODS", "REASON", "ROUTES", "About", "Aim", "Route", "patterns"]

_ACCOUNT = "accounts/"
_FACTOR = "accounts/second-factor/"
_SHOWN = ("", "discussions/<number:entry>/", "enquiries/<number:entry>/")  # of enquiries: these take no form
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
    "person/<number:person>/records/proposed/<number:proposal>/": Route(
        "person/{person}/records/proposed/{proposal}/", About.PERSON, "form"
    ),
    "person/<number:person>/grades/": Route("person/{person}/grades/", About.PERSON),
    "person/<number:person>/network/": Route("person/{person}/network/", About.PERSON),
    "person/<number:person>/after-grade/": Route("person/{person}/after-grade/", About.PERSON),
    **{
        f"person/<number:person>/after-grade/{page}/": Route(
            "person/{person}/after-grade/" + page.replace("<slug:task>", "strategy") + "/", About.PERSON, "form"
        )
        for page in ("nothing", "self-harm", "<slug:task>/give", "<slug:task>/drop")
    },
    "person/<number:person>/grades/<number:entry>/": Route("person/{person}/grades/{entry}/", About.PERSON, "form"),
    "address/<number:premises>/": Route("address/{premises}/", About.PLACE),
    "procedure/": Route("procedure/", About.RULES),
    "escalations/": Route("escalations/", About.SIGNED_IN, "form"),
    "escalations/agenda/": Route("escalations/agenda/", About.SIGNED_IN),
    "escalations/agenda/<number:person>/<number:entry>/": Route(
        "escalations/agenda/{person}/{entry}/", About.PERSON, "form"
    ),
    "grades/waiting/": Route("grades/waiting/", About.SIGNED_IN),
    "late-entries/": Route("late-entries/", About.SIGNED_IN),
    "grades/waiting/<number:person>/<number:entry>/": Route("grades/waiting/{person}/{entry}/", About.PERSON, "form"),
    "grades/agreement/": Route("grades/agreement/", About.SIGNED_IN),
    "escalations/figures/": Route("escalations/figures/", About.SIGNED_IN),
    "person/<number:person>/escalations/new/": Route("person/{person}/escalations/new/", About.PERSON, "form"),
    "person/<number:person>/escalations/<number:entry>/": Route(
        "person/{person}/escalations/{entry}/", About.PERSON, "form"
    ),
    "person/<number:person>/escalations/<number:entry>/higher/": Route(
        "person/{person}/escalations/{entry}/higher/", About.PERSON, "form"
    ),
    "person/<number:person>/escalations/<number:entry>/settle/": Route(
        "person/{person}/escalations/{entry}/settle/", About.PERSON, "form"
    ),
    **{
        f"person/<number:person>/enquiry/{path}": Route(
            "person/{person}/enquiry/"
            + path.replace("<number:entry>", "{entry}").replace("<number:action>", "{action}"),
            About.PERSON,
            "" if path in _SHOWN else "form",
        )
        for path in (
            *("", "ask/", "none/", "call/", "hold/", "start/"),
            *(
                f"discussions/<number:entry>/{step}"
                for step in (
                    *("", "none/", "call/", "hold/", "health/", "actions/", "actions/<number:action>/"),
                    *("review/", "close/"),
                )
            ),
            *(f"enquiries/<number:entry>/{step}" for step in ("", "complete/", "return/")),
        )
    },
    "alerts/": Route("alerts/", About.SIGNED_IN),
    "alerts/<number:alert>/": Route("alerts/{alert}/", About.ALERT),
    "alerts/<number:alert>/answer/": Route("alerts/{alert}/answer/", About.ALERT, "form"),
    "work/": Route("work/", About.SIGNED_IN),
    "work/several/": Route("work/several/", About.SIGNED_IN, "form"),
    "work/ended/": Route("work/ended/", About.SIGNED_IN),
    "person/<number:person>/work/": Route("person/{person}/work/", About.PERSON, "form"),
    "person/<number:person>/work/<number:post>/again/": Route("person/{person}/work/1/again/", About.PERSON, "form"),
    "refer/": Route("refer/", About.SIGNED_IN, "form"),
    "person/<number:person>/refer/": Route("person/{person}/refer/", About.PERSON, "form"),
    "door/": Route("door/", About.SIGNED_IN),
    "door/sent/<number:entry>/": Route("door/sent/{entry}/", About.USER, "form"),
    "door/asked/<number:entry>/": Route("door/asked/{entry}/", About.USER, "form"),
    **{p: Route(p, About.SIGNED_IN) for p in ("hub/", "hub/flow/", "hub/outcomes/", "consultations/")},
    "consultations/new/": Route("consultations/new/", About.SIGNED_IN, "form"),
    "consultations/<slug:key>/": Route("consultations/nosuchone/", About.RULES, "form"),
    "person/<number:person>/referrals/<number:entry>/": Route("person/{person}/referrals/{entry}/", About.PERSON),
    "person/<number:person>/referrals/<number:entry>/decide/": Route(
        "person/{person}/referrals/{entry}/decide/", About.PERSON, "form"
    ),
    "person/<number:person>/referrals/<number:entry>/ask/": Route(
        "person/{person}/referrals/{entry}/ask/", About.PERSON, "form"
    ),
    "person/<number:person>/referrals/<number:entry>/step/": Route(
        "person/{person}/referrals/{entry}/step/", About.PERSON, "form"
    ),
    "person/<number:person>/school/": Route("person/{person}/school/", About.PERSON, "form"),
    "duty/": Route("duty/", About.SIGNED_IN, "form"),
    "register/": Route("register/", About.RULES),
    "register/<slug:kind>/": Route("register/plan_missing/", About.RULES),
    "grades/under-pressure/": Route("grades/under-pressure/", About.SIGNED_IN),
    "lists/children/": Route("lists/children/", About.SIGNED_IN),
    "lists/adults/": Route("lists/adults/", About.SIGNED_IN),
    "recommendations/": Route("recommendations/", About.RULES),
    "recording/": Route("recording/", About.RULES),
    "rules/": Route("rules/", About.SIGNED_IN),
    "limits/": Route("limits/", About.SIGNED_IN),
    "limits/<str:name>/": Route("limits/attendance.immediate/", About.RULES, "form"),
    "break-glass/": Route("break-glass/", About.SIGNED_IN, "form"),
    "break-glass/<slug:token>/": Route("break-glass/{token}/", About.SEARCH, "form"),
    "access/mine/": Route("access/mine/", About.SIGNED_IN),
    "access/users/<number:user>/": Route("access/users/{user}/", About.USER),
    "access/review/": Route("access/review/", About.SIGNED_IN),
    "access/review/<number:look>/": Route("access/review/{look}/", About.USER, "form"),
    "access/emergencies/": Route("access/emergencies/", About.SIGNED_IN),
    "access/emergencies/<number:opening>/": Route("access/emergencies/{opening}/", About.USER, "form"),
    "access/parted/": Route("access/parted/", About.SIGNED_IN),
    "access/parted/<number:parting>/": Route("access/parted/{parting}/", About.USER, "form"),
    "access/conflicts/": Route("access/conflicts/", About.SIGNED_IN, "form"),
    "exports/": Route("exports/", About.SIGNED_IN),
    "exports/new/": Route("exports/new/", About.SIGNED_IN, "form"),
    "exports/<slug:number>/": Route("exports/{export}/", About.EXPORT, "form"),
    "exports/<slug:number>/file/": Route("exports/{export}/file/", About.EXPORT),
    "person/<number:person>/entries/<number:entry>/held/": Route("person/{person}/entries/{entry}/held/", About.PERSON),
    "person/<number:person>/entries/<number:entry>/correct/": Route(
        "person/{person}/entries/{entry}/correct/", About.PERSON, "form"
    ),
    "concern/drafts/": Route("concern/drafts/", About.SIGNED_IN),
    "concern/<slug:token>/": Route("concern/{token}/", About.SEARCH, "form"),
    "person/<number:person>/concerns/<number:form>/": Route("person/{person}/concerns/{entry}/", About.PERSON, "form"),
    "person/<number:person>/concerns/<number:form>/review/": Route(
        "person/{person}/concerns/{entry}/review/", About.PERSON, "form"
    ),
    "person/<number:person>/assessments/": Route("person/{person}/assessments/", About.PERSON),
    "person/<number:person>/assessments/new/": Route("person/{person}/assessments/new/", About.PERSON, "form"),
    "person/<number:person>/voice/": Route("person/{person}/voice/", About.PERSON),
    **{
        f"person/<number:person>/{p}/": Route(
            f"person/{{person}}/{p}/".replace("<slug:what>", "bail"), About.PERSON, "form"
        )
        for p in ("concern", "voice/heard", "voice/told", "voice/met", "voice/trusted", "taking-part/<slug:what>")
    },
    "person/<number:person>/taking-part/": Route("person/{person}/taking-part/", About.PERSON),
    "person/<number:person>/hold/": Route("person/{person}/hold/", About.PERSON, "form"),
    "retention/": Route("retention/", About.SIGNED_IN),
    "retention/reviews/<number:review>/": Route("retention/reviews/{review}/", About.USER, "form"),
    "retention/reviews/<number:review>/open/": Route("retention/reviews/{review}/open/", About.USER),
    "retention/holds/system/": Route("retention/holds/system/", About.SIGNED_IN, "form"),
    "retention/holds/<number:hold>/lift/": Route("retention/holds/{hold}/lift/", About.USER, "form"),
    "person/<number:person>/share/": Route("person/{person}/share/", About.PERSON, "form"),
    "person/<number:person>/share/why/": Route("person/{person}/share/why/", About.PERSON, "form"),
    "person/<number:person>/share/what/": Route("person/{person}/share/what/", About.PERSON, "form"),
    "person/<number:person>/share/check/": Route("person/{person}/share/check/", About.PERSON, "form"),
    "person/<number:person>/shared/": Route("person/{person}/shared/", About.PERSON),
    "person/<number:person>/shared/<number:disclosure>/": Route("person/{person}/shared/{disclosure}/", About.PERSON),
    "person/<number:person>/reach/": Route("person/{person}/reach/", About.PERSON, "form"),
    "person/<number:person>/safe/": Route("person/{person}/safe/", About.PERSON, "form"),
    "person/<number:person>/copies/": Route("person/{person}/copies/", About.PERSON, "form"),
    "person/<number:person>/copies/<number:copy>/": Route("person/{person}/copies/{copy}/", About.PERSON, "form"),
    "person/<number:person>/copies/<number:copy>/review/": Route(
        "person/{person}/copies/{copy}/review/", About.PERSON, "form"
    ),
    "person/<number:person>/copies/<number:copy>/release/": Route(
        "person/{person}/copies/{copy}/release/", About.PERSON, "form"
    ),
    "plans/without/": Route("plans/without/", About.SIGNED_IN),
    "plans/contributions/": Route("plans/contributions/", About.SIGNED_IN),
    "person/<number:person>/plan/begin/<slug:what>/": Route(
        "person/{person}/plan/begin/conference/", About.PERSON, "form"
    ),
    "person/<number:person>/conference/<slug:run>/": Route("person/{person}/conference/{conference}/", About.PERSON),
    "person/<number:person>/conference/<slug:run>/pack/": Route(
        "person/{person}/conference/{conference}/pack/", About.PERSON
    ),
    "person/<number:person>/conference/<slug:run>/pack/paper/": Route(
        "person/{person}/conference/{conference}/pack/paper/", About.PERSON, "form"
    ),
    "person/<number:person>/marac/": Route("person/{person}/marac/", About.PERSON),
    "person/<number:person>/marac/paper/": Route("person/{person}/marac/paper/", About.PERSON, "form"),
    "person/<number:person>/conference/<slug:run>/police-report/": Route(
        "person/{person}/conference/{conference}/police-report/", About.PERSON, "form"
    ),
    "person/<number:person>/conference/<slug:run>/<slug:what>/": Route(
        "person/{person}/conference/{conference}/invite/", About.PERSON, "form"
    ),
    "person/<number:person>/plan/<slug:run>/": Route("person/{person}/plan/{plan}/", About.PERSON),
    "person/<number:person>/plan/<slug:run>/family/": Route("person/{person}/plan/{plan}/family/", About.PERSON),
    "person/<number:person>/plan/<slug:run>/<slug:what>/": Route(
        "person/{person}/plan/{plan}/review/", About.PERSON, "form"
    ),
    "restrictions/": Route("restrictions/", About.SIGNED_IN),
    "person/<number:person>/restriction/": Route("person/{person}/restriction/", About.PERSON, "form"),
    "person/<number:person>/restriction/<number:restriction>/lift/": Route(
        "person/{person}/restriction/{restriction}/lift/", About.PERSON, "form"
    ),
    "person/<number:person>/appointment/": Route("person/{person}/appointment/", About.PERSON, "form"),
    "person/<number:person>/appointment/<number:appointment>/end/": Route(
        "person/{person}/appointment/{appointment}/end/", About.PERSON, "form"
    ),
    "agreements/": Route("agreements/", About.SIGNED_IN),
    "agreements/new/": Route("agreements/new/", About.SIGNED_IN, "form"),
    "agreements/<number:agreement>/end/": Route("agreements/{agreement}/end/", About.RULES, "form"),
    "contacts/unrecorded/": Route("contacts/unrecorded/", About.SIGNED_IN),
    "contacts/unrecorded/<number:person>/<number:entry>/": Route(
        "contacts/unrecorded/{person}/{entry}/", About.PERSON, "form"
    ),
    "contacts/quality/": Route("contacts/quality/", About.SIGNED_IN),
    "contacts/new/": Route("contacts/new/", About.SIGNED_IN, "form"),
    "person/<number:person>/contacts/<number:entry>/": Route("person/{person}/contacts/{entry}/", About.PERSON),
    "person/<number:person>/contacts/<number:entry>/door/": Route(
        "person/{person}/contacts/{entry}/door/", About.PERSON
    ),
    "person/<number:person>/contacts/<number:entry>/<slug:step>/": Route(
        "person/{person}/contacts/{entry}/seen/", About.PERSON, "form"
    ),
    "raise-a-concern/": Route("raise-a-concern/", About.OPEN),
    "tell-us/": Route("tell-us/", About.OPEN, "form"),
    "tell-us/sent/": Route("tell-us/sent/", About.OPEN),
    "sign-in/": Route("sign-in/", About.OPEN),
    "api/": Route("api/", About.OPEN),
    "api/openapi.json": Route("api/openapi.json", About.OPEN),
    "api/first-contact": Route("api/first-contact", About.SEARCH, "json"),
    "api/contacts": Route("api/contacts", About.SIGNED_IN, "json"),
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
