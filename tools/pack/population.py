"""People on a grid of 5 arcminutes: settlements as discs, and the rest of each country's people spread around them.

For a country (in China: a province) of T people of whom S live in its settlements, the R = T - S others are spread over
its land outside the settlements, 95 % of them with the weight

    w(x) = sum over its settlements of sqrt(population + 1000) exp(-distance / 60 km)

and 5 % evenly. A settlement is a disc of 2,500 people a square kilometre; one of unknown size weighs like the smallest.
At least 5 % of T is kept for the country, so that no land of a country is empty.
"""
import math
import os

import numpy

import geonames
import natural_earth
import packfile

CREDITS = [
    "Population: 5 arcminutes, computed from GeoNames settlements (geonames.org, CC BY 4.0), United Nations World "
    "Population Prospects 2022 and the 2020 census of China, on Natural Earth's land (public domain)",
]
TOTALS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/population")

ROWS, COLUMNS, FINE = 2160, 4320, 5          # the grid; FINE x FINE points a cell tell its land and its country
RADIUS_KM = 6371.0072
SCALE_KM, REACH_KM, EVEN, LEAST_RURAL = 60.0, 480.0, 0.05, 0.05
TOWN_KM2 = 2500.0
LEAST_PEOPLE, STEP = 1e-4, 0.02              # of the codes in the pack: people = LEAST_PEOPLE exp(STEP (code - 1))


def totals(name):
    """{code: people} of a table in data/population."""
    with open(os.path.join(TOTALS, name), encoding="utf-8") as file:
        rows = [line.split("\t") for line in file if not line.startswith("#")]
    return {row[0]: int(row[1]) for row in rows}


# ---- land and countries -----------------------------------------------------------------------------------------------

def _crossings(rings):
    """(row, id, longitude) of every crossing of a ring with a fine row's middle, sorted."""
    found = []
    for ident, ring in rings:
        points = numpy.array(ring, dtype=float) / 1e4
        (x0, y0), (x1, y1) = points[:-1].T, points[1:].T
        at = [numpy.ceil((y + 90.0) * 12.0 * FINE - 0.5).astype(int) for y in (y0, y1)]
        first, n = numpy.minimum(*at), numpy.abs(at[0] - at[1])
        edge = numpy.repeat(numpy.arange(len(n)), n)
        row = first[edge] + numpy.arange(len(edge)) - numpy.repeat(numpy.cumsum(n) - n, n)
        part = ((row + 0.5) / (12.0 * FINE) - 90.0 - y0[edge]) / (y1 - y0)[edge]
        found.append((row, numpy.full(len(row), ident), x0[edge] + part * (x1 - x0)[edge]))
    row, ident, x = (numpy.concatenate(column) for column in zip(*found))
    order = numpy.lexsort((x, ident, row))
    return row[order], ident[order], x[order]


def _spans(rings):
    """(row, id, first column, column after the last) of every stretch of a fine row inside the rings of an id."""
    row, ident, x = _crossings(rings)
    column = numpy.clip(numpy.ceil((x + 180.0) * 12.0 * FINE - 0.5), 0, COLUMNS * FINE).astype(int)
    return row[::2], ident[::2], column[::2], column[1::2]


def _paint(spans, first, rows):
    """The fine rows [first, first + rows) with each point's id; 0 outside."""
    fine = numpy.zeros((rows, COLUMNS * FINE), dtype=numpy.uint16)
    row, ident, start, end = spans
    low, high = numpy.searchsorted(row, (first, first + rows))
    for i in range(low, high):
        fine[row[i] - first, start[i]:end[i]] = ident[i]
    return fine


def _commonest(cells):
    """The id that most points of each cell have, of those that have one; 0 where none has."""
    most = cells.max(axis=1)
    for i in numpy.nonzero((cells != most[:, None]).any(axis=1))[0]:
        counts = numpy.bincount(cells[i])
        counts[0] = 0
        most[i] = counts.argmax() if counts.any() else 0
    return most


def _spread(country, land):
    """Land cells that no country's outline reaches take a neighbour's."""
    for _ in range(3):
        for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
            bare = (country == 0) & (land > 0)
            country[bare] = numpy.roll(country, step, axis)[bare]
    return country


def geography(magics, atlas):
    """Codes; the index into them (from 1) of each cell, south to north from 180 W; the share of each that is land."""
    lines = [line for line in natural_earth.lines(magics, atlas, (10,))]
    codes = sorted({name for kind, _, name, _ in lines if kind == natural_earth.COUNTRY})
    index = {code: i + 1 for i, code in enumerate(codes)}
    land_spans = _spans([(1, ring) for kind, _, _, ring in lines if kind == natural_earth.LAND])
    country_spans = _spans([(index[name], ring) for kind, _, name, ring in lines if kind == natural_earth.COUNTRY])
    country = numpy.zeros((ROWS, COLUMNS), dtype=numpy.uint16)
    land = numpy.zeros((ROWS, COLUMNS))
    for r in range(ROWS):
        fine = [_paint(spans, r * FINE, FINE).reshape(FINE, COLUMNS, FINE).swapaxes(0, 1).reshape(COLUMNS, -1)
                for spans in (country_spans, land_spans)]
        land[r] = fine[1].sum(axis=1) / float(FINE * FINE)
        if land[r].any():
            country[r] = _commonest(fine[0])
    return codes, _spread(country, land), land


