"""The base map: Natural Earth land, lakes, rivers and borders from libmagics++-data, countries from world-atlas."""
import os

import iso3166
import packfile
import shapefile
import topojson

LAND, LAKE, RIVER, BORDER, COUNTRY = range(5)
SCALES = (10, 50, 110)

CREDITS = [
    "Base map: Natural Earth (naturalearthdata.com), public domain; as packaged in Debian libmagics++-data 4.13.0-1 "
    "and npm world-atlas 2.0.2",
    "Borders are as Natural Earth draws them (de facto control) and state no opinion on any territory",
]

# Lakes worth a name on a map: a point in the lake, and the name.
LAKE_NAMES = [
    (50.5, 42.0, "Caspian Sea"), (60.8, 46.4, "North Aral Sea"), (58.6, 45.2, "South Aral Sea"),
    (74.5, 46.2, "Lake Balkhash"), (108.0, 53.5, "Lake Baikal"), (77.2, 42.4, "Issyk-Kul"),
    (84.0, 48.0, "Lake Zaysan"), (81.75, 46.15, "Lake Alakol"), (69.2, 50.4, "Lake Tengiz"), (92.8, 50.3, "Uvs Nuur"),
    (100.5, 51.0, "Lake Khovsgol"), (87.0, 47.3, "Lake Ulungur"), (87.65, 51.6, "Lake Teletskoye"),
    (31.5, 60.8, "Lake Ladoga"), (35.5, 61.7, "Lake Onega"), (43.0, 38.6, "Lake Van"), (45.3, 40.4, "Lake Sevan"),
    (100.2, 36.9, "Qinghai Lake"), (90.6, 30.75, "Nam Co"), (73.45, 39.0, "Karakul"), (132.4, 45.0, "Lake Khanka"),
    (-87.5, 47.7, "Lake Superior"), (-87.0, 44.0, "Lake Michigan"), (-82.5, 44.5, "Lake Huron"),
    (-81.2, 42.2, "Lake Erie"), (-77.8, 43.6, "Lake Ontario"), (-114.0, 61.5, "Great Slave Lake"),
    (-121.0, 66.0, "Great Bear Lake"), (-97.5, 52.0, "Lake Winnipeg"), (-69.3, -15.9, "Lake Titicaca"),
    (33.0, -1.0, "Lake Victoria"), (29.6, -6.0, "Lake Tanganyika"), (34.5, -12.0, "Lake Malawi"),
    (36.05, 3.6, "Lake Turkana"), (13.5, 59.0, "Lake Vanern"), (35.5, 31.5, "Dead Sea"),
]

# What Natural Earth (and Magics) call a boundary, and the name it gets here; None: an ordinary border.
BORDER_NAMES = {
    "International boundary (verify)": None, "International boundary (Magics)": None, "": None,
    "Disputed (please verify)": "disputed", "Indefinite (please verify)": "disputed",
    "Line of control (please verify)": "disputed", "Indeterminant frontier": "disputed", "ForgetMagics": "disputed",
    "Lease limit": "lease",
}
BORDER_DROPPED = {"Overlay limit"}


def quantise(points):
    """1e-4 degree integers without immediate repeats."""
    whole = [(round(lon * 1e4), round(lat * 1e4)) for lon, lat in points]
    return [p for i, p in enumerate(whole) if i == 0 or p != whole[i - 1]]


def area2(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))


def turned(ring, clockwise):
    return ring if (area2(ring) < 0) == clockwise else ring[::-1]


def box(ring):
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    return min(lons), min(lats), max(lons), max(lats)


def contains(ring, x, y):
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def _identity(ring):
    """The same for the same ring whatever point it starts at."""
    body = ring[:-1]
    k = body.index(min(body))
    return tuple(body[k:] + body[:k])


def land_rings(path):
    """(outer rings, holes), each once: the 1:10M file holds a thousand rings twice."""
    seen, outers, holes = set(), [], []
    for part in (part for feature in shapefile.shapes(path) for part in feature):
        ring = quantise(part)
        if len(ring) < 4 or area2(ring) == 0 or _identity(ring) in seen:
            continue
        seen.add(_identity(ring))
        (outers if area2(ring) < 0 else holes).append(ring)
    return outers, holes


def _lakes(outers, holes, scale):
    """A lake is a hole of the land; land inside it is an island, a hole of the lake."""
    boxes = [box(ring) for ring in outers]
    for hole in holes:
        west, south, east, north = box(hole)
        name = next((n for lon, lat, n in LAKE_NAMES if contains(hole, lon * 1e4, lat * 1e4)), None)
        yield LAKE, scale, name, turned(hole, True)
        for island, (w, s, e, n) in zip(outers, boxes):
            if w >= west and s >= south and e <= east and n <= north and contains(hole, *island[0]) \
                    and abs(area2(island)) < abs(area2(hole)):
                yield LAKE, scale, name, turned(island, False)


def _lines(path, kind, scale, name_of):
    for feature, row in zip(shapefile.shapes(path), shapefile.rows(path)):
        name = name_of(row)
        if name is False:
            continue
        for part in feature:
            line = quantise(part)
            if len(line) >= 2:
                yield kind, scale, name, line


def _river_name(row):
    return " ".join(row["name"].split()) or None


def _border_name(row):
    what = row.get("featurecla", "")
    return False if what in BORDER_DROPPED else BORDER_NAMES[what]


def _countries(path, scale):
    found = []
    for feature, polygons in topojson.countries(path):
        for polygon in polygons:
            code = iso3166.code_of_ring(iso3166.code_of(feature), polygon[0])
            for i, ring in enumerate(polygon):
                pieces = [quantise(piece) for piece in topojson.cut(ring)]
                found += [(COUNTRY, scale, code, turned(p, i == 0)) for p in pieces if len(p) >= 4 and area2(p) != 0]
    return sorted(found, key=lambda line: line[2])  # stable: the rings of a country stand together


def lines(magics, atlas, scales=SCALES):
    """Every line of the map: (kind, scale, name, points in 1e-4 degree)."""
    found = []
    for scale in scales:
        base = os.path.join(magics, f"usr/share/magics/{scale}m/ne_{scale}m_")
        outers, holes = land_rings(base + "land")
        found += [(LAND, scale, None, turned(ring, True)) for ring in outers]
        found += [(LAND, scale, None, turned(ring, False)) for ring in holes]
        found += _lakes(outers, holes, scale)
        found += _lines(base + "rivers_lake_centerlines", RIVER, scale, _river_name)
        found += _lines(base + "admin_0_boundary_lines_land", BORDER, scale, _border_name)
        found += _countries(os.path.join(atlas, f"package/countries-{scale}m.json"), scale)
    return sorted(found, key=lambda line: (line[0], line[1]))


def write(path, magics, atlas):
    found = lines(magics, atlas)
    names = [""] + sorted({name for _, _, name, _ in found if name})
    index = {name: i for i, name in enumerate(names)}
    table, lons, lats = bytearray(), bytearray(), bytearray()
    packfile.varint(len(found), table)
    x = y = 0
    for kind, scale, name, line in found:
        packfile.varint(kind, table)
        packfile.varint(scale, table)
        packfile.varint(index[name or ""], table)
        packfile.varint(len(line), table)
        for lon, lat in line:
            packfile.signed(lon - x, lons)
            packfile.signed(lat - y, lats)
            x, y = lon, lat
    packfile.write(path, "map", [("credits", "\n".join(CREDITS).encode() + b"\n"),
                                 ("names", b"".join(name.encode() + b"\0" for name in names)),
                                 ("lines", table), ("lon", lons), ("lat", lats)])
