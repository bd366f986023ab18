"""The pages of taking part, by what their address calls them."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.pathways.participation.forms.asking import PageForm
from sightline.pathways.participation.forms.pages import (
    AdvocateCameForm,
    AdvocateForm,
    AnswerForm,
    AppointmentForm,
    BailForm,
    ClosingForm,
    ComplaintForm,
    InterviewForm,
    MeasuresForm,
    RightsForm,
    WorkerForm,
)

__all__ = ["PAGES", "AnswerForm", "ComplaintForm", "PageForm"]

PAGES: Mapping[str, type[PageForm]] = {
    "closing": ClosingForm, "advocate": AdvocateForm, "advocate-came": AdvocateCameForm, "complaint": ComplaintForm, "answer": AnswerForm,
    "appointment": AppointmentForm, "worker": WorkerForm, "special-measures": MeasuresForm, "bail": BailForm, "rights": RightsForm,
    "interview": InterviewForm,
}  # fmt: skip
