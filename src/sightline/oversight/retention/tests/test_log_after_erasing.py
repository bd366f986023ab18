"""The access log is whole after an erasure."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sightline.access.models import AccessEntry
from sightline.access.transparency.checkpoints import signer_at
from sightline.access.transparency.sealer import Sealer
from sightline.access.transparency.tests.conftest import Log, as_superuser, sealed_up_to
from sightline.access.transparency.verifying import verify
from sightline.access.transparency.witness import Folder
from sightline.oversight.retention.erasing import erase
from sightline.oversight.retention.tests.conftest import (
    Scene,
)
from sightline.oversight.retention.tests.test_erasing import BY, decided


@pytest.mark.requirement("IS-03", "IS-07")
@pytest.mark.django_db(transaction=True)
def test_the_log_is_whole_after_an_erasure(scene: Scene, tmp_path: Path) -> None:
    with as_superuser() as db:
        signer, folder = signer_at(tmp_path / "log.key"), Folder(tmp_path / "witness")
        log = Log(db, Sealer(db, signer, folder), folder, signer)
        number = decided(scene)
        log.sealer.start()
        sealed_up_to(log, AccessEntry.objects.count()).round(datetime.now().astimezone())
        erase(number, BY)
        sealed_up_to(log, AccessEntry.objects.count()).round(datetime.now().astimezone() + timedelta(minutes=1))
        verdict: Any = verify(db, folder, log.key)
        assert verdict.whole
        assert verdict.checked == AccessEntry.objects.count()
