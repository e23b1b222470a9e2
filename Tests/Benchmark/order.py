"""Lists the functions that a hospital's report runs through, for the linker to lay side by side.

Of the program's 12 megabytes of code a report needs one and a half, in some 5,600 functions. The
system reads code in pieces of 64 kilobytes around what is called: as the compiler leaves the functions, that
is most of the program. Laid side by side they take a fifth of that memory. Names that are gone are passed
over, and functions that are new lie with the rest; so the list need not be renewed with each change.

    order.py PROGRAM LIST WORKSPACE:PERIOD …
"""
import os
import re
import subprocess
import sys
import tempfile

NAME = re.compile(r"^c?(fn|ob)=\((\d+)\)(?: (.*))?$")

# Functions that have no names in the program: those of a few bytes that the compiler makes for closures and to
# release what they hold, and those that run before `main`. A report runs through some of either kind in each
# file; all of them are 30 kilobytes, and where they are left, each keeps 64 in memory: 2 MB of a report's peak.
NAMELESS = [".text..L*", ".text.startup*"]


def functions_run(program, workspace, period, folder):
    """The names of the program's own functions that a report calls, by callgrind."""
    trace = os.path.join(folder, "trace")
    # Without a number of threads, which a report takes otherwise than with one; two processors are supposed.
    command = ["valgrind", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={trace}", program,
               "report", workspace, "--period", period, "--output", os.path.join(folder, "reports"),
               "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    names, objects, current, found = {}, {}, "", set()
    with open(trace, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            match = NAME.match(line)
            if not match:
                continue
            kind, number, text = match.groups()
            known = names if kind == "fn" else objects
            if text:
                known[number] = text
            if kind == "ob" and line.startswith("ob="):
                current = objects[number]
            elif kind == "fn" and line.startswith("fn=") and current == program:
                # A recursion has its depth behind the name.
                found.add(re.sub(r"'\d+$", "", names[number]))
    return found


def functions_of(program):
    """The names of all functions that the program has."""
    listed = subprocess.run(["nm", "--defined-only", program], check=True, capture_output=True,
                            text=True).stdout
    return {line.split()[2] for line in listed.splitlines() if line.split()[1] in "tTwW"}


def main():
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind trips over what the compiler tells debuggers.
        program = os.path.join(folder, "program")
        subprocess.run(["strip", "--strip-debug", "-o", program, sys.argv[1]], check=True)
        known, run = functions_of(program), []
        # Those of the first workspace come first, then what each further one adds.
        for place in sys.argv[3:]:
            found = functions_run(program, *place.rsplit(":", 1), folder) & known
            run += sorted(found.difference(run))
    if len(run) < 1000:
        raise SystemExit(f"only {len(run)} functions were seen, which cannot be all")
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.writelines(f".text.{name}\n" for name in run)
        file.writelines(f"{pattern}\n" for pattern in NAMELESS)
    print(f"{sys.argv[2]}: {len(run)} functions")


if __name__ == "__main__":
    main()
