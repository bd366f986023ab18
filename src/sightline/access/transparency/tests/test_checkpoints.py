"""Checkpoints are signed notes, and the witness keeps them as they were."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from sightline.access.transparency.checkpoints import Checkpoint, public_key, read, signer_at
from sightline.access.transparency.merkle import leaf_hash
from sightline.access.transparency.witness import Address, Folder, witness_at
from sightline.kernel.errors import Refused

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
POINT = Checkpoint(2, leaf_hash(b"x"), AT)


def test_a_signed_checkpoint_is_read_back_with_the_right_key_only(tmp_path: Path) -> None:
    ours, theirs = signer_at(tmp_path / "ours.key"), signer_at(tmp_path / "theirs.key")
    note = ours.sign(POINT)
    assert read(note, public_key(ours.verifier_line())) == POINT
    with pytest.raises(ValueError, match="no signature"):
        read(note, public_key(theirs.verifier_line()))


@pytest.mark.parametrize(
    ("old", "new"), [("\n2\n", "\n3\n"), ("at 2026", "at 2027"), ("sightline/", "other/"), ("\n\n", "\n")]
)
def test_a_changed_checkpoint_is_not_believed(tmp_path: Path, old: str, new: str) -> None:
    ours = signer_at(tmp_path / "key")
    note = ours.sign(POINT)
    assert old in note
    with pytest.raises(ValueError, match=r"no signature|no checkpoint"):
        read(note.replace(old, new, 1), public_key(ours.verifier_line()))


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.key"
    assert signer_at(path).public == signer_at(path).public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("no key at all, but a text")
    with pytest.raises(Refused, match="no signing key"):
        signer_at(path)


@pytest.mark.parametrize("line", ["", "a+b+c", "sightline/access-log+00000000+AQID", "sightline/access-log+zz+AQID"])
def test_what_is_no_public_key_is_refused(line: str) -> None:
    with pytest.raises(Refused, match="not the public key"):
        public_key(line)


def test_a_folder_keeps_what_it_was_given_and_is_never_written_over(tmp_path: Path) -> None:
    folder = witness_at(str(tmp_path / "kept"))
    assert isinstance(folder, Folder)
    assert folder.size() == 0
    folder.keep(2, "note", [(7, b"\x01" * 32), (9, b"\x02" * 32)])
    assert (folder.size(), list(folder.leaves(2))) == (2, [(7, b"\x01" * 32), (9, b"\x02" * 32)])
    with pytest.raises(FileExistsError):
        folder.keep(2, "another", [])
    assert (tmp_path / "kept" / "000000000002.note").read_text() == "note"


class Keeper(BaseHTTPRequestHandler):
    """A witness at an address."""

    kept: dict[str, bytes] = {}

    def do_PUT(self) -> None:
        self.kept[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.end_headers()

    def do_GET(self) -> None:
        sizes = [int(name[1:13]) for name in self.kept if name.endswith(".note")]
        self.send_response(200 if sizes else 404)
        self.end_headers()
        self.wfile.write(str(max(sizes, default="")).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    Keeper.kept = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Keeper)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/log"
    server.shutdown()


def test_an_address_is_sent_the_same(address: str) -> None:
    witness = witness_at(address)
    assert isinstance(witness, Address)
    Keeper.kept.clear()
    assert witness.size() == 0
    witness.keep(1, "note", [(7, b"\x01" * 32)])
    assert Keeper.kept["/log/000000000001.note"] == b"note"
    assert Keeper.kept["/log/000000000001.leaves"] == b"7 " + b"01" * 32 + b"\n"
    witness.beat(AT, "beat", [(8, b"\x02" * 32)])
    assert Keeper.kept["/log/20260302T090000000000.beat"] == b"beat"
    assert Keeper.kept["/log/20260302T090000000000.seen"] == b"8 " + b"02" * 32 + b"\n"


def test_an_address_that_does_not_answer_is_a_failure_and_not_an_empty_witness() -> None:
    with pytest.raises(OSError, match=r"refused|Connection"):
        witness_at("http://127.0.0.1:9/log").size()


def test_a_witness_over_http_is_refused_but_on_this_machine() -> None:
    for place in ("http://witness.example/log", "ftp://witness.example/log", "http://localhost.example/"):
        with pytest.raises(Refused, match="begins with https"):
            witness_at(place)
    assert isinstance(witness_at("https://witness.example/log"), Address)
    assert isinstance(witness_at("http://127.0.0.1:9/log"), Address)
