"""Police extracts about what happened: calls, crimes, missing episodes, detentions."""

from sightline.exchange.invented.layouts.columns import Layout, columns

COMMAND_AND_CONTROL = Layout(
    system="command_and_control",
    form="csv",
    row_means="one incident: a call or report, graded, attended or not, closed",
    row_key="INC_NO",
    updated="LAST_UPD",
    keeps_people=False,
    flags=("Y", "N", "U"),
    columns=columns("""
        INC_NO | key | incident number
        CREATED | stamp | when the call was taken
        CALL_SOURCE | code | how it came | 999=999; 101=101; ONL=online; CTR=front counter; AGY=another agency
        + ; SCH=school
        OPEN_CODE | code | what it was opened as | CONCHILD=concern for a child; DOMESTIC=domestic abuse
        + ; MISPER=missing person; ASSAULT=assault; SEXOFF=sexual offence; NEGLECT=neglect; EXPLOIT=exploitation
        + ; ONLABUSE=online abuse; ASB=antisocial behaviour; CRIME=another crime; WELFARE=welfare check
        + ; DISTURB=disturbance; OTHER=anything else
        GRADE | code | response grade | 1=immediate; 2=priority; 3=scheduled; 4=no attendance
        LOC_ADDRESS | text | where it happened, lines joined by ', '
        LOC_POSTCODE | text | its postcode
        LOC_WARNINGS | list | warnings on the address | DOG=dangerous dog; VIO=violence; WPN=weapons
        + ; RSO=registered sex offender; CPP=child protection plan
        @reporter key:CALLER_REF full_name:CALLER_NAME phone:CALLER_TEL
        CALLER_IS | code | who the caller is | CH=child; PA=parent; RE=relative; NE=neighbour; PR=professional
        + ; AN=anonymous; OT=other
        @child key:CHILD_REF full_name:CHILD_NAME born_or_age:CHILD_DOB_AGE sex:CHILD_SEX address:CHILD_ADDRESS
        + postcode:CHILD_POSTCODE
        @adult key:OTHER_REF full_name:OTHER_NAME born_or_age:OTHER_DOB_AGE sex:OTHER_SEX
        CHILDREN_PRESENT | flag | children were present
        TOLD_CHILD_SAFE | flag | the control room was told that the child is safe
        CHECKS_AT | stamp | when record systems were searched
        CHECKS_DONE | list | which systems, by their Sightline keys
        DESPATCHED | stamp | first unit sent
        UNIT | text | call sign of that unit
        AT_SCENE | stamp | first unit arrived
        CANCELLED | stamp | attendance cancelled
        CANCEL_REASON | text | why nobody went
        CANCEL_BY | text | who agreed to that
        CHILD_SEEN | stamp | when an officer saw the child
        SEEN_ALONE | flag | seen alone
        SPOKEN_TO | flag | spoken to
        CHILD_SAFE | flag | found safe
        DEMEANOUR | text | how the child seemed
        CLOSED | stamp | incident closed
        LOG_TEXT | text | free text of the log
        LAST_UPD | stamp | row last changed
    """),
)

CRIME = Layout(
    system="crime",
    form="csv",
    row_means="one recorded crime with its victim, suspect, investigation and outcome so far",
    row_key="CRIME_NO",
    updated="LAST_UPDATED",
    columns=columns("""
        CRIME_NO | key | crime number
        INC_NO | key | incident that it came from (command_and_control)
        RECORDED | minute | when it was recorded
        COMMITTED_FROM | day | earliest day on which it happened
        COMMITTED_TO | day | latest day on which it happened
        OFFENCE | text | offence as titled
        CATEGORY | code | kind of offence | VAP=violence; SEX=sexual; CRU=cruelty or neglect; EXP=exploitation
        + ; ONL=online
        + ; ACQ=theft and damage; DRG=drugs; POO=public order; OTH=other
        LOCATION | text | where, lines joined by ', '
        LOC_POSTCODE | text | its postcode
        @victim key:VIC_URN surname:VIC_SURNAME forenames:VIC_FORENAMES born:VIC_DOB sex:VIC_SEX ethnicity:VIC_ETHNIC
        + address:VIC_ADDRESS postcode:VIC_POSTCODE phone:VIC_PHONE
        @suspect key:SUS_URN surname:SUS_SURNAME forenames:SUS_FORENAMES born:SUS_DOB sex:SUS_SEX ethnicity:SUS_ETHNIC
        + address:SUS_ADDRESS postcode:SUS_POSTCODE pnc_id:SUS_PNCID warnings:SUS_WARNINGS
        VIC_SUS_REL | code | what the suspect is to the victim | PAR=parent; STP=step-parent; PTN=partner
        + ; EXP=ex-partner
        + ; SIB=sibling; REL=other relative; ACQ=acquaintance; STR=stranger; UNK=not known
        CHILD_PRESENT | flag | a child was present
        TEAM | code | team that investigates | RESP=response; PVP=child protection; CSE=exploitation; DA=domestic abuse
        + ; ONLINE=online; RAPE=rape; VOLUME=other
        OIC | text | officer in the case
        ALLOCATED | minute | given to that officer
        SPECIALIST | flag | that officer is a trained child abuse investigator
        SUS_IDENTIFIED | day | suspect named
        SUS_ARRESTED | minute | suspect arrested
        BAIL_TYPE | code | how the suspect is held to return | PRE=bail before charge; POST=bail after charge
        + ; COURT=court bail; RUI=released under investigation
        BAIL_FROM | minute | bail set
        BAIL_UNTIL | day | bail ends
        BAIL_CONDITIONS | list | conditions
        CHARGED | minute | suspect charged
        CHARGE | text | offence charged
        DISPOSAL | code | out-of-court result | CAU=caution; CCA=conditional caution; YCA=youth caution
        + ; CR=community resolution; O21=outcome 21; O22=outcome 22
        DISPOSED | day | day of that result
        OUTCOME | code | how the investigation ended | 1=charged or summonsed; 2=out of court
        + ; 10=not in the public interest
        + ; 14=victim does not support, suspect not named; 15=evidence difficulties, victim supports
        + ; 16=evidence difficulties, victim does not support; 18=complete, no suspect; C=cancelled
        FINALISED | day | day on which it ended
        CANCELLED | day | day on which the crime was cancelled
        CANCEL_REASON | text | why
        AVI | flag | additional verifiable information held
        LAST_UPDATED | stamp | row last changed
    """),
)

