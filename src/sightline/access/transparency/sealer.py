"""The sealer: puts committed lines of the access log into the tree, outside any request, and hands checkpoints to the witness.

A line bears the number of the transaction that wrote it. Lines are sealed in that order once every transaction up to it has
ended, which the database's own snapshot says; so a slow commit is waited for and never passed over. The lines that wait with it are
handed to the witness meanwhile, as they are seen: whoever holds a transaction open wins no time in which to alter one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg.rows import TupleRow

from sightline.kernel.errors import SightlineError

from .checkpoints import Checkpoint, Signer
from .leaves import COLUMNS, READ, leaf_of
from .merkle import Frontier
from .witness import Leaf, Witness, digest_of

BATCH = 10_000
CHECKPOINT_EVERY = timedelta(seconds=30)  # issue it at half of the limit of 60 s, so that one failure does not break it
_ENDED = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_NOW = f"SELECT {_ENDED}, ARRAY(SELECT pg_snapshot_xip(s)::text::bigint ORDER BY 1) || pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
_WAITING = (
    f"{READ} WHERE written_in >= %s AND id <> ALL(%s) AND NOT EXISTS (SELECT 1 FROM access_seal s WHERE s.entry_id = access_accessentry.id)"
    f" ORDER BY written_in, id"
)
LONG = timedelta(seconds=60)  # lines that wait longer for their place are said aloud
_ID, _WRITTEN_IN, _WRITTEN_AT = COLUMNS.index("id"), COLUMNS.index("written_in"), COLUMNS.index("written_at")
Connection = psycopg.Connection[TupleRow]


class LogLost(SightlineError):
    """The witness holds what the database no longer does, or holds it otherwise."""

    status = 500


@dataclass
class Sealer:
    """One sealer over one connection; another process that seals waits at the lock."""

    connection: Connection
    signer: Signer
    witness: Witness
    tree: Frontier = field(default_factory=Frontier)
    kept: int = 0
    unkept: list[Leaf] = field(default_factory=list)
    last: tuple[int, int] = (0, 0)
    signed_at: datetime | None = None
    waiting: dict[int, datetime] = field(default_factory=dict)  # lines the witness has and the tree has not yet
    waits_for: int = 0
    told_at: datetime | None = None

    def start(self) -> None:
        """Take up the tree where it was left. Raises LogLost where the witness knows more than the database."""
        self.connection.execute("SELECT pg_advisory_lock(hashtext('access log sealer'))")
        self.kept = self.witness.size()
        sealed = "SELECT position, entry_id, written_in, leaf FROM access_seal ORDER BY position"
        with self.connection.transaction(), self.connection.cursor("sealed") as cursor:
            cursor.itersize = BATCH
            for position, entry, written_in, leaf in cursor.execute(sealed):
                if position != self.tree.size:
                    raise LogLost(f"The seal of line {self.tree.size} of the access log is missing.")
                self._grow(entry, written_in, bytes(leaf))
        if self.kept > self.tree.size:
            raise LogLost(
                f"The witness holds {self.kept} lines of the access log and the database {self.tree.size}: lines are lost."
            )

    def _grow(self, entry: int, written_in: int, leaf: bytes) -> None:
        self.tree.add(leaf)
        self.last = (written_in, entry)
        self.waiting.pop(entry, None)
        if self.tree.size > self.kept:
            self.unkept.append((entry, leaf))

    def seal(self) -> int:
        """Put whatever can be sealed into the tree; gives how many lines that were."""
        found = 0
        while rows := self._due():
            with self.connection.transaction(), self.connection.cursor() as cursor:
                seals = [(self.tree.size + n, row[_ID], row[_WRITTEN_IN], leaf_of(row)) for n, row in enumerate(rows)]
                with cursor.copy("COPY access_seal (position, entry_id, written_in, leaf) FROM STDIN") as copy:
                    for seal in seals:
                        copy.write_row(seal)
            for _, entry, written_in, leaf in seals:
                self._grow(entry, written_in, leaf)
            found += len(rows)
            if len(rows) < BATCH:
                break
        return found

    def _due(self) -> Sequence[TupleRow]:
        """The next lines whose transactions have ended. After a restore transactions are numbered anew: then whatever has no seal."""
        ended = self.connection.execute(f"SELECT {_ENDED}").fetchone()
        if ended and ended[0] <= self.last[0]:
            unsealed = "NOT EXISTS (SELECT 1 FROM access_seal s WHERE s.entry_id = access_accessentry.id)"
            query = f"{READ} WHERE written_in < {_ENDED} AND {unsealed} ORDER BY written_in, id LIMIT {BATCH}"
            return self.connection.execute(query).fetchall()
        query = (
            f"{READ} WHERE written_in < {_ENDED} AND (written_in, id) > (%s, %s) ORDER BY written_in, id LIMIT {BATCH}"
        )
        return self.connection.execute(query, self.last).fetchall()

    def checkpoint(self, at: datetime, running: tuple[int, ...] | None = None) -> bool:
        """Hand the tree as it is to the witness, if it has grown. Raises OSError where the witness did not take it."""
        if not self.unkept:
            return False
        checkpoint = Checkpoint(self.tree.size, self.tree.root(), at, running)
        self.witness.keep(checkpoint.size, self.signer.sign(checkpoint), self.unkept)
        self.kept, self.unkept = self.tree.size, []
        return True

    def beat(self, at: datetime, running: tuple[int, ...], *, grew: bool) -> None:
        """Hand over the lines that were committed and wait for another transaction to end; and, where nothing grew, that the sealer is awake."""
        rows = self.connection.execute(_WAITING, [self.waits_for, list(self.waiting)]).fetchall()
        if grew and not rows:
            return
        seen = [(int(row[_ID]), leaf_of(row)) for row in rows]
        beat = Checkpoint(self.tree.size, self.tree.root(), at, running, digest_of(seen))
        self.witness.beat(at, self.signer.sign(beat), seen)
        self.waiting |= {row[_ID]: row[_WRITTEN_AT] for row in rows}

    def alarm(self) -> str:
        """What holds sealing up for longer than it should, for whoever runs this: once a checkpoint, and empty where nothing does."""
        if self.signed_at is None or self.told_at == self.signed_at:
            return ""
        self.told_at = self.signed_at
        oldest = min(self.waiting.values(), default=self.signed_at)
        if self.signed_at - oldest <= LONG:
            return ""
        waited = (self.signed_at - oldest) // timedelta(seconds=1)
        return (
            f"{len(self.waiting):,} lines wait for transaction {self.waits_for} to end, the oldest {waited} s."
            " The witness has them already. Find who holds it open."
        )

    def round(self, at: datetime | None = None) -> int:
        """One second's work: seal, and every half minute a checkpoint and a beat. Gives how many lines were sealed."""
        now = at or datetime.now(UTC)
        if self.signed_at is not None and now - self.signed_at < CHECKPOINT_EVERY:
            return self.seal()
        # Asked before sealing: whatever could be seen then is sealed by this round, or handed over as waiting.
        self.waits_for, running = self.connection.execute(_NOW).fetchone() or (0, [])
        sealed = self.seal()
        grew = self.checkpoint(now, tuple(running))
        self.beat(now, tuple(running), grew=grew)
        self.signed_at = now
        return sealed
