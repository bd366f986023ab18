"""Limits of the concern form: how soon it is written, and of whom words are asked."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours

LIMITS = [
    Limit(
        "concern.form",
        Hours(12),
        local_default("end of shift"),
        "a concern form for each child, from when police were there",
    ),
    Limit("concern.same_matter", Days(2), local_default(), "a call, and officers who come, belong together so long"),
    Limit(
        "concern.form_just_before", Hours(2), local_default(), "a form written so soon before is about the same matter"
    ),
    Limit("concern.draft_kept", Days(7), local_default(), "a form begun and not sent is kept for its author"),
    Limit(
        "concern.copied_looks_back",
        Days(90),
        local_default(),
        "a writer's earlier forms are held against a new one for copied words",
    ),
    Limit(
        "concern.copied_from", 80, local_default(), "per cent of its runs of words that make a form the same as another"
    ),
    Limit(
        "family.next_update",
        Days(28),
        local_default(),
        "the child and family hear something at least so often while a case is live",
    ),
    Limit("family.after_milestone", Days(2), local_default(), "the child and family are told of a decision within"),
    Limit(
        "family.attempts",
        3,
        local_default(),
        "attempts that reached nobody, after which somebody else has to find a way",
    ),
    Limit(
        "voice.what_it_was_like",
        Days(14),
        local_default(),
        "the child and family are asked what it was like, after they were told that something ended",
    ),
    Limit("voice.speaks_from", 3, local_default(), "age in years from which a child's own words are looked for"),
]
