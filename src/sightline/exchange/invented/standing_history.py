"""What every system holds about the standing case, told row by row so that a demonstration can be followed by hand."""

from datetime import timedelta

from sightline.exchange.invented.diary import Cell, Diary
from sightline.exchange.invented.histories import custody, domestic, everyday, looked_after, missing, offenders
from sightline.exchange.invented.histories.calls import Call, incident
from sightline.exchange.invented.histories.care import confer, refer
from sightline.exchange.invented.histories.crimes import Offence, crime
from sightline.exchange.invented.histories.investigated import Referral
from sightline.exchange.invented.standing_case import StandingCase, ago

_BAIL = (
    "Not to contact Shabana Kauser directly or indirectly",
    "Not to enter the street in which she lives",
    "No unsupervised contact with his children",
)


def tell(diary: Diary, case: StandingCase) -> None:
    """The whole history of the boy and of those who are like him."""
    _at_home(diary, case)
    _violence(diary, case)
    _protection(diary, case)
    _missing(diary, case)
    _health_and_school(diary, case)
    _the_others(diary, case)


def _at_home(diary: Diary, case: StandingCase) -> None:
    """Neighbours ring; there is a dog; a registered offender is said to stay."""
    home = case.mother.address_on(diary.block.until)
    log = "Neighbour hears a child crying and a man shouting in another language, third time this week."
    call = Call(ago(diary, 640, "21:10"), "CONCHILD", log, home, child=case.boy, caller=case.neighbour, caller_is="NE")
    call.present, call.grade = True, "2"
    incident(diary, call)
    bitten = Call(
        ago(diary, 402, "16:32"), "OTHER", "Large dog loose, went for the postman, said to belong to the house.", home
    )
    bitten.caller, bitten.caller_is, bitten.adult, bitten.warnings = case.neighbour, "NE", case.father, ("DOG",)
    incident(diary, bitten)
    text = "Large bull breed kept at the address, trained to go for visitors; bit a delivery driver."
    everyday.reported(diary, "DOG", case.father, None, ago(diary, 390, "10:05"), text=text)
    text = "Dean WRAGG is said to sleep on the sofa at the address at weekends while the children are there."
    everyday.reported(diary, "ABUSE", case.offender, case.mother, ago(diary, 48, "09:40"), text=text)
    offenders.register(diary, case.offender, ago(diary, 1400))
    offenders.mappa_meeting(diary, case.offender, "1", ago(diary, 70, "10:00"), "H")


def _violence(diary: Diary, case: StandingCase) -> None:
    """Four domestic incidents, growing worse; arrest; bail with conditions still in force; MARAC."""
    home = case.mother.household
    if home is None:
        return
    told = {
        611: "Shouting over money, plate thrown, children upstairs.",
        430: "Pushed against the door. Boy stood between them.",
        229: "Punched in the face, tooth loose. Boy rang 999 himself.",
        62: "He came to the house although on bail and banged on the windows.",
    }
    for days, summary in told.items():
        domestic.happened(diary, home, case.mother, case.father, ago(diary, days, "22:40"), summary)
    at = ago(diary, 171, "20:15")
    assault = Offence(
        at, "VAP", home.address, case.mother, case.father, "EXP", offence="Assault occasioning actual bodily harm"
    )
    assault.child_present, assault.team, assault.conditions = True, "DA", _BAIL
    crime(diary, assault)
    child = Offence(
        ago(diary, 40, "19:30"), "VAP", home.address, case.boy, case.father, "PAR", offence="Common assault of a child"
    )
    child.child_present, child.team, child.conditions = True, "PVP", _BAIL
    crime(diary, child)
    for row in diary.rows[-2:]:
        row.cells["BAIL_TYPE"] = "PRE"
        row.cells["BAIL_UNTIL"] = diary.block.until + timedelta(days=45)
    custody.detained(
        diary, case.father, ago(diary, 171, "23:20"), offence="Assault occasioning actual bodily harm", released="BAIL"
    )
    domestic.heard(diary, home, case.mother, case.father, ago(diary, 150, "10:00"))
    offenders.supervise(diary, case.father, ago(diary, 500), offence="Affray", risk="H")


