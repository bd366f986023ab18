"""Police extracts about risk: domestic abuse, child abuse, intelligence, managed offenders, MARAC and MAPPA."""

from sightline.exchange.invented.layouts.columns import Layout, columns

_ACTIONS = "\n".join(
    f"""
        ACTION{n} | text | action {n}: what must be done
        ACTION{n}_OWNER | text | by whom
        ACTION{n}_AGENCY | text | of which agency, by its Sightline key
        ACTION{n}_DUE | abbr | by when
        ACTION{n}_DONE | abbr | when done; empty while open
"""
    for n in (1, 2)
)

DOMESTIC_ABUSE = Layout(
    system="domestic_abuse",
    form="jsonl",
    row_means="one domestic abuse incident, crime or not, with its risk assessment and the children of the household",
    row_key="incidentRef",
    updated="updatedAt",
    columns=columns(
        """
        incidentRef | key | incident reference
        controlRef | key | incident that it came from (command_and_control)
        crimeRef | key | crime recorded from it (crime)
        occurredAt | isoz | when it happened
        reportedAt | isoz | when it was reported
        placeAddress | text | where, lines joined by ', '
        placePostcode | text | its postcode
        @victim key:victimId surname:victimSurname forenames:victimForenames born:victimBorn sex:victimSex
        + address:victimAddress postcode:victimPostcode phone:victimPhone
        @suspect key:perpetratorId surname:perpetratorSurname forenames:perpetratorForenames born:perpetratorBorn
        + sex:perpetratorSex address:perpetratorAddress postcode:perpetratorPostcode pnc_id:perpetratorPnc
        relationship | code | what they are to each other | partner; ex_partner; parent=parent and child; sibling; other
        @child1 key:child1Id forenames:child1Forenames surname:child1Surname born:child1Born sex:child1Sex
        @child2 key:child2Id forenames:child2Forenames surname:child2Surname born:child2Born sex:child2Sex
        @child3 key:child3Id forenames:child3Forenames surname:child3Surname born:child3Born sex:child3Sex
        childrenPresent | flag | children were present
        childrenSeen | flag | the children were seen
        childrenSeenAlone | flag | they were seen alone
        childDemeanour | text | how they seemed
        childSaid | text | what they said
        childConcernForm | flag | the child concern form was completed
        childConcernGrade | code | its grade | standard; medium; high
        initialGrade | code | risk graded by the officer | standard; medium; high
        initialGradeAt | isoz | when
        factors | list | risk factors answered yes
        historyConsidered | flag | history was considered
        secondaryGrade | code | risk graded by the specialist | standard; medium; high
        secondaryGradeAt | isoz | when
        secondaryReason | text | why
        attendingOfficer | text | officer
        accountWithdrawnAt | isoz | victim withdrew the account
        maracReferred | flag | referred to MARAC
        summary | text | what happened
        updatedAt | isoz | row last changed
    """,
        born="isoday",
    ),
)

