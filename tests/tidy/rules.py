"""The house rules, read from the sources and from the objects of a build: rules.py BUILD, in the repository root.

Every breach is one line 'file:line: rule'; the exit status is 1 when there is any.
"""
import collections
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse

# A room may include rooms of a lower rank; rooms of one rank stand side by side and do not know each other.
RANKS = [["core"], ["formats"], ["earth", "sky"], ["vehicle"], ["flight"], ["ascent"], ["hazard", "orbit"],
         ["plume", "port"], ["study"], ["report"], ["cli", "server"]]
RANK = {room: rank for rank, rooms in enumerate(RANKS) for room in rooms}

# Where a library's header may be included: rooms, or single files.
LIBRARIES = {
    "erfa.h": ["sky"], "erfam.h": ["sky"], "erfaextra.h": ["sky"],
    "yaml.h": ["core"], "sleef.h": ["core"], "immintrin.h": ["core"], "nlopt.h": ["ascent"],
    "sqlite3.h": ["formats"], "gdal.h": ["formats/raster.c", "formats/vector.c", "formats/gridded.c"],
    "cpl_error.h": ["formats/hush.c", "formats/vector.c"], "cpl_string.h": ["formats/gridded.c"],
    "ogr_srs_api.h": ["formats/raster.c", "formats/vector.c", "formats/gridded.c"],
    "ogr_api.h": ["formats/vector.c"], "jansson.h": ["formats", "server"], "microhttpd.h": ["server"],
    "mpi.h": ["core"], "zlib.h": ["earth"],
    "omp.h": ["core", "flight", "ascent", "hazard", "orbit", "plume", "port"],
}
STANDARD = set("""assert ctype errno fenv float inttypes limits locale math setjmp signal stdalign stdarg stdatomic
    stdbool stddef stdint stdio stdlib string time dirent fcntl unistd sys/stat sys/types sys/mman sys/time sys/wait
    sys/resource sys/ioctl sys/socket netinet/in arpa/inet pthread strings glob fnmatch poll termios""".split())

# ERFA keeps a pointer to the leap-second table it is given, so that table must live as long as the program.
KEPT = {("src/sky/leap.c", "installed")}

# Called nowhere in the library: it neither prints nor ends the program, has no global state, and bounds what it writes.
FORBIDDEN = re.compile(r"(?<![\w.>])(printf|vprintf|puts|putchar|perror|exit|_exit|_Exit|abort|getenv|system|popen|"
                       r"setlocale|srand|rand|gets|strcpy|strcat|sprintf|vsprintf|strtok)\s*\(|"
                       r"fprintf\s*\(\s*std(?:out|err)\b|fputs\s*\([^;]*\bstd(?:out|err)\b")
# Results come from core/real.h and core/lanes.h, which give the same bits everywhere.
LIBM = re.compile(r"(?<![\w.>])(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|exp|exp2|expm1|log|"
                  r"log2|log10|log1p|pow|cbrt|hypot|erf|erfc|tgamma|lgamma|sincos)f?\s*\(")
PLACES = re.compile(r"(?<![\w.)~}-])/(work|root|home)/")
PLACES_IN_LIBRARY = re.compile(r"(?<![\w.)~}-])/(work|root|home|tmp)\b")
UNFINISHED = re.compile(r"\b(TODO|FIXME)\b")
COLUMNS, FUNCTION_LINES, FILE_LINES = 120, 70, 900
LISTING = "long-functions.txt"

breaches = []


def breach(path, line, text):
    breaches.append(f"{path}:{line}: {text}")


def files(*patterns):
    return sorted(p for pattern in patterns for p in pathlib.Path(".").glob(pattern)
                  if not {"node_modules", "dist"} & set(p.parts))


def without_comments(text, strings=True):
    """The text with comments blanked out, and strings too when these are not wanted; lines stay where they are."""
    def blank(match):
        piece = match.group(0)
        return re.sub(r"[^\n]", " ", piece) if piece[0] == "/" or not strings else piece
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def check_library(path, line, room, header):
    allowed = LIBRARIES.get(header)
    if allowed is None:
        if header.removesuffix(".h") not in STANDARD:
            breach(path, line, f"<{header}> is neither of the C library nor of the chosen dependencies")
    elif room not in allowed and "/".join(path.parts[1:]) not in allowed:
        breach(path, line, f"<{header}> may be included in {', '.join(allowed)} only")


def check_arrow(path, line, room, header):
    parts = pathlib.PurePath(header).parts
    if parts[0] == "cosmodrome":
        # a room with much to say may have its header in parts: ROOM.h includes ROOM/PART.h
        other = parts[1].removesuffix(".h") if len(parts) in (2, 3) else ""
        if other not in RANK:
            breach(path, line, f'"{header}" is not a public header')
            return
    else:
        other = parts[0] if len(parts) > 1 and parts[0] in RANK else room
        if other != room and room in ("cli", "server"):
            breach(path, line, f'"{header}": the command uses the public headers only')
    if other != room and RANK[other] >= RANK[room]:
        breach(path, line, f'"{header}": arrows point down, and {room} does not stand above {other}')