def _protection(diary: Diary, case: StandingCase) -> None:
    """Three referrals; the last led to the plan that is in force."""
    for days, source, what in ((640, "6", "Crying and shouting heard."), (430, "6", "Boy stood between his parents.")):
        refer(
            diary,
            Referral(
                case.boy, ago(diary, days, "23:50"), source, "N1", what, enquiry=False, plan=False, suspect=case.father
            ),
        )
    worst = Referral(
        case.boy,
        ago(diary, 170, "09:20"),
        "5A",
        "N1",
        "Told his teacher that dad hits mum and him.",
        True,
        False,
        "PHY",
    )
    worst.suspect = case.father
    refer(diary, worst)
    worst.plan = True
    for child in (case.boy, case.sister, case.baby):
        conference = Referral(
            child, worst.at, "6", "N1", worst.summary, True, True, "EMO" if child is not case.boy else "PHY"
        )
        confer(diary, conference, ago(diary, 148, "13:00"))
        plan = diary.rows[-1].cells
        for late in ("PlanEnd", "EndReason", "Review2Date", "Review2Decision", "Review3Date", "Review3Decision"):
            plan.pop(late, None)
        plan["ConferenceKind"], plan["LastVisitDate"] = "INITIAL", ago(diary, 12).date()
        plan["LastVisitSeen"], plan["LastVisitAlone"] = True, child is case.boy


def _missing(diary: Diary, case: StandingCase) -> None:
    """He goes missing when his father comes; more often now, and with an older boy who is in care."""
    looked_after.in_care(diary, case.swapped_brother, ago(diary, 110, "14:00"), kind="K2")
    for days, clock in ((300, "17:40"), (160, "16:20"), (97, "18:05"), (61, "23:30"), (33, "16:45"), (9, "15:50")):
        with_whom = case.swapped_brother if days < 40 else None
        missing.episode(diary, case.boy, ago(diary, days, clock), with_whom=with_whom)


def _health_and_school(diary: Diary, case: StandingCase) -> None:
    """What the surgery, the hospital and the school saw."""
    told = (
        (case.boy, 428, "10:10", "INJURY", "ED", "Bruised shoulder, says he fell."),
        (case.boy, 165, "15:00", "CONCERN", "PAED", "Medical after what he told school."),
        (case.boy, 30, "11:30", "MENTAL", "MH", "Wets the bed, will not sleep alone."),
        (case.mother, 228, "02:10", "INJURY", "ED", "Facial injury, loose tooth."),
        (case.baby, 200, "10:00", "CONCERN", "HV", "Not brought to the clinic twice."),
    )
    for person, days, clock, kind, service, reason in told:
        everyday.contact(diary, person, ago(diary, days, clock), kind=kind, service=service, reason=reason)
    notes = {case.boy: {2: "DA", 4: "DIS", 5: "BEH"}, case.sister: {5: "DA"}}
    for child in (case.boy, case.sister, case.cousin, case.swapped):
        absent = 0.14 if child is case.boy else 0.04
        for place, (first, last) in enumerate(everyday.terms(diary)):
            if child.age_on(first) >= 4:
                note = notes.get(child, {}).get(place, "")
                everyday.term(diary, child, first, last, absent=absent, strain=0.0, sen="N", note=note)


def _the_others(diary: Diary, case: StandingCase) -> None:
    """Enough about the confusable ones that each is in several systems too."""
    for child in (case.cousin, case.swapped, case.cousin_sister):
        for days in (410, 88):
            everyday.contact(diary, child, ago(diary, days, "09:50"), kind="ILLNESS", service="GP")
    seen = Call(
        ago(diary, 77, "19:00"),
        "ASB",
        "Boys throwing stones at buses, one gave his name.",
        case.cousin.address_on(diary.block.until),
    )
    seen.child, seen.caller_is = case.cousin, "NE"
    incident(diary, seen)
    missing.episode(diary, case.swapped, ago(diary, 210, "20:30"))
    refer(
        diary,
        Referral(
            case.swapped, ago(diary, 208, "11:00"), "5A", "N6", "Out late with his brother.", enquiry=False, plan=False
        ),
    )
    custody.detained(
        diary,
        case.namesake,
        ago(diary, 120, "01:30"),
        offence="Possession with intent to supply class A",
        released="RUI",
    )
    drugs = Offence(
        ago(diary, 120, "00:40"), "DRG", case.namesake.address_on(diary.block.until), None, case.namesake, "UNK"
    )
    crime(diary, drugs)
    custody.supervised(diary, case.swapped_brother, ago(diary, 240))
    cells: dict[str, Cell] = {
        "MOVEMENT": "REL",
        "MOVED_AT": ago(diary, 420, "09:00"),
        "PRISON": "HMP Gorsefield",
        "PPRC": False,
    }
    diary.add("prison", diary.key("PM"), {**cells, "OFFENCE": "Supply of class A drugs"}, offender=case.namesake)
