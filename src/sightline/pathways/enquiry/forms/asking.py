"""The kinds of question that pages of this slice ask: moments, words, choices, actions; and a form that takes one step of a course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms

from sightline.kernel.moments import from_local, local
from sightline.pathways.enquiry.alerts.partners import CALLED
from sightline.pathways.enquiry.services import ActionSaid
from sightline.ui.asking import DAYS, StepForm

END_OF_WORK = time(17, 0)
MOMENTS = ("%d %m %Y %H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")
NOT_ASKED = ("token", "seen", "separate")
WHEN = "For example 27 3 2027 16:30"
AGENCIES = [("", "Choose an agency"), *((key, said.removeprefix("the ").capitalize()) for key, said in CALLED.items()),
            ("housing", "Housing"), ("probation", "Probation"), ("voluntary", "A charity")]  # fmt: skip


class MomentField(forms.CharField):
    """A day and a time as they are written here; a day alone is the end of that working day."""

    def clean(self, value: Any) -> Any:
        """The moment, or None where none was said."""
        said = " ".join(str(super().clean(value) or "").split())
        for form in (*MOMENTS, *DAYS) if said else ():
            try:
                found = datetime.strptime(said, form)  # noqa: DTZ007 - a clock on the wall, made aware below
            except ValueError:
                continue
            return from_local(found if form in MOMENTS else datetime.combine(found.date(), END_OF_WORK))
        if said:
            raise forms.ValidationError(f"Enter a day and a time. {WHEN}")
        return None


def moment_field(label: str, *, required: bool = True) -> MomentField:
    """When something was or is to be."""
    return MomentField(
        label=label, required=required, help_text=WHEN, error_messages={"required": f"{label}: enter a day and a time"}
    )


def text_field(label: str, hint: str = "", *, required: bool = True, longest: int = 4000) -> forms.CharField:
    """Something said in one's own words."""
    said = {"required": f"Answer this: {label[:1].lower()}{label[1:]}"}
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=longest, widget=forms.Textarea, error_messages=said
    )


def line_field(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    """A line."""
    said = {"required": f"Answer this: {label[:1].lower()}{label[1:]}"}
    return forms.CharField(label=label, help_text=hint, required=required, max_length=200, error_messages=said)


def choice_field(label: str, choices: Iterable[tuple[str, str]], *, required: bool = True) -> forms.ChoiceField:
    """One of a few."""
    said = {"required": f"Choose: {label[:1].lower()}{label[1:]}"}
    return forms.ChoiceField(
        label=label, choices=list(choices), required=required, widget=forms.RadioSelect, error_messages=said
    )


class QuestionForm(StepForm):
    """A form that takes one step, its questions under headings."""

    groups: Sequence[tuple[str, Sequence[str]]] = ()

    def asked(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Its questions, under their headings."""
        grouped = {name for _, names in self.groups for name in names}
        rest = [n for n in self.fields if n not in grouped and n not in NOT_ASKED]
        for heading, names in (("", rest), *self.groups):
            if names:
                yield heading, [self[n] for n in names]

    def say(self, *names: str) -> dict[str, Any]:
        """What was answered, by these names; yes and no as such."""
        return {
            n: {"yes": True, "no": False}.get(v, v) if isinstance(v := self.cleaned_data.get(n), str) else v
            for n in names
        }


class BeginForm(QuestionForm):
    """A form that may begin a discussion or an enquiry, where none of the same goes on. `begins`: the kind of entry."""

    begins = ""
    separate = forms.CharField(label="Why this is another one", required=False, max_length=500, widget=forms.Textarea)


def gate_fields() -> dict[str, forms.Field]:
    """What is answered before nothing further is done."""
    return {
        "residual_risk": text_field("What risk remains", required=False),
        "risk_held_by": line_field("Who holds that risk", "Name, role and agency", required=False),
        "safeguarding_plan": text_field("What keeps the child safe from now on", required=False),
        "way_back_contact": line_field("Whom the child can come back to", "Somebody by name, whom the child knows", required=False),
        "way_back": text_field("How the child can come back to somebody they know", required=False),
    }  # fmt: skip


def action_fields(n: int) -> dict[str, forms.Field]:
    """One action: what, who, which agency, by when."""
    return {f"action_{n}_what": line_field("What is to be done", required=False), f"action_{n}_owner": line_field("Who does it", required=False),
            f"action_{n}_agency": forms.ChoiceField(label="Their agency", choices=AGENCIES, required=False),
            f"action_{n}_due": moment_field("By when", required=False)}  # fmt: skip


def whole_action(form: forms.Form, n: int, said: Mapping[str, Any]) -> None:
    """Say what an action that was begun lacks."""
    parts = {part: said.get(f"action_{n}_{part}") for part in ("what", "owner", "agency", "due")}
    for part, asks in {
        "what": "Say what is to be done",
        "owner": "Say who does it",
        "agency": "Choose their agency",
        "due": "Say by when",
    }.items():
        if any(parts.values()) and not parts[part] and f"action_{n}_{part}" not in form.errors:
            form.add_error(f"action_{n}_{part}", f"Action {n}: {asks[:1].lower()}{asks[1:]}")


def action_said(said: Mapping[str, Any], n: int) -> ActionSaid | None:
    """An action, where one was set."""
    what, owner, agency, due = (said.get(f"action_{n}_{part}") for part in ("what", "owner", "agency", "due"))
    return ActionSaid(str(what), str(owner), str(agency), due) if what and owner and agency and due else None


def lines(text: str) -> list[str]:
    """Each line that says something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def written(moment: datetime) -> str:
    """A moment as a form takes it."""
    return local(moment).strftime("%-d %-m %Y %H:%M")
