"""What a referral, a request and word to a school can do from where; how a queue is ordered, a form judged, and arrivals reckoned. Pure."""

from __future__ import annotations

from sightline.pathways.referral.rules.courses import REFERRAL, REQUEST, SETTING

COURSES = [REFERRAL, REQUEST, SETTING]
