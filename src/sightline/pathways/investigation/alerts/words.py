"""General words by which free text is read, kept as data. They are the language of the trade and of law, and of no one case."""

from __future__ import annotations

import re

# Things that hold messages and pictures.
DEVICES = (
    "phone",
    "mobile",
    "handset",
    "sim card",
    "computer",
    "laptop",
    "tablet",
    "ipad",
    "hard drive",
    "memory stick",
    "console",
    "camera",
    "device",
)

# What a device may hold.
CONTENTS = (
    "image",
    "photo",
    "picture",
    "video",
    "film",
    "messages",
    "texts",
    "calls",
    "chat",
    "contacts",
    "profile",
    "online",
)

# Directions that direct nothing, and words of somebody to whom nothing has happened.
AWAITING = ("await", "wait", "none", "nothing", "no change", "no further update")
COMPLAINT = (
    "nothing",
    "nobody",
    "no one",
    "no-one",
    "waiting",
    "no news",
    "not heard",
    "not been told",
    "forgotten",
    "given up",
)

# Sexual offences in which nobody touched the child, so that a body has nothing to show.
NO_TOUCH = (
    "webcam",
    "online",
    "internet",
    "image",
    "photograph",
    "picture",
    "film",
    "groom",
    "communicat",
    "message",
    "incit",
    "expos",
    "voyeur",
    "watch",
)
TOUCH = (
    "rape",
    "penetrat",
    "sexual assault",
    "sexual activity with",
    "sexual intercourse",
    "buggery",
    "incest",
    "indecent assault",
)

# Offences that leave an injury by what they are.
INJURING = ("bodily harm", "wound", "injur", "strangl", "suffocat", "burn", "scald", "fracture", "poison", "bruis")
NO_INJURY = ("none", "no ", "nil", "not ", "n/a", "without", "unknown")

# Offences that are met with more than a caution.
GRAVE = (
    "rape",
    "sexual",
    "indecent",
    "cruelty",
    "grievous",
    "wound",
    "traffick",
    "slavery",
    "abduct",
    "kidnap",
    "mutilation",
    "strangl",
    "murder",
    "manslaughter",
    "attempted",
)

# Offences too grave to be called a family row.
ARMED = (
    "rape",
    "sexual",
    "grievous",
    "wound",
    "stab",
    "knife",
    "blade",
    "firearm",
    "weapon",
    "arson",
    "robbery",
    "kidnap",
    "murder",
    "manslaughter",
    "strangl",
)

# A child who told, or who ran, treated as having deceived the police.
DISBELIEVED = (
    "wasting police time",
    "wasteful employment",  # the offence by its name in the Criminal Law Act 1967, s5(2)
    "perverting",
    "false report",
    "false allegation",
    "false complaint",
    "false statement",
    "malicious",
)
RAN = ("running away", "ran away", "run away", "abscond", "going missing", "being missing", "went missing")

# Breakages and quarrels in a home.
HOME_TROUBLE = (
    "damage",
    "common assault",
    "assault on",
    "assault by beating",
    "battery",
    "breach of the peace",
    "public order",
    "threat",
    "harass",
    "disorder",
    "drunk",
    "police time",
    "theft",
    "nuisance",
    "burning food",
)

# Offences that those who exploit children have them commit.
MADE_TO = (
    "drug",
    "supply",
    "supplying",
    "cannabis",
    "cocaine",
    "heroin",
    "class a",
    "class b",
    "possess",
    "carry",
    "shoplift",
    "theft",
    "begging",
    "pickpocket",
    "burglary",
    "immigration",
    "false document",
    "cultivat",
)

# Drugs held to be sold, as those who run lines have children carry them.
DEALT = (
    "intent to supply",
    "supply",
    "supplying",
    "class a",
    "heroin",
    "crack",
    "cocaine",
    "wraps",
)

# A picture that the child made of itself.
PICTURES = ("image", "photograph", "picture", "video", "sext")

# A clinician's word that no examination is called for or wanted.
NO_EXAMINATION = (
    "no examination",
    "no medical",
    "not needed",
    "not required",
    "not necessary",
    "not wanted",
    "not indicated",
    "declin",
    "need not",
    "does not want",
    "unnecessary",
)


def says(text: object, words: tuple[str, ...]) -> bool:
    """Whether any of the words begins a word of a text."""
    lower = str(text or "").lower()
    return any(
        re.search(r"(?<![a-z])" + re.escape(word) + ("(?!d)" if word == "phone" else ""), lower) for word in words
    )


def injured(text: object) -> bool:
    """Whether what was written under injuries names one: `none seen` does not."""
    said = str(text or "").strip().lower()
    return bool(said) and not said.startswith(NO_INJURY)
