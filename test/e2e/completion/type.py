"""Types a line and presses tab in an interactive shell, and prints what the shell wrote.

    python3 type.py SETUP LINE SHELL...
"""

import os
import pty
import re
import select
import sys
import time

setup, line, *shell = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.environ.update(TERM="dumb", PS1="> ")
    os.execvp(shell[0], shell)


def read(seconds, until=None):
    text = b""
    end = time.time() + seconds
    while time.time() < end and (until is None or not re.search(until, text)):
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                text += os.read(terminal, 65536)
            except OSError:
                break
    return text


# The shell writes the sum, which is not in what is typed.
os.write(terminal, f"{setup}; echo ready$((40 + 2))\n".encode())
read(30, b"ready42")
os.write(terminal, line.encode() + b"\t")
# Another command is typed behind what the shell has completed; it writes the line that it would run.
read(3)
os.write(terminal, b"\x01echo typed: \x05\n")
print(read(10, rb"\ntyped: .*\n").decode(errors="replace"))
os.close(terminal)