def areas_km2():
    """Area of a cell of each row, on the sphere."""
    edges = [math.sin(math.radians(r / 12.0 - 90.0)) for r in range(ROWS + 1)]
    return numpy.array([RADIUS_KM ** 2 * math.radians(1 / 12.0) * (b - a) for a, b in zip(edges, edges[1:])])


# ---- settlements -----------------------------------------------------------------------------------------------------

def _disc(n):
    """n points of equal weight in the unit disc (Vogel 1979)."""
    i = numpy.arange(n)
    radius, angle = numpy.sqrt((i + 0.5) / n), i * math.pi * (3.0 - math.sqrt(5.0))
    return radius * numpy.cos(angle), radius * numpy.sin(angle)


def settle(places, scale, land, country, home):
    """People of the settlements, and the area in km2 that they cover, in each cell; a disc ends at the sea and at the
    border of its own country (`home` of its unit)."""
    people, covered = numpy.zeros((ROWS, COLUMNS)), numpy.zeros((ROWS, COLUMNS))
    for population, lat, lon, unit in places:
        population *= scale[unit]
        if population <= 0.0:
            continue
        radius = math.sqrt(population / (math.pi * TOWN_KM2))
        x, y = _disc(64 if radius < 8.0 else 1024) if radius > 0.5 else (numpy.zeros(1), numpy.zeros(1))
        turn = 180.0 / (math.pi * RADIUS_KM) * radius
        rows = numpy.clip(((lat + turn * y + 90.0) * 12.0).astype(int), 0, ROWS - 1)
        columns = ((lon + turn / math.cos(math.radians(lat)) * x + 180.0) * 12.0).astype(int) % COLUMNS
        dry = land[rows, columns] > 0.0
        for good in (dry & (country[rows, columns] == home[unit]), dry):
            if good.any():
                rows, columns = rows[good], columns[good]
                break
        numpy.add.at(people, (rows, columns), population / len(rows))
        numpy.add.at(covered, (rows, columns), population / TOWN_KM2 / len(rows))
    return people, covered


# ---- the others ------------------------------------------------------------------------------------------------------

def _kernels(row, rows, columns):
    """(other row, spectrum along the parallel of exp(-distance / 60 km)) of the rows within reach of a row."""
    step = 180.0 / rows
    lat = math.radians((row + 0.5) * step - 90.0)
    turn = numpy.radians(numpy.arange(columns) * 360.0 / columns)
    reach = int(math.degrees(REACH_KM / RADIUS_KM) / step)
    for other in range(max(0, row - reach), min(rows, row + reach + 1)):
        there = math.radians((other + 0.5) * step - 90.0)
        half = numpy.sin((there - lat) / 2) ** 2 + math.cos(lat) * math.cos(there) * numpy.sin(turn / 2) ** 2
        yield other, numpy.fft.rfft(numpy.exp(-2.0 * RADIUS_KM / SCALE_KM * numpy.arcsin(numpy.sqrt(half))))


def weights(places, n_units):
    """w(x) of every unit on a grid of 10 arcminutes: {unit: {row: values}}, where it is not negligible."""
    rows, columns = ROWS // 2, COLUMNS // 2
    sources = {}
    for population, lat, lon, unit in places:
        row, column = min(int((lat + 90.0) * 6.0), rows - 1), int((lon + 180.0) * 6.0) % columns
        line = sources.setdefault(row, {}).setdefault(unit, numpy.zeros(columns))
        line[column] += math.sqrt(population + 1000.0)
    spectra = {row: {unit: numpy.fft.rfft(line) for unit, line in units.items()} for row, units in sources.items()}
    found = [{} for _ in range(n_units)]
    for row in range(rows):
        sums = {}
        for other, kernel in _kernels(row, rows, columns):
            for unit, line in spectra.get(other, {}).items():
                sums[unit] = sums.get(unit, 0.0) + line * kernel
        for unit, line in sums.items():
            found[unit][row] = numpy.maximum(numpy.fft.irfft(line, columns), 0.0)
    return found


