"""What sessions and typed text hang on is a secret of this installation, and never one that stands in the source."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import LazySettings, settings

from sightline.kernel.errors import Refused
from sightline.kernel.home import ROOT, own_secret
from sightline.web.serving import serve, worker


def test_each_installation_has_a_secret_of_its_own_that_stays_and_only_its_owner_reads(tmp_path: Path) -> None:
    here, there = own_secret(tmp_path / "here"), own_secret(tmp_path / "there")
    assert len(here) == 43
    assert here != there
    assert own_secret(tmp_path / "here") == here
    (held,) = (tmp_path / "here").iterdir()
    assert stat.S_IMODE(held.stat().st_mode) == 0o600


def test_whoever_asks_at_once_gets_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(own_secret, [tmp_path] * 40))) == 1


def test_the_secret_in_use_stands_in_no_source() -> None:
    texts = (p.read_text() for p in (ROOT / "src").rglob("*.py"))
    assert not any(settings.SECRET_KEY in text for text in texts)


def test_nothing_is_served_from_a_shared_database_without_a_secret_that_is_shared_too(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBEDDED, settings.DEMO = False, False
    monkeypatch.delenv("SIGHTLINE_SECRET_KEY", raising=False)
    assert serve.callback is not None
    assert worker.callback is not None
    with pytest.raises(Refused, match="SIGHTLINE_SECRET_KEY"):
        serve.callback(port=8000, host="127.0.0.1")
    with pytest.raises(Refused, match="SIGHTLINE_SECRET_KEY"):
        worker.callback()
