"""The sealer passes over no slow commit, takes up where it left off, and says when the witness knows more than the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from sightline.access.transparency.checkpoints import fingerprint, public_key, signer_at
from sightline.access.transparency.commands import seal as seal_command
from sightline.access.transparency.commands import verify as verify_command
from sightline.access.transparency.sealer import CHECKPOINT_EVERY, LogLost, Sealer
from sightline.access.transparency.tests.conftest import NOW, Log, as_superuser, empty, sealed_up_to
from sightline.access.transparency.verifying import WINDOW, verify
from sightline.access.transparency.witness import Folder
from sightline.kernel.errors import Refused
from sightline.kernel.postgres import APP

BACKDATED = (
    "INSERT INTO access_accessentry (at, user_id, role, agency, action, route, reason, people, fields, outcome, note, request_ref)"
    " VALUES ('2025-01-03', 3, 'call_handler', 'police', 'search', '/', '', '{}', '{}', 'given', '', '') RETURNING id"
)
pytestmark = pytest.mark.django_db  # so that there is a test database; nothing here goes by Django


@pytest.fixture
def log(unsealed: Log, tmp_path: Path) -> Log:
    empty(unsealed.db)
    unsealed.db.execute("SELECT pg_advisory_unlock_all()")
    folder = Folder(tmp_path / "witness")
    return Log(unsealed.db, Sealer(unsealed.db, unsealed.signer, folder), folder, unsealed.signer)


def again(log: Log) -> Sealer:
    log.db.execute("SELECT pg_advisory_unlock_all()")
    sealer = Sealer(log.db, log.signer, log.folder)
    sealer.start()
    return sealer


def sealed_lines(log: Log) -> list[int]:
    return [line for (line,) in log.db.execute("SELECT entry_id FROM access_seal ORDER BY position")]


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


def test_lines_that_wait_too_long_for_a_checkpoint_are_said(log: Log) -> None:
    log.sealer.start()
    log.write(1)
    sealed_up_to(log, 1).round(NOW)
    log.write(1)
    told = verify(log.db, log.folder, log.key)
    later = datetime.now(UTC) + 3 * WINDOW
    assert told.behind(later)
    assert "THE SEALER IS BEHIND" in told.line(later)
    assert not told.behind(datetime.now(UTC))


def run(command: object, log: Log, *arguments: str) -> tuple[int, str]:
    database = ["--database", log.db.info.dsn]
    done = CliRunner().invoke(command, [*arguments, *database])  # type: ignore[arg-type]
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


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
