"""The forms that nobody of the scene can send whole, each with why."""

from __future__ import annotations

from access_proof.bodies import P

_OVER = "what the scene holds of it is decided and over"
_NO_ROW = "the scene holds none that waits for this, and no form of the same person makes one"
NOT_ACCEPTED: dict[str, str] = {
    P + "after-grade/<slug:task>/give/": "no high grade of the scene asks for a discussion that nothing answers yet",
    P + "after-grade/<slug:task>/drop/": "no high grade of the scene asks for a discussion that nothing answers yet",
    P + "escalations/<number:entry>/higher/": "there is time to answer before it is taken higher, and the clock of the scene stands still",
    P + "escalations/<number:entry>/settle/": "no tier is left to answer only after more time than the scene has",
    P + "enquiry/enquiries/<number:entry>/return/": "an assessment of the risk has to be younger than the end of the enquiry: the scene's is older",
    P + "work/": "nobody's work ends in the scene",
    P + "work/<number:post>/again/": "nobody's work has ended of a post of the same team",
    "exports/<slug:number>/": "a file is passed on after it was fetched, which is a GET",
    "retention/reviews/<number:review>/": _OVER,
    "access/parted/<number:parting>/": _NO_ROW,
    "access/review/<number:look>/": _OVER,
    "access/conflicts/": "nobody who signs in shares a surname and a postcode with anybody of the scene",
    "grades/waiting/<number:person>/<number:entry>/": _NO_ROW,
    "escalations/agenda/<number:person>/<number:entry>/": _NO_ROW,
    "contacts/unrecorded/<number:person>/<number:entry>/": _NO_ROW,
    "work/several/": "what is owed to a team is chosen by a mark that is a digest of the row",
}  # fmt: skip
