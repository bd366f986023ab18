"""Feeds in: what other record systems hold, taken in by one declarative file a system, with nothing lost and nothing made up.

For whoever connects a system: MAPPING.md. Led by the force's data team; under the Data Protection Act 2018 Part 3 (logging, accuracy).
"""