MISSING = Layout(
    system="missing",
    form="csv",
    row_means="one missing episode from report to return",
    row_key="episode_id",
    updated="last_modified",
    flags=("Yes", "No", "Not known"),
    sexes=("Female", "Male", "Not known"),
    columns=columns(
        """
        episode_id | key | episode number
        reported | minute | when reported
        reported_by | code | who reported | Parent; Care home; Foster carer; School; Relative; Other
        @subject key:mp_id surname:mp_surname forenames:mp_forenames aliases:mp_known_as born:mp_dob age:mp_age
        + sex:mp_gender
        + ethnicity:mp_ethnicity address:mp_address postcode:mp_postcode phone:mp_mobile
        in_care | flag | the person is looked after
        risk | code | first risk grade | No apparent; Low; Medium; High
        circumstances | text | what was said
        last_seen_at | text | where last seen
        risk_changed | minute | when regraded
        risk_new | code | new grade | No apparent; Low; Medium; High
        risk_reason | text | why regraded
        enquiries | list | what was done to find them
        found | minute | when returned or found; empty while missing
        found_by | code | by whom | Police; Family; Carers; Self; Other
        found_where | text | where
        @adult key:with_id reversed_name:with_name born:with_dob address:with_address
        harmed | flag | came to harm while missing
        safe_and_well | minute | police prevention interview
        sw_seen | flag | seen in it
        sw_alone | flag | seen alone
        sw_disclosed | text | what was said
        rhi_offered | day | independent return interview offered
        rhi_accepted | flag | accepted
        rhi_held | day | held
        rhi_reasons | text | why the child went
        rhi_places | list | places named
        rhi_shared | flag | shared with police
        last_modified | stamp | row last changed
    """,
        sexes=("Female", "Male", "Not known"),
    ),
)

CUSTODY = Layout(
    system="custody",
    form="xml",
    root="CustodyExtract",
    element="Detention",
    row_means="one detention from arrival to release",
    row_key="CustodyNumber",
    updated="UpdatedAt",
    flags=("true", "false", ""),
    sexes=("FEMALE", "MALE", "UNKNOWN"),
    columns=columns(
        """
        CustodyNumber | key | custody record number
        Station | text | custody suite
        @subject key:PersonURN surname:Surname forenames:Forenames aliases:AlsoKnownAs born:DateOfBirth sex:Sex
        + ethnicity:SelfDefinedEthnicity language:Language address:Address postcode:Postcode pnc_id:PNCID
        + warnings:WarningSignals
        Power | code | power of detention | ARREST=arrest; WARRANT=warrant; BREACHBAIL=breach of bail
        + ; S136=Mental Health Act s136; RECALL=recall
        Offence | text | offence arrested for
        Reason | text | reason for detention
        Necessity | text | why arrest was necessary
        ArrivedAt | iso | arrived at the station
        AuthorisedAt | iso | detention authorised
        RightsGivenAt | iso | rights given
        RightsAAPresent | flag | appropriate adult present then
        RiskAssessedAt | iso | risk assessment done
        Vulnerabilities | list | what it found
        HeldIn | code | where held | CELL=cell; DROOM=detention room
        AARequestedAt | iso | appropriate adult asked to come
        AAWho | code | who was asked | PARENT=parent; SW=social worker; SCHEME=scheme; OTHER=other
        AAArrivedAt | iso | appropriate adult came
        ResponsibleInformedAt | iso | person responsible told
        ResponsibleInformed | code | who was told | PARENT=parent; SC=social care; HOME=care home
        + ; YOT=youth offending team
        HealthcareSeenAt | iso | health professional saw the detained person
        HealthcareOutcome | text | what the health professional said
        MealOfferedAt | iso | first meal offered
        Review1At | iso | first review
        Review1Rank | text | rank of the first reviewer
        Review2At | iso | second review
        Review2Rank | text | rank of the second reviewer
        InterviewedAt | iso | interviewed
        InterviewAAPresent | flag | appropriate adult present in interview
        SolicitorPresent | flag | solicitor present in interview
        ChargedAt | iso | charged
        BailDecision | code | bail after charge | GRANTED=granted; REFUSED=refused
        BailRefusedGround | code | ground of refusal | FTA=will not appear; OFF=offence on bail; INJ=injury
        + ; INT=interference; OWN=own interests; ID=name or address
        LARequestedAt | iso | local authority accommodation asked for
        LAKind | code | accommodation asked for | SECURE=secure; OPEN=open
        LAAnsweredAt | iso | local authority answered
        LAOffered | flag | accommodation offered
        LAReason | text | what the local authority said
        CertificateAt | iso | certificate for the court completed
        ReleasedAt | iso | left custody
        Disposal | code | how it ended | BAIL=bailed; RUI=released under investigation; NFA=no further action
        + ; LA=to the local authority; COURT=to court; HOSP=to hospital; POS=to a place of safety
        SafeReleasePlan | flag | a plan for a safe release was made
        UpdatedAt | iso | row last changed
    """,
        born="isoday",
        sexes=("FEMALE", "MALE", "UNKNOWN"),
    ),
)
