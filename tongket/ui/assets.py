"""The front-end files that come inside Python packages, written to an ignored folder and served from there.

Nothing of this is committed and nothing is fetched: the lock names the packages, ``build`` copies out
of them the few files that the pages use.
"""

import importlib.metadata
import os
import re
import shutil
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from tongket.ui.fonts import SCREEN_FONT, SCREEN_FONT_FILES, screen_font_dir

#: Target path under the static root -> package and path in it.
_COPIES = {
    "vendor/bootstrap.min.css": ("js_lib_bootstrap5", "static/js-lib-bootstrap5/css/bootstrap.min.css"),
    "vendor/bootstrap.bundle.min.js": (
        "js_lib_bootstrap5",
        "static/js-lib-bootstrap5/js/bootstrap.bundle.min.js",
    ),
    "vendor/htmx.min.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
}
_DISTRIBUTIONS = (
    "django-js-lib-bootstrap5",
    "django-htmx",
    "vl-convert-python",
    "fontpkg-be-vietnam-pro",
)
_SOURCE_MAP = re.compile(rb"(?m)^(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*)$")
_STAMP = ".stamp"


def build(target: Path) -> bool:
    """Write all packaged front-end files under ``target`` and return whether anything had to be written.

    A second call with the same package versions does nothing. The files appear as a whole: another
    process sees the old folder or the new one.
    """
    stamp = _stamp()
    try:
        if (target / _STAMP).read_text(encoding="ascii") == stamp:
            return False
    except FileNotFoundError:
        pass
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        fresh.chmod(0o755)
        _write_all(fresh)
        (fresh / _STAMP).write_text(stamp, encoding="ascii")
        _replace(target, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def _stamp() -> str:
    versions = [f"{name}={importlib.metadata.version(name)}" for name in _DISTRIBUTIONS]
    own_code = Path(__file__).read_bytes() + Path(__file__).with_name("fonts.py").read_bytes()
    return sha256("\n".join(versions).encode() + own_code).hexdigest()


def _write_all(folder: Path) -> None:
    for name, (package, inner) in _COPIES.items():
        _write(folder / name, _without_source_map((_package_dir(package) / inner).read_bytes()))
    _write(folder / "vendor/vega.js", _vega_bundle())
    for file in SCREEN_FONT_FILES.values():
        _write(folder / "fonts" / file, (screen_font_dir() / file).read_bytes())
    _write(folder / "fonts/fonts.css", _font_css().encode())


def _vega_bundle() -> bytes:
    """Return Vega, Vega-Lite and vegaEmbed as one classic script that sets ``window.vegaEmbed``."""
    import vl_convert

    # In a function of its own: the bundle's thousand short names must not meet those of other scripts.
    return b"(()=>{\n" + vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode() + b"\n})();\n"


def _font_css() -> str:
    return "\n".join(
        f'@font-face{{font-family:"{SCREEN_FONT}";font-weight:{weight};font-display:swap;'
        f'src:url("{file}") format("truetype")}}'
        for weight, file in SCREEN_FONT_FILES.items()
    )


def _without_source_map(content: bytes) -> bytes:
    # The maps are not served, and hashed static names fail on a reference to a file that is not there.
    return _SOURCE_MAP.sub(b"", content)


def _package_dir(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"the package {name} is not installed; start again with ./run")
    return Path(spec.origin).parent


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _replace(target: Path, fresh: Path) -> None:
    old = target.with_name(f".{target.name}-old-{os.getpid()}")
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if not (target / _STAMP).exists():  # unless another process put its own in place first
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
