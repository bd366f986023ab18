"""The demonstration's cast: invented people who sign in, one a role. Never made outside a demonstration."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from sightline.access.models import Post, User
from sightline.agencies.models import Agency, Team

PASSWORD = "invented-people-only"  # noqa: S105 - a demonstration's, shown on its sign-in page
AGENCIES = (
    ("police", "Marsham Police", "police"),
    ("hub", "Marsham Safeguarding Hub", "hub"),
    ("childrens-services", "Marsham Children's Services", "social_care"),
    ("health", "Marsham Community Health", "health"),
    ("school", "Holm Lane Academy", "education"),
)
CAST = (
    ("marsh", "Jo Marsh", "call_handler", "police", "Control room"),
    ("reeve", "PC Tom Reeve", "response_officer", "police", "Response"),
    ("adeyemi", "Insp Folu Adeyemi", "duty_inspector", "police", "Response"),
    ("novak", "Sgt Petra Novak", "custody_sergeant", "police", "Custody"),
    ("lister", "DS Ann Lister", "detective_sergeant", "police", "Child protection"),
    ("halloran", "DI Maeve Halloran", "detective_inspector", "police", "Child protection"),
    ("vaughan", "Supt Idris Vaughan", "detective_superintendent", "police", "Public protection"),
    ("sutcliffe", "Sgt Dee Sutcliffe", "supervisor", "police", "Response"),
    ("begum", "Rukhsana Begum", "mash_manager", "hub", "Hub"),
    ("okoro", "Amina Okoro", "case_owner", "childrens-services", "Assessment"),
    ("price", "Gwen Price", "social_care_manager", "childrens-services", "Assessment"),
    ("doyle", "Niamh Doyle", "practitioner", "health", "Health visitors"),
    ("ward", "Sam Ward", "practitioner", "school", "Safeguarding"),
    ("keeper", "Ruth Keeper", "data_guardian", "police", "Information governance"),
    ("ext", "Ext Ernal", "practitioner", "health", "Elsewhere"),
)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)


def make_cast() -> None:
    """Everyone of the cast, with the demonstration's password; repeating it changes nothing."""
    agencies = {
        key: Agency.objects.get_or_create(key=key, defaults={"name": name, "kind": kind})[0]
        for key, name, kind in AGENCIES
    }
    password = make_password(PASSWORD)
    for username, name, role, agency, team_name in CAST:
        team, _ = Team.objects.get_or_create(
            key=f"{agency}-{team_name.lower().replace(' ', '-')}",
            defaults={"name": team_name, "agency": agencies[agency]},
        )
        user, _ = User.objects.get_or_create(username=username, defaults={"name": name, "password": password})
        Post.objects.get_or_create(
            user=user, role=role, defaults={"agency": agencies[agency], "team": team, "held_from": SINCE}
        )
