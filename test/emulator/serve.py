"""Runs MiniStack until whoever started it is gone.

Its standard input is a pipe from the test run. However that run ends, by SIGKILL too, the pipe closes; then go the folder
with its state, named by the only argument, and the whole process group: MiniStack and the workers of its Lambda functions.
"""

import os
import shutil
import signal
import sys
import threading

from ministack import app


state_folder = sys.argv.pop()


def end_with_parent():
    sys.stdin.buffer.read()
    shutil.rmtree(state_folder, ignore_errors=True)
    os.killpg(os.getpgrp(), signal.SIGKILL)


# With TLS it would take port 443 too where it may: here one free port is all.
app._port_is_bindable = lambda host, port: False

threading.Thread(target=end_with_parent, daemon=True).start()
app.main()
