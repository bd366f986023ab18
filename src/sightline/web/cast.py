"""The demonstration's cast: invented people who sign in, one a role. Never made outside a demonstration."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from sightline.access.models import Post, User
from sightline.access.roles import role_name
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
    ("marsh", "Jo Marsh", "call_handler", "police", "Control room", "takes calls: first contact, and what every system knows"),
    ("reeve", "PC Tom Reeve", "response_officer", "police", "Response", "attends, records a concern for a child and refers"),
    ("adeyemi", "Insp Folu Adeyemi", "duty_inspector", "police", "Response", "in charge of response now; sets who is on duty"),
    ("novak", "Sgt Petra Novak", "custody_sergeant", "police", "Custody", "has the children who are detained"),
    ("lister", "DS Ann Lister", "detective_sergeant", "police", "Child protection", "investigates jointly, and goes to strategy discussions"),
    ("halloran", "DI Maeve Halloran", "detective_inspector", "police", "Child protection", "answers for the investigating team"),
    ("vaughan", "Supt Idris Vaughan", "detective_superintendent", "police", "Public protection", "leads public protection; sees the figures"),
    ("sutcliffe", "Sgt Dee Sutcliffe", "supervisor", "police", "Response", "supervises those who attend"),
    ("begum", "Rukhsana Begum", "mash_manager", "hub", "Hub", "runs the hub's queue and decides on referrals"),
    ("okoro", "Amina Okoro", "case_owner", "childrens-services", "Assessment", "social worker with a caseload of her own"),
    ("price", "Gwen Price", "social_care_manager", "childrens-services", "Assessment", "manages the team, chairs, and calls conferences"),
    ("doyle", "Niamh Doyle", "practitioner", "health", "Health visitors", "health visitor: refers, and answers when asked"),
    ("ward", "Sam Ward", "practitioner", "school", "Safeguarding", "teacher: refers, and challenged what the hub decided"),
    ("keeper", "Ruth Keeper", "data_guardian", "police", "Information governance", "reviews looks, restrictions and conflicts of interest"),
    ("ext", "Ext Ernal", "practitioner", "health", "Elsewhere", "works with nobody here, and so sees nobody"),
    ("hadley", "Jonah Hadley", "mash_manager", "hub", "Hub", "the hub's deputy: answers a challenge to what begum decided, and sits at the MARAC"),
    ("iqbal", "Farah Iqbal", "safeguarding_lead", "school", "Safeguarding", "the school's designated safeguarding lead, asked to a conference"),
    ("mbeki", "Thandi Mbeki", "safeguarding_lead", "health", "Safeguarding children", "health's named nurse for safeguarding, asked to a conference"),
)  # fmt: skip
SINCE = datetime(2020, 1, 1, tzinfo=UTC)


def make_cast() -> None:
    """Everyone of the cast, with the demonstration's password; repeating it changes nothing."""
    agencies = {
        key: Agency.objects.get_or_create(key=key, defaults={"name": name, "kind": kind})[0]
        for key, name, kind in AGENCIES
    }
    password = make_password(PASSWORD)
    for username, name, role, agency, team_name, _ in CAST:
        team, _ = Team.objects.get_or_create(
            key=f"{agency}-{team_name.lower().replace(' ', '-')}",
            defaults={"name": team_name, "agency": agencies[agency]},
        )
        user, _ = User.objects.get_or_create(username=username, defaults={"name": name, "password": password})
        Post.objects.get_or_create(
            user=user, role=role, defaults={"agency": agencies[agency], "team": team, "held_from": SINCE}
        )


def who_signs_in() -> list[str]:
    """A line for each of the cast: the name they sign in by, who they are, and what they are for."""
    names = {key: name for key, name, _ in AGENCIES}
    return [
        f"{user:<10} {name}, {role_name(role)}, {names[agency]}: {use}" for user, name, role, agency, _, use in CAST
    ]
