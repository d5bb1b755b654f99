#!/usr/bin/env python3
"""Cards behind a deck, for the program to read."""
import sys

CARDS = 300

for number in range(CARDS):
    sys.stdout.buffer.write(f"CARD {number:04}".encode("cp037").ljust(80, b"\x40"))
