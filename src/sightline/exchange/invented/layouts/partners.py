"""Extracts of the partners: health, education, youth offending, probation, prison."""

from sightline.exchange.invented.layouts.columns import Layout, columns

HEALTH = Layout(
    system="health",
    form="csv",
    row_means="one contact of a person with a health service",
    row_key="contact_id",
    updated="last_updated",
    sexes=("2", "1", "0"),
    columns=columns(
        """
        contact_id | key | contact
        contact_at | minute | when
        service | code | which service | GP=general practice; HV=health visitor; MW=midwife; SN=school nurse
        + ; ED=emergency department; AMB=ambulance; MH=mental health; PAED=paediatrics
        + ; SARC=sexual assault referral centre
        site | text | practice, hospital or clinic
        @subject key:patient_id nhs_number:nhs_number surname:family_name forenames:given_name born:birth_date
        + sex:gender_code ethnicity:ethnic_category address:address postcode:postcode phone:telephone
        @parent key:accompanied_by_id full_name:accompanied_by_name
        reason | text | why the person came
        reason_kind | code | kind of reason | ROUTINE=routine; INJURY=injury; ILLNESS=illness; SELFHARM=self-harm
        + ; MENTAL=mental health
        + ; PREGNANCY=pregnancy; SEXUAL=sexual health or assault; DEVELOP=development; CONCERN=worry about the child
        seen | flag | the person was seen; no if not brought
        clinician | text | role of the clinician
        opinion | text | what the clinician thought
        safeguarding_flag | flag | safeguarding concern recorded
        s136 | flag | brought under Mental Health Act s136
        practice | text | registered practice
        last_updated | stamp | row last changed
    """,
        sexes=("2", "1", "0"),
    ),
)

EDUCATION = Layout(
    system="education",
    form="csv",
    row_means="one pupil in one term at one school",
    row_key="PupilTerm",
    updated="Extracted",
    columns=columns(
        """
        PupilTerm | key | pupil and term
        @child upn:UPN key:PupilID surname:LegalSurname forename:PreferredForename middle:MiddleNames
        + aliases:FormerSurname
        + born:DOB sex:Gender ethnicity:Ethnicity language:FirstLanguage postcode:HomePostcode address:HomeAddress
        SchoolURN | text | school number (invented)
        School | text | school
        SafeguardingLead | text | designated safeguarding lead
        TermStart | isoday | first day of the term
        TermEnd | isoday | last day of the term
        Enrolled | isoday | joined the school
        SessionsPossible | number | half-day sessions
        SessionsMissed | number | missed
        SessionsUnauthorised | number | missed without leave
        SENStatus | code | special needs | N=none; K=support; E=education, health and care plan
        Suspensions | number | suspensions in the term
        Excluded | isoday | permanently excluded on
        MissingFromEducation | isoday | child missing education since
        Concern | code | safeguarding note in the term | NEG=neglect; BEH=behaviour; DA=domestic abuse; ATT=attendance
        + ; DIS=something the child said; EXP=exploitation
        ConcernDate | isoday | when
        ConcernText | text | what was noted
        @parent key:ContactID full_name:ContactName phone:ContactPhone
        Extracted | iso | row last changed
    """,
        born="isoday",
    ),
)

YOUTH_OFFENDING = Layout(
    system="youth_offending",
    form="csv",
    row_means="one disposal or order of one young person with its supervision",
    row_key="intervention_id",
    updated="updated_on",
    sexes=("Female", "Male", "Unknown"),
    columns=columns(
        """
        intervention_id | key | order
        @child key:yp_id surname:yp_surname forenames:yp_first_names aliases:yp_alias born:yp_dob sex:yp_gender
        + ethnicity:yp_ethnicity address:yp_address postcode:yp_postcode phone:yp_phone pnc_id:pnc
        offence | text | offence
        disposal | code | disposal | YC=youth caution; YCC=youth conditional caution; CR=community resolution
        + ; RO=referral order
        + ; YRO=youth rehabilitation order; DTO=detention and training order
        disposal_date | abbr | given on
        start | abbr | supervision began
        end | abbr | supervision ended; empty while it lasts
        worker | text | youth justice worker
        rosh | code | risk of serious harm | Low; Medium; High; Very high
        safety | code | concern for the young person's safety | Low; Medium; High; Very high
        safety_text | text | why
        exploitation | flag | signs of exploitation
        secure_placement | text | secure home or institution, if there
        concern_in_secure | text | concern, restraint or separation there
        safeguarding_lead | text | whom to ask
        updated_on | abbrminute | row last changed
    """,
        born="abbr",
        sexes=("Female", "Male", "Unknown"),
    ),
)

PROBATION = Layout(
    system="probation",
    form="csv",
    row_means="one supervised order or licence of one adult",
    row_key="EVENT_ID",
    updated="LAST_UPDATED",
    columns=columns(
        """
        EVENT_ID | key | order or licence
        @offender key:CRN surname:SURNAME forename:FIRST_NAME middle:OTHER_NAMES aliases:ALIASES born:DATE_OF_BIRTH
        + sex:GENDER
        + ethnicity:ETHNICITY address:MAIN_ADDRESS postcode:POSTCODE phone:MOBILE pnc_id:PNC_NUMBER
        ORDER_TYPE | code | what is supervised | CO=community order; SSO=suspended sentence order; LIC=licence
        + ; PSS=post-sentence supervision
        OFFENCE | text | main offence
        START_DATE | isoday | began
        END_DATE | isoday | ends
        ROSH | code | risk of serious harm | L=low; M=medium; H=high; V=very high
        RISK_TO_CHILDREN | flag | a risk to children
        @child key:CHILD_REF full_name:CHILD_NAME born:CHILD_DOB
        CHILD_LINK | code | how the offender is linked to that child | LIVES=lives with; CARES=cares for; SEES=sees
        + ; SEEKS=seeks contact
        CHILD_IS | code | what the child is to the offender | CHILD=own child; STEP=partner's child; SIB=sibling
        + ; OTHER=other
        CHILDREN_ASKED | isoday | children's services asked whether the children are known
        CHILDREN_ANSWERED | flag | they answered
        OBJECTIVE | text | risk management objective
        PROBATION_OFFICER | text | officer
        BREACHED | isoday | last breach
        BREACH_OF | text | what was breached
        LAST_UPDATED | iso | row last changed
    """,
        born="isoday",
    ),
)

PRISON = Layout(
    system="prison",
    form="csv",
    row_means="one movement of a prisoner: reception, transfer, temporary or final release",
    row_key="MOVEMENT_ID",
    updated="MODIFIED",
    columns=columns(
        """
        MOVEMENT_ID | key | movement
        @offender key:PRISON_NO surname:LAST_NAME forename:FIRST_NAME middle:MIDDLE_NAMES born:BIRTH_DATE sex:SEX
        + ethnicity:ETHNICITY
        + pnc_id:PNC address:HOME_ADDRESS postcode:HOME_POSTCODE
        MOVEMENT | code | kind | REC=reception; TRN=transfer; ROTL=temporary release; REL=release
        MOVED_AT | iso | when
        PRISON | text | prison (invented)
        FROM_PLACE | text | from where
        OFFENCE | text | main offence
        PPRC | flag | person posing a risk to children
        CONTACT_RESTRICTED | flag | contact with children is restricted
        RELEASE_PLANNED | isoday | release planned on
        RELEASE_ADDRESS | text | to which address
        RELEASE_POSTCODE | text | its postcode
        MODIFIED | iso | row last changed
    """,
        born="isoday",
    ),
)
