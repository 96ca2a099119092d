"""Terrain: ETOPO5 heights of the ground, 5 arcminutes, from ferret-datasets."""
import os
import struct

import natural_earth
import numpy
import packfile

CREDITS = [
    "Terrain: ETOPO5, 5-minute gridded elevation data, NOAA National Geophysical Data Center, 1993, public domain; "
    "as packaged in Debian ferret-datasets 7.6.0-5; sea depths set to 0, lake beds filled",
]
ROWS, COLUMNS, PER_DEGREE = 2161, 4320, 12

# Where land or a lake truly lies below the sea: west, south, east, north, lowest height.
DEPRESSIONS = [
    (45.0, 36.0, 57.0, 50.0, -30),       # Caspian (the data have its surface at -30 m)
    (56.0, 41.0, 59.0, 43.0, -40),       # Sarykamysh
    (35.0, 30.5, 36.0, 33.0, -430),      # Dead Sea, Jordan
    (23.0, 28.0, 31.0, 31.0, -133),      # Qattara, Siwa
    (19.0, 29.0, 21.0, 31.0, -47),       # Sabkhat Ghuzayyil
    (5.0, 33.0, 10.0, 35.5, -55),        # Chotts of Algeria and Tunisia
    (39.5, 10.5, 43.0, 15.0, -155),      # Danakil, Lake Assal
    (88.0, 42.0, 91.0, 43.5, -154),      # Turpan
    (-118.0, 32.0, -114.5, 37.5, -121),  # Death Valley, Salton Sea
    (135.0, -31.0, 140.0, -26.0, -30),   # Lake Eyre
    (-69.0, -50.0, -63.0, -42.0, -105),  # Gran Bajo de San Julian, Valdes
]
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8}


class NetCdf:
    """The header of a netCDF classic file. Source: NetCDF Classic Format Specification, Unidata."""

    def __init__(self, data):
        if data[:4] != b"CDF\x01":
            raise ValueError("not a netCDF classic file")
        self.data, self.at = data, 8
        self._list(lambda: (self._name(), self._int()))
        self._attributes()
        self.begins = dict(self._list(self._variable))

    def _int(self):
        self.at += 4
        return struct.unpack_from(">i", self.data, self.at - 4)[0]

    def _name(self):
        length = self._int()
        text = self.data[self.at:self.at + length].decode()
        self.at += (length + 3) // 4 * 4
        return text

    def _list(self, item):
        self._int()
        return [item() for _ in range(self._int())]

    def _attribute(self):
        self._name()
        kind, count = self._int(), self._int()
        self.at += (SIZES[kind] * count + 3) // 4 * 4

    def _attributes(self):
        self._list(self._attribute)

    def _variable(self):
        name = self._name()
        for _ in range(self._int()):
            self._int()
        self._attributes()
        self._int(), self._int()
        return name, self._int()


def relief(path):
    """(rows, columns) of int metres: row 0 at the south pole, column 0 at Greenwich."""
    with open(path, "rb") as file:
        data = file.read()
    grid = numpy.frombuffer(data, ">f4", ROWS * COLUMNS, NetCdf(data).begins["ROSE"]).reshape(ROWS, COLUMNS)
    return numpy.rint(grid).astype(numpy.int32)


def inside(rings):
    """Nodes inside an odd number of rings (1e-4 degree), by crossings of each row."""
    crossings = [[] for _ in range(ROWS)]
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            low, high = min(ay, by), max(ay, by)
            for row in range(-(-(low + 900000) * PER_DEGREE // 10000), (high + 900000) * PER_DEGREE // 10000 + 1):
                y = row * 10000 / PER_DEGREE - 900000
                if (ay > y) != (by > y):
                    crossings[row].append(ax + (y - ay) * (bx - ax) / (by - ay))
    mask = numpy.zeros((ROWS, COLUMNS), bool)
    node = numpy.arange(COLUMNS) * (10000 / PER_DEGREE)
    node = numpy.where(node >= 1800000, node - 3600000, node)
    for row, found in enumerate(crossings):
        mask[row] = numpy.searchsorted(numpy.sort(found), node, side="right") % 2 == 1
    return mask


def _around(row, column):
    for r in range(max(row - 1, 0), min(row + 2, ROWS)):
        for c in ((column - 1) % COLUMNS, column, (column + 1) % COLUMNS):
            yield r, c


def sea(heights, magics):
    """Nodes of the sea: outside the land, and what lies below 0 and hangs together with that (coast lines of the two
    sources differ)."""
    outers, holes = natural_earth.land_rings(os.path.join(magics, "usr/share/magics/10m/ne_10m_land"))
    ocean = ~(inside(outers + holes) | inside(holes))
    ocean[0] = False  # the south pole is the edge of Antarctica's ring
    below = heights < 0
    edge = list(zip(*numpy.nonzero(ocean & below)))
    while edge:
        for node in _around(*edge.pop()):
            if below[node] and not ocean[node]:
                ocean[node] = True
                edge.append(node)
    return ocean


def _depression_floor(row, column):
    """The lowest height of the depression a node lies in, or None."""
    lat, lon = row / PER_DEGREE - 90, (column / PER_DEGREE + 180) % 360 - 180
    return next((floor for w, s, e, n, floor in DEPRESSIONS if w <= lon <= e and s <= lat <= n), None)


def fill_lake_beds(heights):
    """Inland nodes below sea level that lie in no known depression are lake beds (Great Slave Lake, the Great Lakes) or
    errors: filled up to the lowest height on the rim."""
    seen = numpy.zeros(heights.shape, bool)
    for start in zip(*numpy.nonzero(heights < 0)):
        floor = _depression_floor(*start)
        if floor is not None:
            heights[start] = max(heights[start], floor)
        if seen[start] or floor is not None:
            continue
        seen[start] = True
        bed, rim, edge = [start], [], [start]
        while edge:
            for node in _around(*edge.pop()):
                if heights[node] >= 0:
                    rim.append(heights[node])
                elif not seen[node]:
                    seen[node] = True
                    bed.append(node)
                    edge.append(node)
        level = min(rim)
        for node in bed:
            heights[node] = level


def ground(ferret, magics):
    """Heights of the ground or of the water's surface, int metres."""
    heights = relief(os.path.join(ferret, "usr/share/ferret-vis/data/etopo5.cdf"))
    heights = numpy.where(sea(heights, magics), numpy.maximum(heights, 0), heights)
    fill_lake_beds(heights)
    return heights


def write(path, ferret, magics):
    heights = ground(ferret, magics)
    up = numpy.zeros_like(heights)
    up[1:] = heights[:-1]
    slope = heights - up
    residual = slope.copy()
    residual[:, 1:] -= slope[:, :-1]
    folded = ((residual << 1) ^ (residual >> 31)).astype(numpy.uint16)
    planes = numpy.stack([folded & 255, folded >> 8], axis=1).astype(numpy.uint8)
    shape = bytearray()
    packfile.varint(ROWS, shape)
    packfile.varint(COLUMNS, shape)
    packfile.write(path, "terrain", [("credits", "\n".join(CREDITS).encode() + b"\n"), ("shape", shape),
                                     ("height", planes.tobytes())])
