"""Runs a command and prints what it took as JSON: wall and CPU seconds, peak kilobytes, exit code.

A process of its own, started with -I -S: the system counts a child's peak from the memory of the
process that starts it, so that this one has to be small (it is the least peak that can be measured).
"""
import os
import sys
import time

log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
actions = [(os.POSIX_SPAWN_DUP2, log, 1), (os.POSIX_SPAWN_DUP2, log, 2)]
begin = time.perf_counter()
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=actions)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - begin
code = os.waitstatus_to_exitcode(status)
print(f'{{"wall": {wall:.6f}, "cpu": {usage.ru_utime + usage.ru_stime:.6f}, '
      f'"peak_kb": {usage.ru_maxrss}, "exit": {code}}}')
