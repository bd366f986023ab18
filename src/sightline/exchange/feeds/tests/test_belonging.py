"""A database of invented people takes no live feed, a live one no invented people, and neither ever becomes the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from cast import NOW, Member, feed_viewer
from screens import signed_in, text
from sightline.exchange.feeds.belonging import mark_invented
from sightline.exchange.feeds.catalogue import mappings_named
from sightline.exchange.feeds.models import Load
from sightline.exchange.feeds.services import load
from sightline.kernel.errors import BadInput, Refused
from sightline.kernel.live_or_invented import People, declare, people_here
from sightline.web.serving import serve

pytestmark = pytest.mark.django_db


def file_of(folder: Path, name: str, content: str = "nobody") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content)
    return folder / name


def taken(file: Path) -> str:
    """What a load came to: refused before any of it was read, or how it was read."""
    feed = mappings_named("housing")[0]
    before = Load.objects.count()
    try:
        load(feed, file, feed_viewer(at=NOW), extracted_at=NOW)
    except BadInput as fault:
        return str(fault) if Load.objects.count() == before else "read"
    return "read"


@pytest.mark.requirement("IS-16")
def test_an_invented_database_refuses_live_feeds_and_a_live_one_invented_people(tmp_path: Path) -> None:
    plain = file_of(tmp_path / "plain", "a.csv")
    numbered = file_of(tmp_path / "numbered", "a.csv", "x,999 123 4551,y\n")
    like_one = file_of(tmp_path / "like", "a.csv", "x,999 123 4552,y\n")
    marked = file_of(tmp_path / "marked", "a.csv")
    mark_invented(marked.parent)
    assert [taken(f) for f in (plain, marked)] == ["read", "read"], "nobody has said which it is"
    declare(People.INVENTED, by="test", at=NOW)
    assert "a live feed has no place here" in taken(plain) and "a live feed has no place here" in taken(like_one)
    assert [taken(f) for f in (marked, numbered)] == ["read", "read"]
    with pytest.raises(Refused, match="is invented, and stays so"):
        declare(People.LIVE, by="test", at=NOW)


@pytest.mark.requirement("IS-16")
def test_a_live_database_refuses_invented_people_and_the_demonstration(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    declare(People.LIVE, by="test", at=NOW)
    declare(People.LIVE, by="test again", at=NOW)
    marked = file_of(tmp_path / "marked", "a.csv")
    mark_invented(marked.parent)
    assert "this database is live" in taken(marked)
    assert taken(file_of(tmp_path / "plain", "a.csv")) == "read"
    settings.DEMO = True
    assert serve.callback is not None
    with pytest.raises(Refused, match="is live"):
        serve.callback(port=1, host="x")


@pytest.mark.requirement("IS-16")
def test_every_page_of_an_invented_database_says_so(constable: Member) -> None:
    screen = signed_in(constable)
    assert "Nobody here is real" not in text(screen.get("/rules/")) and people_here() is People.UNSAID
    declare(People.INVENTED, by="test", at=NOW)
    assert "Invented people only. Nobody here is real" in text(screen.get("/rules/"))
