"""The pages of the concern form and of the child's voice."""

from sightline.pathways.concern.views.filling import drafts, fill, start
from sightline.pathways.concern.views.sent import form, review
from sightline.pathways.concern.views.voice import heard, met, told, trusted, voice

__all__ = ["drafts", "fill", "form", "heard", "met", "review", "start", "told", "trusted", "voice"]
