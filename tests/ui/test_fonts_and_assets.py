"""The bundled fonts know every Vietnamese letter, and the packaged front-end files are whole."""

import unicodedata
from pathlib import Path

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from tongket.ui import assets, fonts

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
LETTERS = sorted(
    {
        letter
        for vowel in VOWELS
        for tone in TONES
        for letter in (
            unicodedata.normalize("NFC", vowel + tone),
            unicodedata.normalize("NFC", vowel + tone).upper(),
        )
    }
    | set("đĐ₫–—“”%/0123456789")
)
DOCUMENT_FACES = sorted(fonts.document_font_dir().glob("*.otf"))
SCREEN_FACES = [fonts.screen_font_dir() / name for name in fonts.SCREEN_FONT_FILES.values()]


def test_the_document_font_has_its_four_faces_under_one_name() -> None:
    names = {
        TTFont(face)["name"].getDebugName(16) or TTFont(face)["name"].getDebugName(1)
        for face in DOCUMENT_FACES
    }
    assert len(DOCUMENT_FACES) == 4
    assert {name.replace(" ", "") for name in names} == {fonts.DOCUMENT_FONT.replace(" ", "")}


@pytest.mark.parametrize("face", [*DOCUMENT_FACES, *SCREEN_FACES], ids=lambda path: path.name)
def test_a_bundled_face_is_static_and_has_every_vietnamese_letter(face: Path) -> None:
    font = TTFont(face)
    known = font.getBestCmap()
    assert "fvar" not in font
    assert [letter for letter in LETTERS if ord(letter) not in known] == []


def test_the_document_font_has_the_widths_of_times_new_roman() -> None:
    font = TTFont(fonts.document_font_dir() / "texgyretermes-regular.otf")
    per_em = font["head"].unitsPerEm
    widths = {letter: font["hmtx"][font.getBestCmap()[ord(letter)]][0] / per_em for letter in "aHm8"}
    # From the metrics of Times New Roman, in 2048ths of an em: a 909, H 1479, m 1593, 8 1024.
    assert widths == pytest.approx({"a": 909 / 2048, "H": 1479 / 2048, "m": 1593 / 2048, "8": 0.5}, abs=0.001)


def test_assets_are_built_once_and_again_only_when_a_package_changed(tmp_path: Path) -> None:
    target = tmp_path / "assets"
    assert assets.build(target) is True
    assert assets.build(target) is False
    (target / ".stamp").write_text("another version")
    (target / "left-over.txt").write_text("old")
    assert assets.build(target) is True
    assert not (target / "left-over.txt").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["assets"]


def test_assets_hold_all_that_pages_load(built_assets: Path) -> None:
    wanted = [
        "vendor/bootstrap.min.css",
        "vendor/bootstrap.bundle.min.js",
        "vendor/htmx.min.js",
        "vendor/vega.js",
    ]
    sizes = {name: (built_assets / name).stat().st_size for name in [*wanted, "fonts/fonts.css"]}
    assert all(size > 200 for size in sizes.values()), sizes
    css = (built_assets / "fonts/fonts.css").read_text()
    assert [name for name in fonts.SCREEN_FONT_FILES.values() if name not in css] == []
    assert "window.vegaEmbed" in (built_assets / "vendor/vega.js").read_text()


def test_collected_files_get_hashed_names_without_a_missing_reference(
    built_assets, settings, tmp_path
) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = list(tmp_path.glob("vendor/vega.*.js"))
    assert len(hashed) == 1
    assert hashed[0].with_suffix(".js.gz").exists()
