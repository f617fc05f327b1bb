"""What a page must never do in the browser: report an error, break its security policy, call another server."""

from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
OWN = ("http://localhost:", "http://127.0.0.1:", "data:", "blob:")


def watch(page: Page, complaints: list[str], *, expected: tuple[int, ...] = ()) -> Page:
    """Collect the page's errors in `complaints`; `expected` are HTTP answers that the test itself asks for."""
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    # Breaches of the content security policy are reported on the console.
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error"
            and not any(f"the server responded with a status of {code}" in said.text for code in expected)
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(OWN) else complaints.append(f"left the server: {request.url}")
        ),
    )
    return page
