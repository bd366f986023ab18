"""How long a line can be altered unseen, and what is said where that was longer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sightline.access.transparency.checkpoints import fingerprint, public_key, signer_at
from sightline.access.transparency.commands import verify as verify_command
from sightline.access.transparency.sealer import CHECKPOINT_EVERY
from sightline.access.transparency.tests.conftest import NOW, Log, again, as_superuser, run, sealed_lines, sealed_up_to
from sightline.access.transparency.verifying import WINDOW, verify
from sightline.access.transparency.witness import Folder
from sightline.kernel.errors import Refused
from sightline.kernel.postgres import APP

BACKDATED = (
    "INSERT INTO access_accessentry (at, user_id, role, agency, action, route, reason, people, fields, outcome, note, request_ref)"
    " VALUES ('2025-01-03', 3, 'call_handler', 'police', 'search', '/', '', '{}', '{}', 'given', '', '') RETURNING id"
)
pytestmark = pytest.mark.django_db  # so that there is a test database; nothing here goes by Django


@pytest.mark.requirement("IS-03")
@pytest.mark.parametrize(
    ("attack", "found"),
    [
        ("UPDATE access_accessentry SET user_id = 99 WHERE id = %s", "changed"),
        ("DELETE FROM access_accessentry WHERE id = %s", "removed"),
    ],
)
def test_whoever_holds_a_transaction_open_wins_no_time_to_alter_a_line(log: Log, attack: str, found: str) -> None:
    began = datetime.now(UTC)
    log.sealer.start()
    log.write(2)
    sealed_up_to(log, 2).round(began)
    with as_superuser() as open_one:
        open_one.autocommit = False
        open_one.execute(f"SET LOCAL ROLE {APP}")
        open_one.execute("SELECT pg_current_xact_id()")
        log.write(3)
        for n in (1, 2, 3):
            assert log.sealer.round(began + n * CHECKPOINT_EVERY) == 0, "nothing can be sealed"
        assert "3 lines wait for transaction" in log.sealer.alarm() and not log.sealer.alarm()
        assert verify(log.db, log.folder, log.key).whole
        ids = [i for (i,) in log.db.execute("SELECT id FROM access_accessentry ORDER BY id")]
        log.db.execute("SET session_replication_role = replica")
        log.db.execute(attack, [ids[3]])
        log.db.execute("RESET session_replication_role")
        assert getattr(verify(log.db, log.folder, log.key), found) == [ids[3]], "while it is held open"
    sealed_up_to(log, 5 - (found == "removed")).round(began + 4 * CHECKPOINT_EVERY)
    told = verify(log.db, log.folder, log.key)
    assert getattr(told, found) == [ids[3]] and not told.doubtful, "and after it has ended"
    log.db.execute("SET session_replication_role = replica")
    log.db.execute("UPDATE access_accessentry SET user_id = 98 WHERE id = %s", [ids[3]])
    log.db.execute("RESET session_replication_role")
    assert getattr(verify(log.db, log.folder, log.key), found) == [ids[3]], "once, however often it is altered"


def test_a_long_transactions_own_lines_are_not_late(log: Log) -> None:
    began = datetime.now(UTC)
    log.sealer.start()
    log.write(1)
    sealed_up_to(log, 1).round(began)
    with as_superuser() as slow:
        slow.autocommit = False
        log.write(1, slow)
        for n in range(1, 5):
            log.sealer.round(began + n * CHECKPOINT_EVERY)
        slow.commit()
    sealed_up_to(log, 2).round(began + 5 * CHECKPOINT_EVERY)
    told = verify(log.db, log.folder, log.key)
    assert told.whole and not told.doubtful


@pytest.mark.requirement("IS-03")
def test_what_was_handed_over_late_is_named_and_a_silence_of_the_sealer_said(log: Log) -> None:
    began = datetime.now(UTC)
    log.sealer.start()
    log.write(1)
    sealed_up_to(log, 1).round(began)
    log.write(1)
    sealed_up_to(log, 2).round(began + 2 * WINDOW)
    told = verify(log.db, log.folder, log.key)
    (_, line) = sealed_lines(log)
    assert told.whole and told.late == [line] and len(told.silences) == 1
    assert f"1 handed over late, and could be altered unseen before ({line})" in told.line(began)
    assert not verify(log.db, log.folder, log.key, after=began + 3 * WINDOW).doubtful, "looked into already"


@pytest.mark.requirement("IS-03")
def test_a_line_that_says_another_time_than_it_was_written_is_named(log: Log) -> None:
    log.sealer.start()
    log.write(1)
    sealed_up_to(log, 1).round(datetime.now(UTC))
    with log.db.transaction():
        log.db.execute(f"SET LOCAL ROLE {APP}")
        (line,) = log.db.execute(BACKDATED).fetchone()  # type: ignore[misc]
    assert verify(log.db, log.folder, log.key).misdated == [line]
    sealed_up_to(log, 2).round(datetime.now(UTC) + CHECKPOINT_EVERY)
    told = verify(log.db, log.folder, log.key)
    assert told.whole and told.misdated == [line]
    assert f"1 written at another time than they say ({line})" in told.line(NOW)
    assert run(verify_command, log, "--checkpoints", str(log.folder.path), "--key", log.signer.verifier_line())[0] == 2


@pytest.mark.requirement("IS-03")
def test_a_folder_with_another_key_and_notes_signed_anew_is_not_believed_by_who_pinned_the_key(
    log: Log, tmp_path: Path
) -> None:
    began = datetime.now(UTC)
    log.sealer.start()
    log.write(2)
    sealed_up_to(log, 2).round(began)
    forger = signer_at(tmp_path / "forged.key")
    log.db.execute("SET session_replication_role = replica")
    log.db.execute("UPDATE access_accessentry SET user_id = 99")
    log.db.execute("TRUNCATE access_seal; RESET session_replication_role; SELECT pg_advisory_unlock_all()")
    forged = Folder(tmp_path / "forged")
    again(Log(log.db, log.sealer, forged, forger)).round(began)
    (forged.path / "access-log.pub").write_text(forger.verifier_line())
    status, said = run(verify_command, log, "--checkpoints", str(forged.path))
    assert (
        status == 0
        and f"the folder's own key {fingerprint(public_key(forger.verifier_line()))}, which nobody pinned" in said
    )
    with pytest.raises(Refused, match="bears no signature of this log's key"):
        run(verify_command, log, "--checkpoints", str(forged.path), "--key", log.signer.verifier_line())
