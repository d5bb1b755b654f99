#!/usr/bin/env python3
"""The terminal as a page, in a headless Chromium; passed over where there is none."""
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness import browser
from tests.harness.cases import case, run
from tests.harness.system import ROOT, System

SCREENSHOT = os.path.join(ROOT, "build", "test-logs", "web.png")

# The lines that xterm.js shows.
SCREEN = """Array.from({length: terminal.rows}, (_, i) =>
    terminal.buffer.active.getLine(terminal.buffer.active.viewportY + i).translateToString(true)).join("\\n")"""


class Page:
    def __init__(self):
        self.system = System()
        self.system.up()
        self.server = subprocess.Popen(
            ["build/host/term370-web", "--port", "0", "--page", "build/web", "--",
             "build/host/term370", "--reconnect", "--model", "3279-2-E", f"127.0.0.1:{self.system.port}"],
            cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.url = self.server.stdout.readline().split()[0]
        self.browser = browser.Browser()
        self.browser.open(self.url)

    def expect(self, pattern):
        """Waits until the screen matches the regular expression."""
        try:
            self.browser.wait(f"/{pattern}/m.test({SCREEN})")
        except AssertionError:
            raise AssertionError(f"{pattern!r} not in\n{self.browser.run('return ' + SCREEN)}") from None

    def close(self):
        self.browser.close()
        self.server.terminate()
        self.server.wait(10)
        self.system.down()


def request(url, **headers):
    """The status of a GET."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@case
def a_session_in_the_page(page):
    """logon, a command and CP from the page, by keyboard and key bar"""
    page.expect("ONLINE")
    page.browser.type("logon cmsuser" + browser.ENTER)
    page.expect("ENTER PASSWORD")
    page.browser.type("cmsuser" + browser.ENTER)
    page.expect("VM READ")
    page.browser.click(text="Enter")
    page.expect("^Ready; T=")
    page.browser.click(text="Clear")
    page.browser.wait(f"!/Ready/.test({SCREEN})")
    page.browser.type("query disk" + browser.ENTER)
    page.expect(r"^S \(190\): \d+ FILES")
    page.browser.screenshot(SCREENSHOT)
    page.browser.click(text="PA1")
    page.expect("CP READ")


@case
def two_windows(page):
    """a second window of the page is another terminal"""
    first = page.browser.run("return " + SCREEN)
    page.browser.run("window.other = new WebSocket(`ws://${location.host}/terminal`);"
                     "window.shown = 0; other.onopen = () => other.send('80x25'); other.onmessage = (m) => { shown += m.data.size; };")
    page.browser.wait("shown > 100")
    assert page.browser.run("return " + SCREEN) == first
    page.browser.run("other.close()")


@case
def the_end(page):
    """when the terminal ends the page says so, and opens another"""
    page.browser.type("logoff" + browser.ENTER)
    page.expect("LOGOFF AT")
    page.browser.run("socket.close()")
    page.browser.wait("!document.getElementById('ended').hidden")
    page.browser.click(css="#again")
    page.expect("ONLINE")


@case
def a_second_server(page):
    """where another server has the port, the next takes one of its own"""
    servers = [subprocess.Popen(["build/host/term370-web", "--page", "build/web", "--", "true"],
                                cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    urls = [server.stdout.readline().split()[0] for server in servers]
    assert urls[0] != urls[1] and all(request(url) == 200 for url in urls), urls
    for server in servers:
        server.terminate()
        server.wait(10)
        server.stdout.close()


@case
def others_are_refused(page):
    """only pages of this server, on this machine, get a terminal"""
    assert request(page.url) == 200
    assert request(page.url + "../../etc/passwd") == 404
    assert request(page.url, Host="evil.example") == 403
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
               "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
    assert request(page.url + "terminal", Origin="http://evil.example", **upgrade) == 404
    port = int(page.url.rstrip("/").rsplit(":", 1)[1])
    listening = subprocess.run(["grep", "-ci", f":{port:04X} 00000000:0000 0A", "/proc/net/tcp"],
                               capture_output=True, text=True).stdout.strip()
    assert listening == "1"
    with open("/proc/net/tcp") as table:
        assert f"0100007F:{port:04X} 00000000:0000 0A" in table.read()
    with socket.create_connection(("127.0.0.1", port)) as garbage:
        garbage.sendall(b"\x00\xff" * 5000)
    assert request(page.url) == 200


if __name__ == "__main__":
    if browser.is_installed():
        run(Page, Page.close)
    print("chromium is not installed: the page is not tested\n0 passed, 0 failed")
