"""Lines that wait for a transaction which somebody holds open are attacked like those under a checkpoint."""

from __future__ import annotations

import pytest

from sightline.access.transparency.sealer import CHECKPOINT_EVERY
from sightline.access.transparency.tests.conftest import Log, as_superuser
from sightline.access.transparency.tests.test_tampering import ATTACKS, SEEDS, found, verdict
from sightline.kernel.postgres import APP

pytestmark = pytest.mark.django_db  # so that there is a test database; nothing here goes by Django
WAITING_ATTACKS = {
    name: ATTACKS[name]
    for name in ("another user", "another child", "another reason", "another outcome", "a later writing", "removed")
}


@pytest.mark.requirement("IS-03")
def test_every_attack_on_lines_that_wait_for_an_open_transaction_is_found_and_the_line_named(sealed: Log) -> None:
    with as_superuser() as held_open:
        held_open.autocommit = False
        held_open.execute(f"SET LOCAL ROLE {APP}")
        held_open.execute("SELECT pg_current_xact_id()")
        sealed.write(5)
        for n in (3, 4):
            sealed.sealer.round(sealed.began + n * CHECKPOINT_EVERY)
        waiting = sorted(sealed.sealer.waiting)
        assert len(waiting) >= 5 and verdict(sealed).whole
        for name, (kind, attack) in WAITING_ATTACKS.items():
            for seed in SEEDS:
                told, aimed = found(sealed, attack, seed, waiting)
                assert set(getattr(told, kind)) == aimed, (name, seed)
    assert verdict(sealed).whole
