"""What police protection tells somebody unasked: that it runs out, that a step is missing, where the child is, and what comes after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.pathways.protection.clocks import law

# What shows that somebody is seeing to it that it does not happen again.
IN_PLACE = (
    "plan.started",
    "conference.held",
    "placement.started",
    "earlyhelp.started",
    "coregroup.held",
    "plan.visit",
    "plan.reviewed",
)
AT_WORK = ("enquiry.started", "assessment.started")
IN_CARE = ("order_made", "accommodated")
POLICE_BUILDING = ("police station", "police building", "custody suite", "the station", "at station", "police office")


def taken(case: Case) -> Iterator[tuple[Happening, Happening | None]]:
    """Each use of the power about a child, with its end where that is recorded; a second entry of the same use is no new one."""
    first: Happening | None = None
    ended: Happening | None = None
    for use in case.of("protection.taken"):
        if first and (ended is None or ended.at > use.at) and case.due("protection.longest", first) > use.at:
            continue
        first, ended = use, case.first("protection.ended", since=use.at)
        if case.is_child(use.at):
            yield use, ended


def protection_expiring(case: Case) -> Iterable[Finding]:
    """A child is still under police protection near, or past, the most that the law allows."""
    for use, ended in taken(case):
        if ended:
            continue
        longest = case.say("protection.longest", use)
        near = f"This child has been under police protection for {case.say('protection.warned', use)}. It ends at {longest} and cannot be extended."
        past = f"This child's police protection has passed {longest}: there is no power to keep the child any longer."
        for limit, part, why in (("protection.warned", "", near), ("protection.longest", "passed", past)):
            yield case.finding(
                "protection_expiring",
                use,
                case.due(limit, use),
                why,
                step="Settle with social care where the child goes: home, relatives, accommodation, or an order from the court.",
                part=part,
            )


def protection_step_missing(case: Case) -> Iterable[Finding]:
    """A step that the Act asks for is not recorded: an officer designated, and the child, the parents and the authority told."""
    for use, ended in taken(case):
        missing = _missing(case, use)
        if missing and not ended:
            yield case.finding(
                "protection_step_missing",
                use,
                case.due("protection.steps", use),
                f"{case.say('protection.steps', use).capitalize()} into this child's police protection it is not recorded that {', '.join(missing)}.",
                step="Do it now, and record when and how.",
            )


def _missing(case: Case, use: Happening) -> list[str]:
    told = {h.get("whom") for h in case.own.of_kind("protection.informed") if h.at >= use.at}
    family = {h.get("whom") for h in case.own.of_kind("family.informed") if h.at >= use.at}
    age = case.age(use.at)
    asks = {
        "an officer was designated": case.first("protection.designated", since=use.at) is not None,
        "the child was told": "child" in told | family or (age is not None and age < case.number("protection.explain_from", use.at)),
        "a parent or carer was told": bool({"parent", "other"} & told or {"parent", "carer"} & family),
        "the local authority was told": "local_authority" in told or _authority_knows(case, use),
    }  # fmt: skip
    return [what for what, done in asks.items() if not done]


def _authority_knows(case: Case, use: Happening) -> bool:
    return bool(
        case.first("referral.acknowledged", "referral.decided", since=use.at)
        or case.first("strategy.held", since=use.at, where=lambda h: "social_care" in (h.get("attended") or ()))
        or case.first("protection.moved", since=use.at, where=lambda h: h.get("to") == "local_authority")
        or case.first("accommodation.answered", since=use.at)
    )  # fmt: skip


def protection_no_follow_up(case: Case) -> Iterable[Finding]:
    """Police protection ended, and two working days later nothing is in place to stop it happening again."""
    for use, ended in taken(case):
        if ended is None or _in_place(case, use, ended):
            continue
        yield case.finding(
            "protection_no_follow_up",
            ended,
            case.due("protection.follow_up", ended),
            f"This child's police protection ended, and {case.say('protection.follow_up', ended)} later no plan to stop a repeat is recorded.",
            step="Agree with social care who does what for this child, and record the plan.",
            rests_on=(use,),
        )


def _in_place(case: Case, use: Happening, ended: Happening) -> bool:
    """A plan said or recorded; or, where nothing is said of one, the child in care or an enquiry that still runs."""
    if ended.get("plan_in_place") is True or case.first(*IN_PLACE, since=use.at):
        return True
    if ended.get("plan_in_place") is False:
        return False
    begun = case.first(*AT_WORK, since=use.at)
    done = case.first("enquiry.completed", "assessment.completed", since=use.at)
    return ended.get("reason") in IN_CARE or (begun is not None and done is None)


def protection_place(case: Case) -> Iterable[Finding]:
    """A child under police protection is kept in a police building."""
    for use, ended in taken(case):
        moves = [h for h in case.own.of_kind("protection.moved") if h.at >= use.at]
        there = _in_police_building(case, use, moves)
        if there is not None and not ended:
            yield case.finding(
                "protection_place",
                there,
                case.at_once(there),
                "This child is under police protection and is kept in a police building.",
                step="Ask the managers on call in both organisations for somewhere suitable, now.",
                rests_on=(use,),
            )


def _in_police_building(case: Case, use: Happening, moves: list[Happening]) -> Happening | None:
    if moves:
        last = moves[-1]
        return last if last.get("to") == "police_station" else None
    return case.first(
        "child.seen",
        since=use.at,
        where=lambda h: any(words in str(h.get("where") or "").lower() for words in POLICE_BUILDING),
    )


ON = ("protection.taken",)
RULES = [
    Rule(
        "protection_expiring",
        ON,
        protection_expiring,
        law("s46(6)"),
        "A child under police protection near or past its limit.",
        answers=("protection.ended",),
        limits=("protection.longest", "protection.warned"),
    ),
    Rule(
        "protection_step_missing",
        ON,
        protection_step_missing,
        law("s46(3), (4)"),
        "A step that the Act asks for, not recorded.",
        answers=("protection.designated", "protection.informed"),
        limits=("protection.steps", "protection.explain_from"),
    ),
    Rule(
        "protection_no_follow_up",
        ON,
        protection_no_follow_up,
        law("s46, s47; PP-07"),
        "Police protection that ended with nothing in place.",
        answers=("plan.started",),
        limits=("protection.follow_up",),
    ),
    Rule(
        "protection_place",
        ON,
        protection_place,
        law("s46(3)(f)"),
        "A child under police protection in a police building.",
        answers=("protection.moved",),
    ),
]
