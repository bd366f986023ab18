"""What readers of code and of known weaknesses find: bandit, semgrep with rules of our own, pip-audit. `make audit`.

Each ends as clean, found or unknown, and unknown is never clean: a list of weaknesses that could not be asked proves nothing.
Status 0 where all are clean, 1 where something is found, 2 where something could not be asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".tools" / "audit" / "bin"
RULES = "tools/security/rules"
Found = Counter[tuple[str, str]]
CLEAN, FOUND, UNKNOWN = 0, 1, 2


def run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One of the tools, from the folder that `make audit` installs them in, asking nobody anything about itself."""
    quiet = {"SEMGREP_ENABLE_VERSION_CHECK": "0", "PATH": f"{BIN}:{os.environ['PATH']}"}
    return subprocess.run(
        [BIN / name, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | quiet
    )


def against(accepted: list[dict[str, Any]], found: Found) -> list[str]:
    """What is found and not accepted, and what is accepted and no longer found."""
    left, said = Counter(found), []
    for row in accepted:
        key = (row["test"], row["file"])
        if left.pop(key, 0) != row["count"]:
            said.append(f"{key[0]} in {key[1]}: {found[key]} found, {row['count']} accepted")
    return said + [f"{test} in {file}: {count}" for (test, file), count in sorted(left.items())]


def bandit(accepted: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """Known ways to write what is unsafe."""
    done = run("bandit", "-q", "-r", "src", "tools", "-f", "json", "-x", "*/tests/*,tools/security/rules/*")
    try:
        results = json.loads(done.stdout)["results"]
    except (ValueError, KeyError):
        return UNKNOWN, [done.stderr.strip()[-400:]]
    said = against(accepted, Counter((r["test_id"], r["filename"].removeprefix("./")) for r in results))
    return (FOUND if said else CLEAN), said


def semgrep(accepted: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """Our own rules, after they have shown on examples that they find what they must."""
    tried = run("semgrep", "--test", "--metrics=off", "--config", RULES, RULES)
    if tried.returncode:
        return FOUND, ["the rules do not find what their examples say", tried.stdout.strip()[-800:]]
    done = run("semgrep", "scan", "--metrics=off", "--json", "-q", "--config", f"{RULES}/ours.yaml", "src")
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return UNKNOWN, [done.stderr.strip()[-400:]]
    if told["errors"]:
        return UNKNOWN, [str(e.get("message", e))[:200] for e in told["errors"]]
    said = against(accepted, Counter((r["check_id"].rsplit(".", 1)[-1], r["path"]) for r in told["results"]))
    return (FOUND if said else CLEAN), said


def pip_audit() -> tuple[int, list[str]]:
    """Known weaknesses of what we install. A package that the list of weaknesses cannot be asked about is unknown."""
    done = run(
        "pip-audit", "--strict", "--disable-pip", "--require-hashes", "-r", "requirements/base.txt", "-f", "json"
    )
    try:
        told = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return UNKNOWN, [done.stderr.strip()[-400:] or "gave no answer"]
    weak = [f"{d['name']} {d['version']}: {v['id']}" for d in told for v in d.get("vulns", ())]
    unasked = [f"{d['name']}: {d['skip_reason']}" for d in told if "skip_reason" in d]
    return (FOUND, weak) if weak else (UNKNOWN, unasked) if unasked or done.returncode else (CLEAN, [])


def main(only_code: bool) -> int:
    """Ask all three, or the two that ask nobody outside, and say what each found."""
    accepted = yaml.safe_load((ROOT / "tools/security/accepted.yaml").read_text())
    ended = {"bandit": bandit(accepted["bandit"]), "semgrep": semgrep(accepted["semgrep"])}
    if not only_code:
        ended["pip-audit"] = pip_audit()
    words = {CLEAN: "clean", FOUND: "found", UNKNOWN: "unknown, which is not clean"}
    for name, (how, said) in ended.items():
        sys.stdout.write("\n  ".join([f"{name}: {words[how]}", *said]) + "\n")
    worst = {how for how, _ in ended.values()}
    return FOUND if FOUND in worst else UNKNOWN if UNKNOWN in worst else CLEAN


if __name__ == "__main__":
    raise SystemExit(main("--code" in sys.argv[1:]))
