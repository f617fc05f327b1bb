"""Lists of fields and written codes speak the page's language, and what is sent stays the code."""

import pytest
from django import forms
from django.utils import translation

from tongket.core.codelists import GENDER, RATING_LEVEL
from tongket.ui.forms import speak
from tongket.ui.templatetags.ui import spoken


class _Form(forms.Form):
    gender = forms.ChoiceField(choices=[("", "—"), *GENDER.choices])


def test_a_code_is_written_in_the_page_s_language() -> None:
    text = RATING_LEVEL.label("excellent")
    with translation.override("en"):
        assert spoken(text) == RATING_LEVEL.label("excellent", "en") != text
    with translation.override("vi"):
        assert spoken(text) == text


def test_what_is_no_code_stays_as_it_is() -> None:
    with translation.override("en"):
        assert spoken("Chi bộ thôn 3") == "Chi bộ thôn 3"
        assert spoken(None) is None


@pytest.mark.parametrize(("language", "said"), [("en", "Female"), ("vi", "Nữ")])
def test_the_lists_of_a_form_speak_the_page_s_language(language: str, said: str) -> None:
    with translation.override(language):
        form = _Form({"gender": "female"})
        speak(form)
        assert form.is_valid()
        assert form.cleaned_data["gender"] == "female"
        assert f'<option value="female" selected>{said}</option>' in str(form["gender"])
