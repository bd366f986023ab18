"""Social care extracts: case status, child protection plans, placements."""

from sightline.exchange.invented.layouts.columns import Layout, columns

SOCIAL_CARE = Layout(
    system="social_care",
    form="jsonl",
    row_means="one referral to children's social care with what followed: the child's case status",
    row_key="referral_id",
    updated="modified",
    columns=columns(
        """
        referral_id | key | referral
        received | isoz | when received
        source | code | who referred, CIN census code | 1A=individual; 2B=local authority; 3A=GP; 3B=health visitor
        + ; 3C=school nurse
        + ; 3F=hospital; 4=housing; 5A=school; 6=police; 7=other legal agency; 10=anonymous; 9=other
        summary | text | what the referrer said
        consent | code | was the family asked | given; refused; not_sought=not sought; not_safe=not safe to seek
        @child key:person_id forenames:forenames surname:surname aliases:also_known_as born:dob sex:gender
        + ethnicity:ethnicity language:language disability:disability nhs_number:nhs_number upn:upn
        + address:address postcode:postcode
        @parent key:parent1_id forenames:parent1_forenames surname:parent1_surname born:parent1_dob sex:parent1_gender
        + address:parent1_address
        parent1_is | code | what this adult is to the child | mother; father; step_parent=step-parent; grandparent
        + ; carer
        parent1_lives_with | flag | lives with the child
        @adult key:parent2_id forenames:parent2_forenames surname:parent2_surname born:parent2_dob sex:parent2_gender
        + address:parent2_address
        parent2_is | code | what this adult is to the child | mother; father; step_parent=step-parent; grandparent
        + ; carer
        parent2_lives_with | flag | lives with the child
        @sibling key:sibling_id forenames:sibling_forenames surname:sibling_surname born:sibling_dob sex:sibling_gender
        decided | isoz | when it was decided what happens
        decision | code | decision | NFA=no further action; EH=early help; ASSESS=assessment; STRAT=strategy discussion
        decision_reason | text | why
        primary_need | code | need, CIN census code | N1=abuse or neglect; N2=disability; N3=parental illness
        + ; N4=acute stress
        + ; N5=family dysfunction; N6=unacceptable behaviour; N7=low income; N8=absent parenting; N9=other
        assessment_start | isoday | assessment began
        assessment_end | isoday | assessment ended
        factors | list | factors found, CIN census codes
        strategy_held | isoday | strategy discussion held
        s47_start | isoday | section 47 enquiry began
        s47_end | isoday | section 47 enquiry ended
        s47_outcome | code | outcome | ICPC=substantiated, to conference; ONGOING=substantiated, no ongoing risk
        + ; NOT=not substantiated
        cin_plan_start | isoday | child in need plan began
        cin_plan_end | isoday | child in need plan ended
        status | code | case status | CLOSED; EH=early help; CIN=child in need; CP=child protection; LAC=looked after
        allocated_worker | text | social worker
        closed | isoday | case closed
        closure_reason | code | why | RC1=adopted; RC2=died; RC3=child arrangements; RC4=special guardianship
        + ; RC5=moved away
        + ; RC6=adult services; RC7=services ceased; RC8=no further action; RC9=other
        modified | isoz | row last changed
    """,
        born="isoday",
        sexes=("2", "1", "0"),
    ),
    sexes=("2", "1", "0"),
)

_REVIEWS = "\n".join(
    f"""
        Review{n}Date | isoday | review conference {n}
        Review{n}Decision | code | its decision | CONT=plan continues; END=plan ends
"""
    for n in (1, 2, 3)
)

CHILD_PROTECTION = Layout(
    system="child_protection",
    form="xml",
    root="ChildProtectionExtract",
    element="ChildRecord",
    row_means="one initial conference about one child, and the plan that came of it",
    row_key="ConferenceRef",
    updated="Amended",
    flags=("1", "0", ""),
    sexes=("2", "1", "0"),
    columns=columns(
        f"""
        ConferenceRef | key | conference and child
        @child key:ChildID surname:Surname forenames:Forenames born:BirthDate sex:GenderCode ethnicity:EthnicityCode
        + nhs_number:NHSNumber upn:UPN address:Address postcode:PostCode
        @parent key:MotherID full_name:MotherName born:MotherBirthDate
        @adult key:OtherAdultID full_name:OtherAdultName born:OtherAdultBirthDate
        OtherAdultIs | code | what the other adult is to the child | FATHER=father; STEP=step-parent
        + ; GRAND=grandparent; OTHER=other
        ConferenceDate | isoday | conference held
        ConferenceKind | code | which | INITIAL=initial; PREBIRTH=pre-birth; TRANSFER=transfer
        Present | list | agencies present, by their Sightline keys
        PoliceReport | flag | the police sent a report
        ChildViewsHeard | flag | the child's views were heard
        Decision | code | decision | PLAN=plan; NOPLAN=no plan
        Category | code | category | NEG=neglect; PHY=physical; SAB=sexual; EMO=emotional; MUL=multiple
        PlanStart | isoday | plan began
        LeadWorker | text | lead social worker
        ContactAllowedWith | list | adults whom the child may see
        CoreGroupDate | isoday | first core group
        {_REVIEWS}
        LastVisitDate | isoday | last visit under the plan
        LastVisitSeen | flag | child seen at it
        LastVisitAlone | flag | seen alone
        PlanEnd | isoday | plan ended; empty while it lasts
        EndReason | text | why
        Amended | iso | row last changed
    """,
        born="isoday",
        sexes=("2", "1", "0"),
    ),
)

PLACEMENTS = Layout(
    system="placements",
    form="csv",
    row_means="one placement of a looked-after child",
    row_key="PLACEMENT_ID",
    updated="AMENDED",
    flags=("1", "0", ""),
    sexes=("2", "1", "0"),
    columns=columns(
        """
        PLACEMENT_ID | key | placement
        @child key:CHILD full_name:NAME born:DOB sex:SEX ethnicity:ETHNIC upn:UPN
        LEGAL_STATUS | code | legal status, SSDA903 code | C1=interim care order; C2=full care order
        + ; V2=accommodated (s20)
        + ; E1=placement order; J1=remanded
        CARE_FROM | day | looked after since
        START | day | placement began
        PLACE | code | kind of placement, SSDA903 code | U1=foster, relative; U4=foster; K2=children's home; K1=secure
        + ; H5=semi-independent; P1=with parents
        PROVIDER | text | home or carers
        PLACE_ADDRESS | text | where, lines joined by ', '
        PLACE_POSTCODE | text | its postcode
        AUTHORITY | text | authority that placed the child
        OUT_OF_AREA | flag | placed by an authority outside the force area
        PLACEMENT_PLAN | flag | a placement plan is held
        MISSING_PROCEDURE | text | what the home does when the child is missing
        LAST_REVIEW | day | last looked-after review
        CHILD_TOOK_PART | flag | the child took part
        WORKER | text | social worker
        END | day | placement ended; empty while it lasts
        END_REASON | text | why
        AMENDED | stamp | row last changed
    """,
        sexes=("2", "1", "0"),
    ),
)
