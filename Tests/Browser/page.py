"""Opens a report's index.html in a headless Chromium and proves what only a browser can: that the page
shows one language at a time, finds and sorts departments, fits a phone, follows a dark system, prints,
and asks nobody for anything.

    python3 Tests/Browser/page.py reports/shiyan-2023/2023H1/index.html

Speaks the DevTools protocol over a pipe, with the standard library alone.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


class Browser:
    """A Chromium of our own, with one page."""

    def __init__(self, profile):
        to_read, self.to_browser = os.pipe()
        self.from_browser, to_write = os.pipe()
        for descriptor in (to_read, to_write):
            os.set_inheritable(descriptor, True)

        def place():
            os.dup2(to_read, 3)
            os.dup2(to_write, 4)

        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if program is None:
            sys.exit("no chromium: make test-page installs it")
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--no-first-run", "--disable-background-networking", f"--user-data-dir={profile}"],
            preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer, self.number, self.events, self.session = b"", 0, [], None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_browser, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") != self.number:
                self.events.append(answer)
            elif "error" in answer:
                sys.exit(f"{method}: {answer['error']}")
            else:
                return answer["result"]

    def receive(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.from_browser, 1 << 16)
            if not piece:
                sys.exit("the browser ended")
            self.buffer += piece
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def open(self, path):
        self.call("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())

    def ask(self, script):
        """The value of a script, which must not fail."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            sys.exit(f"{script}\n{answer['exceptionDetails']}")
        return answer["result"].get("value")

    def close(self):
        self.process.terminate()
        self.process.wait()


failures = []


def check(what, holds, seen=None):
    print(("ok      " if holds else "FAILED  ") + what + ("" if holds else f": {seen!r}"))
    if not holds:
        failures.append(what)


VISIBLE = "document.querySelector('h1').innerText.trim()"
ROWS = """(function (table) {
  return Array.from(table.tBodies[0].rows).filter(function (row) { return !row.hidden; })
    .map(function (row) { return Array.from(row.cells).map(function (c) { return c.innerText.trim(); }); });
})(document.querySelector('table.d'))"""


def languages(browser):
    chinese = browser.ask(VISIBLE)
    check("the first language is shown alone", "上半年" in chinese and "Results" not in chinese, chinese)
    browser.ask("document.getElementById('lb').click()")
    english = browser.ask(VISIBLE)
    check("the other takes its place", "Results" in english and "上半年" not in english, english)
    check("the page tells its language", browser.ask("document.documentElement.lang") == "en")
    browser.ask("document.getElementById('la').click()")
    check("and back", browser.ask(VISIBLE) == chinese)


def departments(browser):
    before = browser.ask(ROWS)
    check("all departments are listed", len(before) >= 3, len(before))
    name = before[-1][0]
    browser.ask(
        "(function (box) { box.value = %s; box.dispatchEvent(new Event('input')); })"
        "(document.querySelector('input[type=search]'))" % json.dumps(name))
    found = browser.ask(ROWS)
    check("a department is found by its name", 0 < len(found) < len(before) and
          all(any(name in cell for cell in row) for row in found), found)
    check("the search says how many", browser.ask(
        "document.querySelector('output').textContent") == f"{len(found)} / {len(before)}")
    check("the hospital's total does not stand under a part of it",
          browser.ask("document.querySelector('table.d').tFoot.hidden") is True)
    browser.ask(
        "(function (box) { box.value = ''; box.dispatchEvent(new Event('input')); })"
        "(document.querySelector('input[type=search]'))")
    check("and all are back", browser.ask(ROWS) == before)
    sorting(browser, before)


def sorting(browser, before):
    column = browser.ask(
        "Array.from(document.querySelector('table.d').tHead.rows[0].cells)"
        ".findIndex(function (c) { return c.classList.contains('n'); })")
    click = f"document.querySelector('table.d').tHead.rows[0].cells[{column}].querySelector('button').click()"

    def numbers():
        cells = [row[column].replace(",", "") for row in browser.ask(ROWS)]
        return [float(cell.split()[0]) for cell in cells]

    browser.ask(click)
    check("numbers sort downwards first", numbers() == sorted(numbers(), reverse=True), numbers())
    browser.ask(click)
    check("then upwards", numbers() == sorted(numbers()), numbers())
    check("and the heading says so", browser.ask(
        f"document.querySelector('table.d').tHead.rows[0].cells[{column}].getAttribute('aria-sort')")
        == "ascending")
    check("no row is lost", sorted(browser.ask(ROWS)) == sorted(before))


def looks(browser):
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = browser.ask(ground)
    browser.call("Emulation.setEmulatedMedia",
                 features=[{"name": "prefers-color-scheme", "value": "dark"}])
    check("a dark system gets a dark page", browser.ask(ground) != light, light)
    browser.call("Emulation.setEmulatedMedia", features=[])
    browser.call("Emulation.setDeviceMetricsOverride", width=360, height=740,
                 deviceScaleFactor=2, mobile=True)
    for choice in ("la", "lb"):
        browser.ask(f"document.getElementById('{choice}').click()")
        width = browser.ask("document.scrollingElement.scrollWidth")
        check(f"a phone need not scroll sideways ({choice})", width <= 360, width)
    browser.call("Emulation.clearDeviceMetricsOverride")
    for choice in ("la", "lb"):
        browser.ask(f"document.getElementById('{choice}').click()")
        pdf = base64.b64decode(browser.call(
            "Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        check(f"it prints ({choice})", pdf.startswith(b"%PDF") and len(pdf) > 20_000, len(pdf))


def quiet(browser, path):
    asked = [event["params"]["request"]["url"] for event in browser.events
             if event.get("method") == "Network.requestWillBeSent"]
    own = pathlib.Path(path).resolve().as_uri()
    check("nothing is asked for but the page", set(asked) <= {own, "data:,"}, asked)
    bad = [event for event in browser.events
           if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")]
    check("the browser has nothing to complain of", not bad, bad)


def main(path):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            browser.open(path)
            languages(browser)
            departments(browser)
            looks(browser)
            quiet(browser, path)
        finally:
            browser.close()
    sys.exit(1 if failures else 0)


main(sys.argv[1])
