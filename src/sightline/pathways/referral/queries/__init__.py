"""Reads of referrals: the hub's queue, one referral, what a partner sees, and figures. Every one takes the viewer."""

from __future__ import annotations
