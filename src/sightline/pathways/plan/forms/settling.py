"""What becomes of the actions that are still to be done when a plan ends or is handed on, and of what the plan has brought."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.kernel.moments import local
from sightline.pathways.plan.forms.fields import PageForm, moment, one, text
from sightline.pathways.plan.rules.actions import Left

BECOMES = {"carry": "It goes on", "done": "It is done", "drop": "It does not go on"}
OUTCOMES = [("safer", "Safer"), ("same", "As before"), ("worse", "Worse off"), ("unknown", "Nobody knows")]


def ask_what_becomes(form: PageForm, left: Iterable[Left], ways: Iterable[str], *, when: str = "") -> None:
    """Two questions for each action. `when`: what the questions are for, where they are for one answer of several."""
    choices = [(way, BECOMES[way]) for way in ways]
    for each in left:
        who = each.action.set_by.get("owner")
        form.fields[f"becomes-{each.id}"] = one(f"{each.what} ({who}): what becomes of it?", choices, hint=when)
        form.fields[f"because-{each.id}"] = text(
            f"{each.what}: what came of it, or why does it not go on?", hint="Left empty only if it goes on" if "carry" in ways else when,
            longest=1000,
        )  # fmt: skip


def check_what_becomes(form: PageForm, left: Iterable[Left]) -> None:
    """No action is lost without a word."""
    for each in left:
        becomes = form.cleaned_data.get(f"becomes-{each.id}")
        if not becomes:
            form.add_error(f"becomes-{each.id}", f"Say what becomes of this: {each.what}")
        elif becomes != "carry":
            form.needs(f"because-{each.id}", f"Say what came of this, or why it does not go on: {each.what}")


def ask_who_goes_on(form: PageForm, left: Iterable[Left]) -> None:
    """Who does each action from now on, and by when: filled in as it was agreed, save a time that has passed."""
    at = form.asking.viewer.at
    for each in left:
        due = each.action.due
        form.fields[f"owner-{each.id}"] = text(f"{each.what}: who does it now?", f"Enter who does this: {each.what}")
        form.fields[f"due-{each.id}"] = moment(f"{each.what}: by when?", f"Enter by when: {each.what}")
        form.initial.setdefault(f"owner-{each.id}", each.action.set_by.get("owner") or "")
        if due and due > at:
            form.initial.setdefault(f"due-{each.id}", f"{local(due):%-d %m %Y %H:%M}")


def check_who_goes_on(form: PageForm, left: Iterable[Left]) -> None:
    """By a time that is still to come."""
    for each in left:
        due = form.cleaned_data.get(f"due-{each.id}")
        if due and due <= form.asking.viewer.at:
            form.add_error(f"due-{each.id}", f"Enter a time that is still to come: {each.what}")


def gone_with(left: Iterable[Left], why: dict[str, str]) -> str:
    """What doesn't go on, and why, for whoever is asked to accept the rest."""
    said = [f"{each.what} ({why[each.id]})" for each in left if each.id in why]
    return f" These actions do not go on: {'; '.join(said)}." if said else ""