def check_includes(path, text):
    room = path.parts[2].removesuffix(".h") if path.parts[0] == "include" else path.parts[1]
    if room not in RANK:
        breach(path, 1, f"room '{room}' has no place in the order of rooms")
        return
    for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', without_comments(text), re.M):
        check = check_library if match[1] == "<" else check_arrow
        check(path, text.count("\n", 0, match.start()) + 1, room, match[2])


def check_calls(path, code):
    if path.parts[1] in ("cli", "server"):
        return
    for number, line in enumerate(code.split("\n"), 1):
        found = FORBIDDEN.search(line)
        if found and not (path.as_posix() == "src/core/isa.c" and found[1] == "getenv"):
            breach(path, number, f"'{found[0].strip()}' has no place in the library")
        found = LIBM.search(line)
        if found and path.parts[1] != "report":
            breach(path, number, f"libm's {found[1]}(): use core/real.h, which gives the same bits everywhere")


def check_lines(path, text, wide):
    lines = text.split("\n")
    if lines[-1] != "":
        breach(path, len(lines), "the last line does not end")
    if len(lines) > FILE_LINES + 1:
        breach(path, len(lines), f"longer than {FILE_LINES} lines")
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS and not wide:
            breaches.append(f"{path}:{number}: {len(line)} columns; at most {COLUMNS}")
        if line != line.rstrip() or "\t" in line:
            breach(path, number, "a tab, or blanks at the end")


def check_words(path, text):
    places = PLACES_IN_LIBRARY if path.parts[0] in ("src", "include") else PLACES
    for number, line in enumerate(text.split("\n"), 1):
        if UNFINISHED.search(line):
            breach(path, number, f"'{UNFINISHED.search(line)[0]}': finish it, or say it in docs/")
        if places.search(line):
            breach(path, number, f"'{places.search(line)[0]}' is a place on somebody's machine")


def functions(code):
    """(name, first line, lines) of every function; the house format opens and closes them in column 1."""
    lines = code.split("\n")
    for opening in (i for i, line in enumerate(lines) if line == "{"):
        first = opening
        while first > 0 and lines[first - 1].strip() and not lines[first - 1].startswith(("}", "#")):
            first -= 1
        head = " ".join(lines[first:opening])
        name = re.search(r"START_TEST\s*\(\s*(\w+)", head) or re.search(r"(\w+)\s*\(", head)
        closing = next((i for i in range(opening, len(lines)) if lines[i].startswith("}")), len(lines) - 1)
        if name:
            yield name[1], first + 1, closing - first + 1


def check_functions(path, code, excused):
    for name, line, length in functions(code):
        if length > FUNCTION_LINES and excused.pop((path.as_posix(), name), None) is None:
            breach(path, line, f"{name}() has {length} lines; at most {FUNCTION_LINES}, or a reason in {LISTING}")


def read_list(name, n):
    """{the first n words of a line: its number}; the rest of each line is the reason, which must be there."""
    listing, entries = pathlib.Path("tests/tidy", name), {}
    for number, line in enumerate(listing.read_text().splitlines(), 1):
        words = line.split(maxsplit=n)
        if not words or line.startswith("#"):
            continue
        if len(words) <= n:
            breach(listing, number, "a reason is expected at the end of the line")
        entries[tuple(words[:n])] = number
    return entries


def check_sources():
    excused, wide = read_list(LISTING, 2), read_list("wide-files.txt", 1)
    for path in files("src/**/*.[ch]", "include/**/*.h", "tests/**/*.[ch]", "fuzz/*.[ch]", "bench/*.[ch]",
                      "examples/**/*.c"):
        text = path.read_text(encoding="utf-8")
        code = without_comments(text, strings=False)
        check_lines(path, text, (path.as_posix(),) in wide)
        check_functions(path, code, excused)
        if path.parts[0] in ("src", "include"):
            check_includes(path, text)
        if path.parts[0] == "src":
            check_calls(path, code)
    for (where, name), number in excused.items():
        breach("tests/tidy/" + LISTING, number, f"{name} of {where} needs no excuse any more")


def check_texts():
    for path in files("src/**/*.[ch]", "include/**/*.h", "tests/**/*", "fuzz/*.[ch]", "bench/*", "cmake/*",
                      "docs/**/*.md", "examples/**/*", "tools/*", "web/src/**/*", "data/**/*.yaml", "missions/**/*", "cases/**/*",
                      "packaging/*", "CMakeLists.txt", "README.md", "run", "test"):
        if path.is_file() and path.parts[:2] != ("tests", "tidy"):
            check_words(path, path.read_text(encoding="utf-8", errors="replace"))


def prose(text):
    """(line number, line) of a Markdown text outside fenced code."""
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            yield number, line


