"""TopoJSON countries as planar rings: arcs decoded, rings that cross the antimeridian cut there."""
import json


def _arcs(topology):
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        arcs.append(points)
    return arcs


def _ring(indices, arcs):
    points = []
    for i in indices:
        arc = arcs[i] if i >= 0 else arcs[~i][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _unwrap(ring):
    """Longitudes made continuous; a ring round a pole is closed along it."""
    points, shift = [ring[0]], 0.0
    for (lon, lat), (before, _) in zip(ring[1:], ring):
        if lon - before > 180.0:
            shift -= 360.0
        elif lon - before < -180.0:
            shift += 360.0
        points.append((lon + shift, lat))
    if shift != 0.0:
        pole = -90.0 if ring[0][1] < 0.0 else 90.0
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    return points


def _clip(ring, limit, keep_below):
    """The part of a closed ring on one side of a meridian (Sutherland and Hodgman 1974)."""
    def inside(point):
        return point[0] <= limit if keep_below else point[0] >= limit
    kept = []
    for a, b in zip(ring, ring[1:]):
        if inside(a) != inside(b):
            t = (limit - a[0]) / (b[0] - a[0])
            cut = (limit, a[1] + t * (b[1] - a[1]))
            kept += [a, cut] if inside(a) else [cut]
        elif inside(a):
            kept.append(a)
    return kept + kept[:1]


def cut(ring):
    """A spherical ring as planar rings within -180..180."""
    ring = _unwrap(ring)
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        low, high = -180.0 + turn, 180.0 + turn
        if east <= low or west >= high:
            continue
        piece = ring
        if west < low:
            piece = _clip(piece, low, False)
        if east > high:
            piece = _clip(piece, high, True)
        pieces.append([(lon - turn, lat) for lon, lat in piece])
    return pieces


def countries(path):
    """(feature, [polygon, ...]) for each country; a polygon is a list of rings, the outer one first."""
    with open(path, encoding="utf-8") as file:
        topology = json.load(file)
    arcs = _arcs(topology)
    for feature in topology["objects"]["countries"]["geometries"]:
        polygons = feature.get("arcs", [])
        if feature.get("type") == "Polygon":
            polygons = [polygons]
        yield feature, [[_ring(indices, arcs) for indices in polygon] for polygon in polygons]
