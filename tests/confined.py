"""Runs a command as an orchestrator runs a container: confined.py ROOT USER DIRECTORY COMMAND...

In a file system that need not have a shell, as a user without rights, without capabilities, and without a way to get any.
"""
import ctypes
import os
import sys
import warnings  # noqa: F401 - execvp asks for it, when the file system that has it is gone

PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38
prctl = ctypes.CDLL(None, use_errno=True).prctl
root, user, directory, *command = sys.argv[1:]
os.chroot(root)
os.chdir(directory)
last = int(open("/proc/sys/kernel/cap_last_cap").read())
for name, value in [*((PR_CAPBSET_DROP, capability) for capability in range(last + 1)), (PR_SET_NO_NEW_PRIVS, 1)]:
    if prctl(name, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
os.setgroups([])
os.setgid(int(user))
os.setuid(int(user))
os.execvp(command[0], command)
