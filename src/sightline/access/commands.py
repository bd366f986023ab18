"""`account`: who may sign in, in which post. The first user of a force is made so, and every other where no administrator has a page for it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import click
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.text import slugify

from sightline.access.log import Action, write
from sightline.access.models import Post, User
from sightline.access.organisations import close_agency, merge_agency, rename_agency
from sightline.access.roles import roles
from sightline.access.staff import declare
from sightline.access.viewer import Viewer
from sightline.agencies.models import Agency, Team
from sightline.kernel.errors import Refused


@click.command("account")
@click.argument("username")
@click.option("--name", default="", help="As colleagues know them: Jo Marsh.")
@click.option("--role", default="", help="A role of roles.yaml: call_handler, case_owner, data_guardian ...")
@click.option(
    "--agency", default="", help="Its key: police. One that does not exist is made, with the next two options."
)
@click.option("--agency-name", default="", help="Of an agency that does not exist yet: Marsham Police.")
@click.option("--agency-kind", default="", help="Of an agency that does not exist yet: police, social_care, health ...")
@click.option("--team", default="", help="The team within the agency; one that does not exist is made.")
@click.option("--area", default="", help="The postcode districts that the team answers for: ZS5, ZS6.")
@click.option("--surname", default="", help="Their own, so that a look at their own family is noticed.")
@click.option("--street", default="", help="House number and street where they live: 4 Kiln Row.")
@click.option("--postcode", default="", help="Of where they live.")
@click.option("--email", default="", help="Where word goes that something waits for them here; it names nobody.")
@click.option("--reset", is_flag=True, help="A new password, and the second factor set up anew.")
@click.option("--close", is_flag=True, help="Ends every post and closes the account. What they did stays in the log.")
def account(username: str, name: str, role: str, agency: str, reset: bool, close: bool, **of: str) -> None:
    """Give somebody an account and a post, a new password, or none any more.

    The password is said once. At their first sign-in they set up a second factor, and see nothing before.
    """
    at = datetime.now(UTC)
    with transaction.atomic():
        user = User.objects.filter(username=username).first()
        if close:
            close_account(_existing(user, username), at=at)
            click.echo(f"{username} can no longer sign in.")
            return
        password = ""
        if user is None or reset:
            user, password = _with_password(user, username, name, at)
        if of["surname"] or of["street"] or of["postcode"]:
            declare(user, surname=of["surname"], lines=of["street"], postcode=of["postcode"])
            _write(user, "declared of themselves", at)
        if of["email"]:
            User.objects.filter(pk=user.pk).update(email=of["email"])
            _write(user, "given an address for word", at)
        if role or not user.posts.exists():
            post = _post(
                user, role, _agency(agency, of["agency_name"], of["agency_kind"]), of["team"], of["area"], at=at
            )
            click.echo(f"{username} is {roles()[post.role].name}, {post.agency}.")
    if password:
        click.echo(f"Password, said once: {password}\nThey sign in, set up a second factor, and change the password.")


def _existing(user: User | None, username: str) -> User:
    if user is None:
        raise Refused(f"There is no account {username}.")
    return user


def _write(user: User, what: str, at: datetime) -> None:
    """Which account, and what was done with it; nobody is signed in at a command line."""
    by = Viewer(None, "sightline", "", "", 0, None, at, "command account")
    write(by, Action.ADMINISTRATION, note=f"account {user.pk} {what}")


def _with_password(user: User | None, username: str, name: str, at: datetime) -> tuple[User, str]:
    password = "-".join(secrets.token_hex(2) for _ in range(5))
    if user is None:
        if not name:
            raise Refused("Say the name that colleagues know them by: --name 'Jo Marsh'.")
        user = User.objects.create_user(username=username, name=name, password=password)
        _write(user, "made", at)
        return user, password
    user.set_password(password)
    user.save()
    Authenticator.objects.filter(user=user).delete()
    _write(user, "given a new password", at)
    return user, password


def _agency(key: str, name: str, kind: str) -> Agency:
    held = Agency.objects.filter(key=key).first()
    if held is None and not (key and name and kind):
        known = ", ".join(Agency.objects.order_by("key").values_list("key", flat=True)) or "none yet"
        raise Refused(f"Say the agency. Known: {known}. A new one needs --agency, --agency-name and --agency-kind.")
    return held or Agency.objects.create(key=key, name=name, kind=kind)


def _post(user: User, role: str, agency: Agency, team: str, area: str, *, at: datetime) -> Post:
    """A role in an agency from now on. Raises Refused for a role that nobody declared, or that is another kind of agency's."""
    if role not in roles():
        raise Refused(f"Say the role with --role, one of: {', '.join(sorted(roles()))}.")
    if roles()[role].agency not in ("any", agency.kind):
        raise Refused(f"{roles()[role].name} is a role of {roles()[role].agency}, and {agency} is {agency.kind}.")
    group = None
    if team:
        key = slugify(f"{agency.key} {team}")
        group, _ = Team.objects.get_or_create(key=key, defaults={"name": team, "agency": agency})
        if area:
            Team.objects.filter(pk=group.pk).update(area=area)
    _write(user, "given a post", at)
    return Post.objects.create(user=user, role=role, agency=agency, team=group, held_from=at)


def close_account(user: User, *, at: datetime) -> None:
    """No post from now on, and no way in."""
    user.posts.filter(held_until=None).update(held_until=at)
    user.is_active = False
    user.save()
    _write(user, "closed", at)


@click.group("agency")
def agency_group() -> None:
    """An organisation is renamed, merges into another, or closes. What it recorded keeps its name."""


@agency_group.command("rename")
@click.argument("key")
@click.option("--key", "new_key", required=True, help="Of the organisation under its new name: holm-police.")
@click.option("--name", required=True, help="Its new name: Holm and Marsham Police.")
def rename(key: str, new_key: str, name: str) -> None:
    """KEY goes on under another name, with its teams and posts."""
    at = datetime.now(UTC)
    new = rename_agency(key, new_key=new_key, name=name, by=_at_command_line(at), at=at)
    click.echo(f"{key} is {new} from now on.")


@agency_group.command("merge")
@click.argument("key")
@click.option("--into", required=True, help="The key of the organisation of which it becomes part.")
def merge(key: str, into: str) -> None:
    """KEY becomes part of another organisation, with its teams and posts."""
    at = datetime.now(UTC)
    new = merge_agency(key, into=into, by=_at_command_line(at), at=at)
    click.echo(f"{key} is part of {new} from now on.")


@agency_group.command("close")
@click.argument("key")
def close(key: str) -> None:
    """KEY leaves: its posts end. What it recorded stays."""
    at = datetime.now(UTC)
    old = close_agency(key, by=_at_command_line(at), at=at)
    click.echo(f"{old} has left: its posts have ended.")


def _at_command_line(at: datetime) -> Viewer:
    """Nobody is signed in at a command line."""
    return Viewer(None, "sightline", "", "", 0, None, at, "command agency")
