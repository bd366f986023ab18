"""The events that case audit writes: its public face, and all of it that siblings may import."""

from __future__ import annotations

from typing import Literal

from sightline.chronology.kinds import EventKind, Words


class AuditCompleted(EventKind, kind="audit.completed", means="a case was graded"):
    grade: Literal["good", "adequate", "requires_improvement", "inadequate"]
    stage: Literal["self", "moderated", "inspector"]
    areas: dict[str, Words] | None = None
    learning: Words | None = None
