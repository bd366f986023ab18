"""The sealer passes over no slow commit, takes up where it left off, and says when the witness knows more than the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from sightline.access.transparency.commands import seal as seal_command
from sightline.access.transparency.commands import verify as verify_command
from sightline.access.transparency.sealer import CHECKPOINT_EVERY, LogLost, Sealer
from sightline.access.transparency.tests.conftest import (
    NOW,
    Log,
    again,
    as_superuser,
    empty,
    run,
    sealed_lines,
    sealed_up_to,
)
from sightline.access.transparency.verifying import WINDOW, verify
from sightline.access.transparency.witness import Folder
from sightline.kernel.errors import Refused

pytestmark = pytest.mark.django_db  # so that there is a test database; nothing here goes by Django


@pytest.mark.requirement("IS-03")
def test_a_slow_commit_is_waited_for_and_never_passed_over(log: Log) -> None:
    log.sealer.start()
    with as_superuser() as slow:
        slow.autocommit = False
        log.write(1, slow)
        log.write(2)
        assert log.sealer.seal() == 0
        slow.commit()
    sealed_up_to(log, 3).checkpoint(NOW)
    assert verify(log.db, log.folder, log.key).whole


def test_what_was_rolled_back_holds_nobody_up(log: Log) -> None:
    log.sealer.start()
    with as_superuser() as slow:
        slow.autocommit = False
        log.write(1, slow)
        slow.rollback()
    log.write(1)
    sealed_up_to(log, 1)


def test_another_sealer_takes_up_the_tree_and_gives_the_witness_what_it_lacks(log: Log) -> None:
    log.sealer.start()
    log.write(3)
    sealed_up_to(log, 3).round(NOW)
    log.write(2)
    sealed_up_to(log, 5)
    second = again(log)
    assert (second.tree.size, second.kept, len(second.unkept)) == (5, 3, 2)
    assert second.tree.root() == log.sealer.tree.root()
    log.write(1)
    sealed_up_to(log, 6, second).checkpoint(NOW)
    assert [size for size, _ in log.folder.notes()] == [3, 6]
    assert verify(log.db, log.folder, log.key).whole


def test_two_sealers_never_seal_at_once(log: Log) -> None:
    log.sealer.start()
    with as_superuser() as other, pytest.raises(psycopg.errors.LockNotAvailable):
        other.execute("SET lock_timeout = '200ms'")
        Sealer(other, log.signer, log.folder).start()


def test_a_checkpoint_comes_within_the_minute_and_a_beat_where_nothing_was_written(log: Log) -> None:
    assert CHECKPOINT_EVERY < WINDOW
    log.sealer.start()
    log.write(1)
    sealed_up_to(log, 1).round(NOW)
    log.write(1)
    sealed_up_to(log, 2).round(NOW + timedelta(seconds=1))
    assert log.folder.size() == 1
    log.sealer.round(NOW + CHECKPOINT_EVERY)
    assert log.folder.size() == 2
    assert log.folder.beats() == []
    log.sealer.round(NOW + 2 * CHECKPOINT_EVERY)
    assert (len(log.folder.notes()), len(log.folder.beats())) == (2, 1)
    told = verify(log.db, log.folder, log.key)
    assert told.whole and not told.doubtful and told.heard_at is not None
    assert told.heard_at.at == (NOW + 2 * CHECKPOINT_EVERY).replace(microsecond=0)


@pytest.mark.requirement("IS-03")
def test_a_database_put_back_to_an_earlier_day_is_not_sealed_on(log: Log) -> None:
    log.sealer.start()
    log.write(3)
    sealed_up_to(log, 3).round(NOW)
    empty(log.db)
    log.write(1)
    with pytest.raises(LogLost, match="holds 3 lines"):
        again(log)


def test_after_a_restore_transactions_are_numbered_anew_and_lines_are_sealed_all_the_same(log: Log) -> None:
    log.sealer.start()
    log.write(2)
    sealed_up_to(log, 2)
    later = 2**60
    log.db.execute("SET session_replication_role = replica")
    log.db.execute(f"UPDATE access_accessentry SET written_in = {later}")
    log.db.execute(f"UPDATE access_seal SET written_in = {later}")
    log.db.execute("RESET session_replication_role")
    second = again(log)
    log.write(2)
    sealed_up_to(log, 4, second)
    assert len(sealed_lines(log)) == 4


@pytest.mark.requirement("IS-03")
def test_a_witness_whose_own_files_were_altered_shows_nothing(log: Log) -> None:
    log.sealer.start()
    log.write(2)
    sealed_up_to(log, 2).round(NOW)
    leaves = log.folder.path / "000000000002.leaves"
    kept = leaves.read_text()
    leaf = kept.split("\n")[0].split()[1]
    leaves.write_text(kept.replace(leaf, leaf[::-1]))
    with pytest.raises(Refused, match="does not fit its leaves"):
        verify(log.db, log.folder, log.key)
    leaves.unlink()
    with pytest.raises(Refused, match="cannot be read"):
        verify(log.db, log.folder, log.key)


def test_lines_that_wait_too_long_for_a_checkpoint_are_said(log: Log) -> None:
    log.sealer.start()
    log.write(1)
    sealed_up_to(log, 1).round(datetime.now(UTC))
    log.write(1)
    told = verify(log.db, log.folder, log.key)
    later = datetime.now(UTC) + 3 * WINDOW
    assert told.behind(later)
    assert "THE SEALER IS BEHIND" in told.line(later)
    assert not told.behind(datetime.now(UTC))


@pytest.mark.requirement("IS-03")
def test_the_two_commands_seal_and_verify_without_the_application(log: Log, tmp_path: Path) -> None:
    key, folder = str(tmp_path / "key"), str(tmp_path / "out")
    log.write(4)
    log.sealer.start()
    sealed_up_to(log, 4)
    log.db.execute("SELECT pg_advisory_unlock_all()")
    status, said = run(seal_command, log, "--once", "--witness", folder, "--key", key)
    assert (status, said.split(":")[0]) == (0, "Public key of the access log")
    status, said = run(verify_command, log, "--checkpoints", folder)
    assert (status, said.count("\n")) == (0, 1)
    assert said.startswith("whole: 4 lines")
    log.db.execute("SET session_replication_role = replica")
    (line,) = log.db.execute(
        "DELETE FROM access_accessentry WHERE id = (SELECT min(id) FROM access_accessentry) RETURNING id"
    ).fetchone()  # type: ignore[misc]
    log.db.execute("RESET session_replication_role")
    status, said = run(verify_command, log, "--checkpoints", folder)
    assert (status, said.count("\n")) == (1, 1)
    assert f"1 removed ({line})" in said


def test_an_empty_folder_shows_nothing_and_says_so(log: Log, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"holds no access-log\.pub"):
        run(verify_command, log, "--checkpoints", str(tmp_path))
    with pytest.raises(Refused, match="holds no checkpoint"):
        verify(log.db, Folder(tmp_path), log.key)
