"""What is asked at first contact, in the words a caller would use."""

from __future__ import annotations

from django import forms

from sightline.pathways.contact.queries import Asked
from sightline.ui.asking import reason_field

ABOUT = ("name", "age", "born", "address", "postcode", "phone", "description")
ADD_TO_IT = "Enter a name, an address, a whole postcode, a phone number or a date of birth as well: what you entered finds nobody alone"


class FirstContactForm(forms.Form):
    """Any of these, and why. Nothing is asked twice, and nothing is demanded but the reason."""

    name = forms.CharField(required=False, max_length=200)
    age = forms.CharField(required=False, max_length=60)
    born = forms.CharField(required=False, max_length=60)
    address = forms.CharField(required=False, max_length=300)
    postcode = forms.CharField(required=False, max_length=12)
    phone = forms.CharField(required=False, max_length=40)
    description = forms.CharField(required=False, max_length=1000)
    reason = reason_field("Say why you are looking", longest=500)

    def clean(self) -> dict[str, str]:
        """Something to look for: what finds nobody by itself is not taken for a search that found nobody."""
        said: dict[str, str] = super().clean() or {}
        if not Asked(**{field: said.get(field, "") for field in ABOUT}).enough():
            given = any(said.get(field) for field in ABOUT)
            self.add_error(
                "name", ADD_TO_IT if given else "Enter a name, an address or anything else the caller can say"
            )
        return said
