"""The verbs of referral: refer, receive, ask, answer, decide, tell, challenge. The only writes."""

from __future__ import annotations