def refine(weight):
    """The rows of a unit's weight on the grid of 5 arcminutes, linear in between: {row: values}."""
    rows, fine = ROWS // 2, {}
    empty = numpy.zeros(COLUMNS // 2)
    for row in {2 * r + i for r in weight for i in (0, 1)}:
        beside = min(max(row // 2 + (1 if row % 2 else -1), 0), rows - 1)
        line = 0.75 * weight.get(row // 2, empty) + 0.25 * weight.get(beside, empty)
        out = numpy.empty(COLUMNS)
        out[0::2] = 0.75 * line + 0.25 * numpy.roll(line, 1)
        out[1::2] = 0.75 * line + 0.25 * numpy.roll(line, -1)
        fine[row] = out
    return fine


def provinces(country, code_index, units, weight):
    """Unit of each cell: its country's, or, where that has provinces, the one whose settlements weigh most."""
    table = numpy.zeros(len(code_index) + 1, dtype=int) - 1
    for code, i in code_index.items():
        table[i] = units.get(code, -1)
    cells = table[country]
    for parent in sorted({code.split(".")[0] for code in units if "." in code}):
        inside = country == code_index[parent]
        best, chosen = numpy.zeros(country.shape), numpy.zeros(country.shape, dtype=int) - 1
        for code, unit in sorted(units.items()):
            if code.startswith(parent + "."):
                for row, line in weight[unit].items():
                    more = line > best[row]
                    best[row][more] = line[more]
                    chosen[row][more] = unit
        for _ in range(200):  # deserts beyond every settlement's reach
            for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
                bare = (chosen < 0) & inside
                chosen[bare] = numpy.roll(chosen, step, axis)[bare]
        cells[inside] = chosen[inside]
    return cells


def scatter(rest, cells, room, weight):
    """The rural people of each cell; `room` is the land outside towns, km2."""
    people = numpy.zeros((ROWS, COLUMNS))
    for unit, number in enumerate(rest):
        rows, columns = numpy.nonzero(cells == unit)
        if len(rows) == 0 or number <= 0.0:
            continue
        even = room[rows, columns]
        pull = numpy.zeros(len(rows))
        for row, line in weight[unit].items():
            here = rows == row if len(rows) < 2000 else slice(*numpy.searchsorted(rows, (row, row + 1)))
            pull[here] = line[columns[here]]
        pull *= even
        if pull.sum() <= 0.0:
            pull = even
        if even.sum() > 0.0:
            people[rows, columns] = number * ((1.0 - EVEN) * pull / pull.sum() + EVEN * even / even.sum())
    return people


# ---- all of it -------------------------------------------------------------------------------------------------------

def _settlements(package, units, regional):
    """(population, lat, lon, unit) and the number of units, with those that only settlements make."""
    found = []
    for population, code, _, lat, lon, _, region in geonames.places(package):
        within = f"{code}.{region}"
        unit = units.setdefault(within if within in regional else code, len(units))
        found.append((float(population), lat / 1e5, lon / 1e5, unit))
    return found


def build(magics, atlas, package):
    """People in each cell, south to north from 180 W."""
    regional = totals("regional.tsv")
    total = {**totals("national.tsv"), **regional}
    for parent in {code.split(".")[0] for code in regional}:
        del total[parent]
    units = {code: i for i, code in enumerate(sorted(total))}
    places = _settlements(package, units, regional)
    settled = [0.0] * len(units)
    for population, _, _, unit in places:
        settled[unit] += population
    scale, rest = [1.0] * len(units), [0.0] * len(units)
    for code, unit in units.items():
        people = float(total.get(code, settled[unit]))
        rest[unit] = max(people - settled[unit], LEAST_RURAL * people)
        if settled[unit] > 0.0:
            scale[unit] = (people - rest[unit]) / settled[unit]
    codes, country, land = geography(magics, atlas)
    index = {code: i + 1 for i, code in enumerate(codes)}
    home = {unit: index.get(code.split(".")[0], 0) for code, unit in units.items()}
    towns, covered = settle(places, scale, land, country, home)
    weight = [refine(w) for w in weights(places, len(units))]
    cells = provinces(country, index, units, weight)
    room = numpy.maximum(land * areas_km2()[:, None] - covered, 0.0)
    return towns + scatter(rest, cells, room, weight)


def encode(people):
    """The codes as rows of low bytes and high bytes of the zigzag of the second difference, as in terrain."""
    with numpy.errstate(divide="ignore"):
        code = numpy.rint(numpy.log(people / LEAST_PEOPLE) / STEP) + 1.0
    code = numpy.where(code >= 1.0, code, 0.0).astype(numpy.int32)
    down = numpy.diff(code, axis=0, prepend=0)
    slope = numpy.diff(down, axis=1, prepend=0).astype(numpy.int16)
    folded = (slope.astype(numpy.uint16) << 1) ^ numpy.where(slope < 0, 0xFFFF, 0).astype(numpy.uint16)
    return b"".join(bytes((row & 255).astype(numpy.uint8)) + bytes((row >> 8).astype(numpy.uint8)) for row in folded)


def write(path, magics, atlas, package):
    people = build(magics, atlas, os.path.join(package, "package/dist/cities500.txt"))
    shape = bytearray()
    for value in (ROWS, COLUMNS, round(LEAST_PEOPLE * 1e6), round(STEP * 1e6)):
        packfile.varint(value, shape)
    packfile.write(path, "population", [("credits", "\n".join(CREDITS).encode() + b"\n"), ("shape", shape),
                                    ("people", encode(people))])
