"""Word by e-mail that something about a referral is ready to be read here: to whoever made it, and with nobody's name in it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage, get_connection

from sightline.access import wall
from sightline.access.models import User
from sightline.chronology.models import Event
from sightline.chronology.stepping import HERE
from sightline.kernel.errors import Refused

NEWS = ("referral.fed_back", "escalation.answered", "referral.decided")
SUBJECT = "Word from Sightline"
TEXT = (
    "Something about a referral that you made is ready to be read. Sign in to Sightline and open Referrals.\n\n"
    "This message names nobody, and nobody should be named in an answer to it.\n"
)


@dataclass(frozen=True)
class Server:
    """Where mail is handed over, and in whose name."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool
    sender: str


def mail_server() -> Server | None:
    """The mail server of SIGHTLINE_MAIL, `smtp+tls://user:password@host:587`, and the sender of SIGHTLINE_MAIL_FROM; None where none is set."""
    said = urlsplit(os.environ.get("SIGHTLINE_MAIL", ""))
    sender = os.environ.get("SIGHTLINE_MAIL_FROM", "")
    if not said.hostname:
        return None
    if said.scheme not in ("smtp", "smtp+tls") or not sender:
        raise Refused("SIGHTLINE_MAIL is smtp:// or smtp+tls:// and a host, and SIGHTLINE_MAIL_FROM the sender.")
    user, password = unquote(said.username or ""), unquote(said.password or "")
    return Server(said.hostname, said.port or 25, user, password, said.scheme == "smtp+tls", sender)


def sends_mail() -> bool:
    """Whether a mail server is set at all."""
    return bool(os.environ.get("SIGHTLINE_MAIL"))


@wall.working()
def news(entries: Iterable[int]) -> list[int]:
    """Which of these entries are word for whoever made a referral here: what came of it, an answer, or questions to them."""
    held = Event.objects.filter(pk__in=list(entries), source=HERE, kind__in=NEWS, ref__contains="referral/")
    told = held.values_list("pk", "kind", "data")
    return [
        pk
        for pk, kind, data in told
        if kind != "referral.decided" or data.get("decision") == "returned_for_information"
    ]


@wall.working()
def send_word(entry: int) -> int:
    """Tell whoever made the referral of this entry that there is word of it; gives how many messages went. None to whoever wrote the entry."""
    server, event = mail_server(), Event.objects.get(pk=entry)
    if server is None:
        return 0
    made = Event.objects.filter(
        source=HERE, ref=event.ref.partition("#")[0].removeprefix(f"{HERE}:"), kind="referral.made"
    ).first()
    account = int(made.data.get("account") or 0) if made else 0
    to = User.objects.filter(pk=account, is_active=True).exclude(email="").first()
    if to is None or event.data.get("account") == account:
        return 0
    through = get_connection(host=server.host, port=server.port, username=server.user, password=server.password,
                             use_tls=server.encrypted, timeout=20)  # fmt: skip
    return EmailMessage(SUBJECT, TEXT, server.sender, [to.email], connection=through).send()