def anchors(text):
    """The anchors of a text's headings, made as GitHub makes them: the second of two equal ones ends in -1."""
    found = collections.Counter()
    for _, line in prose(text):
        heading = re.match(r"#{1,6}\s+(.*?)\s*#*$", line)
        if heading:
            plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).lower()
            found[re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")] += 1
    return {name if i == 0 else f"{name}-{i}" for name, n in found.items() for i in range(n)}


def check_link(path, number, link):
    """A link leads to a file of the repository, and in a Markdown file to one of its headings."""
    where, _, anchor = urllib.parse.unquote(link).partition("#")
    target = (path.parent / where).resolve() if where else path.resolve()
    if not target.is_relative_to(pathlib.Path.cwd()) or not target.exists():
        breach(path, number, f"the link '{link}' leads to no file of the repository")
    elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
        breach(path, number, f"the link '{link}' leads to no heading")


def check_links():
    for path in files("*.md", "*/*.md", "*/*/**/*.md"):
        if path.parts[0].startswith(("build", "out", ".")):
            continue
        for number, line in prose(path.read_text(encoding="utf-8")):
            without_code = re.sub(r"`[^`]*`", "``", line)
            for link in re.findall(r"\]\(\s*([^)\s]+)|^ {0,3}\[[^\]]+\]:\s*(\S+)", without_code):
                link = (link[0] or link[1]).strip("<>")
                if not re.match(r"[a-z][a-z0-9+.-]*:", link, re.I):
                    check_link(path, number, link)


def check_unique():
    seen = {}
    for path in files("src/**/*.[ch]"):
        for key in (path.name, path.stem if path.suffix == ".c" else path.name):
            if seen.setdefault(key, path) != path:
                breach(path, 1, f"there is a {seen[key]} already; a name says where a thing is")


def symbols(objects):
    """(object, name, class, section) of every symbol. nm's columns: name|value|class|type|size|line|section."""
    for start in range(0, len(objects), 500):
        out = subprocess.run(["nm", "-A", "-f", "sysv", *objects[start:start + 500]], capture_output=True, text=True,
                             check=True).stdout
        for line in out.splitlines():
            columns = [column.strip() for column in line.split("|")]
            if len(columns) == 7:
                where, name = columns[0].rsplit(":", 1)
                yield where, name, columns[2], columns[6]


def library_objects(build):
    """{object: source without .c} of the library's sources that still exist"""
    found = {}
    for path in pathlib.Path(build, "CMakeFiles").glob("*.dir/src/**/*.c.o"):
        source = pathlib.Path(*path.parts[len(path.parts) - 1 - path.parts[::-1].index("src"):]).with_suffix("")
        if source.exists() and source.parts[1] not in ("cli", "server"):
            found[str(path)] = source
    return found


def check_objects(build):
    """A global symbol's name is its address; the library has no variables; a kernel object shows one table."""
    sources = library_objects(build)
    if not sources:
        breach(build, 1, "no objects of the library in this build folder")
        return 0
    tables = {where: 0 for where, source in sources.items() if source.stem.endswith("_lanes")}
    for where, name, kind, section in symbols(list(sources)):
        source = sources[where]
        if name.startswith(("__", ".L", "asan.", "DW.ref")) or section in ("", "*UND*"):
            continue
        kept = (str(source), name.split(".")[0]) in KEPT
        if re.match(r"\.(data(?!\.rel\.ro)|bss|tdata|tbss)|\*COM\*", section) and not kept:
            breach(source, 1, f"'{name}' is a variable that outlives calls; the library has no global state")
        if not kind.isupper():
            continue
        stem = source.stem.removesuffix("_lanes")
        if not re.match(rf"cosmo_{stem}(_|$)", name):
            breach(source, 1, f"global symbol '{name}' does not start with cosmo_{stem}, its address")
        if where in tables:
            tables[where] += 1
            if not re.search(r"_x[148]$", name):
                breach(source, 1, f"'{name}' is not a COSMO_TABLE of kernels")
    for where, count in tables.items():
        if count != 1:
            breach(sources[where], 1, f"{count} global symbols in {where}; a kernel file exports one table")
    return len(sources)


def compile_header(job):
    compiler, header = job
    done = subprocess.run([*compiler, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Iinclude", "-fsyntax-only", "-"],
                          input=f'#include "{header.relative_to("include")}"\n', capture_output=True, text=True)
    return header, compiler[0], done.returncode, done.stderr.strip()


def check_headers():
    compilers = [[name, *options] for name, options in
                 (("cc", ["-x", "c", "-std=c17"]), ("g++", ["-x", "c++", "-std=c++17"])) if shutil.which(name)]
    headers = files("include/cosmodrome/**/*.h")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for header, name, status, text in pool.map(compile_header, [(c, h) for h in headers for c in compilers]):
            if status != 0:
                breach(header, 1, f"does not compile alone with {name}: {(text or str(status)).splitlines()[0]}")
    return len(headers)


def main(build):
    check_sources()
    check_texts()
    check_links()
    check_unique()
    objects = check_objects(build)
    headers = check_headers()
    for line in breaches:
        print(line)
    print(f"  {len(breaches)} breaches in {objects} objects, {headers} public headers and their sources")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
