"""ESRI shapefiles (polylines and polygons, through the .shx index) and their dBASE tables.
Source: ESRI Shapefile Technical Description, 1998."""
import struct


def shapes(path):
    """A list of features; each is a list of parts; each part is a list of (lon, lat)."""
    with open(path + ".shp", "rb") as file:
        body = file.read()
    with open(path + ".shx", "rb") as file:
        index = file.read()
    features = []
    for i in range((len(index) - 100) // 8):
        at = struct.unpack_from(">i", index, 100 + 8 * i)[0] * 2 + 8
        parts = []
        if struct.unpack_from("<i", body, at)[0] in (3, 5):
            n_parts, n_points = struct.unpack_from("<ii", body, at + 36)
            starts = list(struct.unpack_from(f"<{n_parts}i", body, at + 44)) + [n_points]
            xy = struct.unpack_from(f"<{2 * n_points}d", body, at + 44 + 4 * n_parts)
            points = list(zip(xy[0::2], xy[1::2]))
            parts = [points[a:b] for a, b in zip(starts, starts[1:])]
        features.append(parts)
    return features


def _text(raw):
    """The 1:10M tables are Latin-1, the others UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def rows(path):
    """The dBASE table as dictionaries of stripped text, keys in lower case."""
    with open(path + ".dbf", "rb") as file:
        body = file.read()
    count, header, width = struct.unpack_from("<IHH", body, 4)
    fields, at = [], 32
    while body[at] != 13:
        fields.append((body[at:at + 11].split(b"\0")[0].decode().lower(), body[at + 16]))
        at += 32
    table = []
    for i in range(count):
        at, row = header + i * width + 1, {}
        for name, size in fields:
            row[name] = _text(body[at:at + size].strip(b" \0"))
            at += size
        table.append(row)
    return table
