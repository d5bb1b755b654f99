"""A headless Chromium, driven by its WebDriver (W3C WebDriver, section 6: protocol)."""
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ENTER, CONTROL = "\ue007", "\ue009"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def is_installed():
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


class Browser:
    def __init__(self, width=1100, height=760):
        self.folder = tempfile.mkdtemp(prefix="browser-")
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True)
        for line in self.driver.stdout:
            started = re.search(r"started successfully on port (\d+)", line)
            if started:
                break
        else:
            raise AssertionError("chromedriver did not start")
        self.address = f"http://127.0.0.1:{started.group(1)}/session"
        arguments = ["--headless=new", f"--window-size={width},{height}", "--disable-gpu",
                     "--disable-dev-shm-usage", f"--user-data-dir={self.folder}"]
        if os.getuid() == 0:
            arguments.append("--no-sandbox")
        session = self._call("POST", "", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": {"args": arguments}}}})
        self.address += "/" + session["sessionId"]

    def _call(self, method, path, body=None):
        request = urllib.request.Request(
            self.address + path, method=method,
            data=None if method != "POST" else json.dumps(body or {}).encode())
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"].split("\n")[0]) from None

    def open(self, url):
        self._call("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        """The result of `return ...` in the page."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, expression, timeout=30):
        """Asks in the page until `expression` is true there; its value."""
        end = time.monotonic() + timeout
        while not (value := self.run(f"return {expression}")):
            assert time.monotonic() < end, f"not so in the page: {expression}"
            time.sleep(0.05)
        return value

    def click(self, css=None, text=None):
        """Clicks what the selector finds, or the button with that text."""
        using, value = (("css selector", css) if css else
                        ("xpath", f"//button[normalize-space()='{text}']"))
        element = self._call("POST", "/element", {"using": using, "value": value})[ELEMENT]
        self._call("POST", f"/element/{element}/click")

    def type(self, text):
        """Keys, to what has the focus."""
        actions = [{"type": kind, "value": c} for c in text for kind in ("keyDown", "keyUp")]
        self._call("POST", "/actions", {"actions": [
            {"type": "key", "id": "keyboard", "actions": actions}]})

    def screenshot(self, path):
        with open(path, "wb") as out:
            out.write(base64.b64decode(self._call("GET", "/screenshot")))

    def close(self):
        try:
            self._call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait(20)
            shutil.rmtree(self.folder, ignore_errors=True)
