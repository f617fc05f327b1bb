"""One phone of `bench.checkin`: logs in, checks its fifty people in, prints what each took as JSON."""

import json
import re
import sys
import time

from bench.checkin import EACH, USERS, Phone


def main(how: str, conference: int, phone: int, pace: float) -> dict[str, object]:
    """Check in by number at the desk, or by the button of the manual list."""
    browser = Phone(USERS[phone])
    desk = f"/hoi-nghi/{conference}/diem-danh/"
    page = desk if how == "number" else f"{desk}danh-sach/"
    token = browser.token(page) if how != "nothing" else ""
    keys = _keys(browser, page) if how == "list" else []
    took: list[float] = []
    good = 0
    print("ready", flush=True)
    sys.stdin.readline()
    time.sleep(pace * phone / len(USERS))
    for place in range(EACH):
        number = phone * EACH + place + 1
        started = time.monotonic()
        if how == "nothing":
            good += bool(Phone().get("/tai-khoan/dang-nhap/"))
        elif how == "number":
            values = {"csrfmiddlewaretoken": token, "key": str(number)}
            good += "door-answer good" in browser.post(desk, values, htmx=True)
        else:
            values = {"csrfmiddlewaretoken": token, "mark": f"present:{keys[number - 1]}"}
            good += f'name="mark" value="none:{keys[number - 1]}"' in browser.post(page, values)
        took.append(time.monotonic() - started)
        time.sleep(max(0.0, pace - took[-1]))
    return {"took": took, "good": good}


def _keys(browser: Phone, page: str) -> list[str]:
    return re.findall(r'name="mark" value="present:(\d+)"', browser.get(page))


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))))
