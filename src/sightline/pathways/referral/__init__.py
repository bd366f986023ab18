"""Referral: one agency asks another, the hub decides, the referrer hears; information requests and escalation."""
