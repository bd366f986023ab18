"""The events that recommendations writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sightline.chronology.kinds import Day, EventKind, Words


class ProfilePublished(EventKind, kind="profile.published", means="analysts described a threat in an area"):
    title: Words
    threat: Words | None = None
    area: Words | None = None


class ReviewFound(EventKind, kind="review.found", means="a learning review found something to be learned"):
    review: Words
    finding: Words
    pattern: Words | None = None  # the alert kind by which live cases like it are found
    policy_changed: Words | None = None
    training_changed: Words | None = None


class RecommendationMade(
    EventKind, kind="recommendation.made", means="a profile, review or inspection asked for something to be done"
):
    id: Words
    text: Words
    owner: Words | None = None
    due: Day | None = None


class RecommendationAnswered(
    EventKind, kind="recommendation.answered", means="whether a recommendation was acted on, and what was done"
):
    id: Words
    acted_on: bool
    what: Words | None = None


class ComplaintReceived(
    EventKind, kind="complaint.received", means="a child or a family complained, or made a representation"
):
    from_: Literal["child", "parent", "carer", "relative", "advocate", "other"] = Field(alias="from")
    about: Literal["delay", "attitude", "not_believed", "not_told", "decision", "other"]
    text: Words


class ComplaintAnswered(EventKind, kind="complaint.answered", means="the complaint was answered"):
    outcome: Literal["upheld", "partly_upheld", "not_upheld", "withdrawn"]
    text: Words | None = None
