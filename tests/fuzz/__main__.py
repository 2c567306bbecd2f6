"""Show a random diagram and its paths again.

    python -m tests.fuzz SEED [PATH] [--xml]

Without a path, ten of them are judged; with one, its moves are told.
"""

import argparse
import sys

from .draw import drawn
from .judge import Fault, judge
from .play import Differs, subject, walked
from .write import written


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("path", type=int, nargs="?")
    parser.add_argument("--xml", action="store_true", help="print the diagram")
    options = parser.parse_args(arguments)
    if options.xml:
        sys.stdout.write(written(drawn(options.seed)).decode() + "\n")
    try:
        if options.path is not None:
            walk = walked(subject(options.seed), options.path)
            sys.stdout.write("\n".join(walk.told) + f"\n{walk.oracle.variables}\n")
        sys.stdout.write(f"{judge([options.seed], max(10, (options.path or 0) + 1))}\n")
    except (Differs, Fault) as fault:
        sys.stdout.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
