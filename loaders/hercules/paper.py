#!/usr/bin/env python3
"""Takes the paper of CP's real printer apart: FOLDER/userid/00E.txt has what the printer
00E of that user printed, as a printer of its own would have written it; punch/userid/00D.txt
beside FOLDER has a line for each card that his punch 00D punched.

Reads lines as cp/guest/paper.h lays them out: userid, address, channel command, text.
"""
import os
import re
import sys

LINE = re.compile(r"([A-Z0-9@#$]{1,8}) +([0-9A-F]{3}) ([0-9A-F]{2})(?: (.*))?$")
USERID, TEXT = slice(0, 8), 16
CARD = 0x41
SPACES = {0x01: "\r", 0x09: "\n", 0x11: "\n\n", 0x19: "\n\n\n",
          0x03: "", 0x0B: "\n", 0x13: "\n\n", 0x1B: "\n\n\n"}


def carriage(command):
    """What the paper does after the text: skips to channel 1 are form feeds."""
    if command in SPACES:
        return SPACES[command]
    return "\f" if command >> 3 & 15 == 1 and command & 0x80 else "\n"


def file_of(folder, userid, address):
    own = os.path.join(folder, userid.lower())
    os.makedirs(own, exist_ok=True)
    if userid != userid.lower() and not os.path.lexists(os.path.join(folder, userid)):
        os.symlink(userid.lower(), os.path.join(folder, userid))
    return os.path.join(own, f"{address}.txt")


def main(folder):
    os.closerange(3, 1024)  # Hercules' own: with them its port would stay taken
    kept = {}  # the beginnings of long records
    punched = os.path.join(os.path.dirname(os.path.abspath(folder)), "punch")
    for raw in sys.stdin.buffer:
        line = raw.decode("latin-1").strip("\r\n\f")
        found = LINE.match(line)
        if not found:
            continue
        userid, address, command = found[1], found[2], int(found[3], 16)
        text = kept.pop((userid, address), "") + line[TEXT:]
        if command == 0:
            kept[userid, address] = text
            continue
        with open(file_of(punched if command == CARD else folder, userid, address), "a", encoding="latin-1", newline="") as f:
            f.write(text.rstrip(" ") + carriage(command))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