CHILD_ABUSE = Layout(
    system="child_abuse",
    form="csv",
    row_means="one case of the child abuse investigation unit: one child, one allegation",
    row_key="CASE_REF",
    updated="UPDATED",
    columns=columns(
        """
        CASE_REF | key | case reference
        OPENED | minute | case opened
        SOURCE | code | who told the unit | SC=social care; HE=health; ED=school; CR=control room; PO=officer; OT=other
        ALLEGATION | code | what is alleged | PHY=physical; SEX=sexual; NEG=neglect; EMO=emotional; CSE=exploitation
        + ; ONL=online
        CRIME_NO | key | crime recorded for it (crime); empty if none was
        @child key:CHILD_ID reversed_name:CHILD_NAME born:CHILD_DOB sex:CHILD_SEX ethnicity:CHILD_ETHNIC
        + language:CHILD_LANGUAGE disability:CHILD_DISABILITY address:CHILD_ADDRESS postcode:CHILD_POSTCODE
        @suspect key:SUSP_ID reversed_name:SUSP_NAME born:SUSP_DOB sex:SUSP_SEX address:SUSP_ADDRESS
        SUSP_REL | code | what the suspect is to the child | PARENT=parent; STEP=step-parent; PARTNER=parent's partner
        + ; RELATIVE=relative; TEACHER=teacher or coach; OTHER=other; UNKNOWN=not known
        SUSP_CONTACT | flag | the suspect has contact with children
        CONCERN_FORM | minute | child concern form completed
        CONCERN_GRADE | code | its grade | S=standard; M=medium; H=high
        CONCERN_TEXT | text | what happened
        CHILD_SEEN | flag | child seen
        SEEN_ALONE | flag | seen alone
        CHILD_WORDS | text | the child's own words
        STRAT_REQ | minute | strategy discussion asked for
        STRAT_HELD | minute | strategy discussion held
        STRAT_PRESENT | list | agencies present, by their Sightline keys
        STRAT_DECISION | code | its decision | EJ=joint enquiry; EP=police alone; ES=social care alone; AS=assessment
        + ; NFA=no further action; RC=reconvene
        ENQ_START | day | section 47 enquiry began
        ENQ_END | day | it ended
        ENQ_RESULT | code | its outcome | SOR=substantiated, ongoing risk; SNR=substantiated, no ongoing risk
        + ; NS=not substantiated
        DC | text | officer in the case
        ALLOCATED | minute | given to that officer
        SPECIALIST | flag | that officer is a trained child abuse investigator
        ABE_PLANNED | day | interview with the child planned
        ABE_HELD | minute | interview held
        ABE_JOINT | flag | with a social worker
        ABE_INTERMEDIARY | flag | with an intermediary
        MED_REQ | minute | medical asked for
        MED_KIND | code | which | FOR=forensic; CP=child protection; SARC=sexual assault referral centre
        MED_HELD | minute | medical held
        MED_FINDINGS | text | findings
        DEVICE | text | device taken
        DEVICE_SEIZED | day | when
        DEVICE_SUBMITTED | day | sent for examination
        DEVICE_REPORTED | day | report received
        SUPERVISED | day | supervisor's last review
        SUP_SATISFIED | flag | the supervisor was satisfied
        SUP_DIRECTIONS | text | directions given
        CLOSED | day | case closed
        RESULT | code | outcome | CHG=charged; OOC=out of court; NFE=no further action, evidence
        + ; NFV=no further action, victim
        + ; NPI=no further action, public interest; UNF=unfounded; TRF=transferred
        UPDATED | stamp | row last changed
    """
    ),
)

INTELLIGENCE = Layout(
    system="intelligence",
    form="jsonl",
    row_means="one graded intelligence report about up to two people and a place",
    row_key="urn",
    updated="lastEdited",
    columns=columns(
        """
        urn | key | report number
        submitted | isoz | when submitted
        source_grade | code | how good the source is | 1=reliable; 2=untested; 3=not reliable
        content_grade | code | how it is known | A=known directly; B=known indirectly, corroborated; C=known indirectly
        + ; D=not known; E=suspected false
        handling | code | may it be shared | P=lawful sharing permitted; C=lawful sharing with conditions
        kind | code | about what | CSE=exploitation; ASSOC=associates; PLACE=location; ONLINE=online; DRUGS=drugs
        + ; WEAPON=weapons
        + ; ABUSE=abuse; DOG=dangerous dog; OTHER=other
        @subject key:subject_nominal surname:subject_surname forenames:subject_forenames aliases:subject_aliases
        + born:subject_dob sex:subject_sex address:subject_address postcode:subject_postcode warnings:subject_warnings
        @associate key:associate_nominal surname:associate_surname forenames:associate_forenames born:associate_dob
        + sex:associate_sex address:associate_address
        place_address | text | place reported on, lines joined by ', '
        place_postcode | text | its postcode
        vehicle | text | registration mark (invented)
        text | text | the report, sanitised
        lastEdited | isoz | row last changed
    """,
        born="isoday",
    ),
)

