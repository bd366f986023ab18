"""Background work: schools are told of the night's domestic incidents, and whoever referred that there is word, without anybody's press."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from procrastinate.contrib.django import app

from sightline.chronology.record import recorded
from sightline.pathways.referral.services.schools import tell_schools
from sightline.pathways.referral.services.word import news, send_word, sends_mail

FEW = 100


@app.periodic(cron="*/10 * * * *")
@app.task(queue="alerts", queueing_lock="schools")
def tell_settings(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's own time
    """Every ten minutes, on every day: the school day begins at half past eight."""
    tell_schools(datetime.now(UTC))


@app.task(queue="mail", retry=5)
def word(entry: int) -> None:
    """Whoever made a referral is told that there is word of it. A mail server that does not answer is asked again."""
    send_word(entry)


@receiver(recorded)
def on_recorded(event_ids: list[int], **_: Any) -> None:
    """Where a mail server is set, word goes out of what somebody has just written; a feed's batch is nobody's answer."""
    if len(event_ids) > FEW or not sends_mail():
        return
    with transaction.atomic():
        for entry in news(event_ids):
            word.defer(entry=entry)