OFFENDER_MANAGEMENT = Layout(
    system="offender_management",
    form="csv",
    row_means="one entry of a managed sex offender's record: registration, visit, change or breach",
    row_key="ENTRY_ID",
    updated="EDITED",
    columns=columns(
        """
        ENTRY_ID | key | entry number
        ENTRY_TYPE | code | what kind of entry | REG=registration; VISIT=home visit; CHANGE=notified or found change
        + ; BREACH=breach
        ENTRY_AT | abbrminute | when
        @offender key:NOMINAL surname:SURNAME forenames:FORENAMES aliases:ALIASES born:DOB sex:SEX address:ADDRESS
        + postcode:POSTCODE phone:PHONE pnc_id:PNC warnings:WARNING_SIGNALS
        SCHEME | code | why managed | RSO=registered sex offender; RTC=risk to children
        RISK | code | risk level | L=low; M=medium; H=high; VH=very high
        REGISTERED_FROM | abbr | notification requirements began
        REGISTERED_UNTIL | abbr | they end; empty if for life
        INDEX_OFFENCE | text | offence that led to it
        ORDERS | list | orders in force | SHPO=sexual harm prevention order; SRO=sexual risk order
        + ; NOT=notification order
        VISIT_SEEN | flag | offender seen at the visit
        CHILDREN_AT_ADDRESS | flag | children live or stay at the address
        CONCERNS | text | concerns from the visit
        CHANGE | code | what changed | ADDR=address; REL=relationship; EMP=employment; TRAV=travel
        + ; CHILD=contact with a child; ONL=online access
        CHANGE_NOTIFIED | flag | the offender notified it
        BREACH_OF | text | what was breached
        OFFENDER_OFFICER | text | officer who manages the offender
        NEXT_VISIT | abbr | next visit due
        EDITED | abbrminute | row last changed
    """,
        born="abbr",
    ),
)

MARAC = Layout(
    system="marac",
    form="csv",
    row_means="one case heard at one MARAC meeting",
    row_key="CASE_ID",
    updated="UPDATED",
    columns=columns(
        f"""
        CASE_ID | key | case and meeting
        MEETING | abbrminute | when it was heard
        DISTRICT | text | whose meeting
        REFERRED | abbr | referred on
        REFERRED_BY | text | by which agency, by its Sightline key
        @victim key:VICTIM_ID full_name:VICTIM_NAME born:VICTIM_DOB sex:VICTIM_SEX address:VICTIM_ADDRESS
        + postcode:VICTIM_POSTCODE
        @suspect key:PERP_ID full_name:PERP_NAME born:PERP_DOB sex:PERP_SEX address:PERP_ADDRESS postcode:PERP_POSTCODE
        @child1 key:CHILD1_ID full_name:CHILD1_NAME born:CHILD1_DOB
        @child2 key:CHILD2_ID full_name:CHILD2_NAME born:CHILD2_DOB
        @child3 key:CHILD3_ID full_name:CHILD3_NAME born:CHILD3_DOB
        CHILDREN_COUNT | number | children listed
        DASH_TICKS | number | risk factors answered yes
        REPEAT | flag | heard within the last twelve months
        ATTENDED | list | agencies present, by their Sightline keys
        HISTORY_SUPPLIED | flag | agencies brought what they hold
        DECISIONS | text | what was decided
        {_ACTIONS}
        REVIEW_ON | abbr | to be reviewed on
        UPDATED | abbrminute | row last changed
    """,
        born="abbr",
    ),
)

MAPPA = Layout(
    system="mappa",
    form="csv",
    row_means="one offender at one MAPPA level meeting",
    row_key="MEETING_REF",
    updated="UPDATED",
    columns=columns(
        f"""
        MEETING_REF | key | offender and meeting
        MEETING | abbrminute | when it was held
        @offender key:OFFENDER_ID surname:SURNAME forenames:FORENAMES born:DOB sex:SEX address:ADDRESS postcode:POSTCODE
        + pnc_id:PNC_ID
        CATEGORY | code | why eligible | 1=registered sex offender; 2=violent offender; 3=other dangerous offender
        LEVEL | code | level of management | 1=one agency; 2=several agencies; 3=senior meeting
        LEAD_AGENCY | code | who leads | POLICE=police; PROBATION=probation; HEALTH=health
        RISK | code | risk of serious harm | L=low; M=medium; H=high; VH=very high
        RISK_TO_CHILDREN | flag | a risk to children
        ENTERED | abbr | entered this level on
        LEFT | abbr | left it on
        ATTENDED | list | agencies present, by their Sightline keys
        DECISIONS | text | what was decided
        {_ACTIONS}
        UPDATED | abbrminute | row last changed
    """,
        born="abbr",
    ),
)
