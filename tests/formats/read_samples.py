"""Reads the sample files of the formats suites in a folder and says what it checked; an assertion fails the suite."""
import json
import pathlib
import re
import sys
from datetime import datetime, timedelta
from xml.etree import ElementTree

folder = pathlib.Path(sys.argv[1])


def refuse(name):
    raise ValueError(f"{name} is not JSON")


def load(name, **options):
    return json.loads((folder / name).read_bytes().decode("utf-8"), parse_constant=refuse, **options)


def digits(text):
    return len(re.sub(r"[eE].*$", "", text).replace("-", "").replace(".", "").strip("0"))


strings = load("strings.json")
for entry in strings:
    assert bytes.fromhex(entry["hex"]).decode("utf-8", "replace") == entry["text"], entry
print(f"  {len(strings)} strings: as Python decodes them")

numbers = load("numbers.json", parse_float=str, parse_int=str)
for entry in numbers:
    value = float.fromhex(entry["hex"])
    assert float(entry["value"]) == value, entry
    assert digits(entry["value"]) <= max(15, digits(repr(value))), entry
print(f"  {len(numbers)} numbers: read back the same, never longer than 15 digits or Python's shortest")


def rings(geometry):
    if geometry["type"] == "Polygon":
        yield from geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon


def positions(tree):
    if isinstance(tree[0], str):
        yield tree
    else:
        for branch in tree:
            yield from positions(branch)


collection = load("sample.geojson")
exact = load("sample.geojson", parse_float=str, parse_int=str)
assert collection["type"] == "FeatureCollection" and collection["name"] == "sample"
assert [f["properties"]["layer"] for f in collection["features"]] == ["paths"] * 2 + ["impact points"] * 2 + ["zones"] * 2
for feature in collection["features"]:
    for ring in rings(feature["geometry"]):
        assert ring[0] == ring[-1] and len(ring) >= 4
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) > 0, "counter-clockwise"
count = 0
for feature in exact["features"]:
    for position in positions(feature["geometry"]["coordinates"]):
        decimals = [len(c.partition(".")[2]) for c in position]
        assert max(decimals[:2]) <= 7 and max(decimals[2:], default=0) <= 1, position
        assert abs(float(position[0])) <= 180 and abs(float(position[1])) <= 90
        count += 1
print(f"  sample.geojson: {len(exact['features'])} features, {count} positions")


packets = load("sample.czml")
assert packets[0]["id"] == "document" and packets[0]["version"] == "1.0"
assert len({p["id"] for p in packets}) == len(packets) == 7
start, stop = (datetime.fromisoformat(t) for t in packets[0]["clock"]["interval"].split("/"))
flights = 0
for packet in packets[1:]:
    kinds = {"position", "polyline", "polygon"} & packet.keys()
    assert kinds, packet
    position = packet.get("position", {})
    if "epoch" in position:
        row = position["cartographicDegrees"]
        assert len(row) % 4 == 0 and row[0::4] == sorted(row[0::4])
        assert start <= datetime.fromisoformat(position["epoch"]) + timedelta(seconds=row[0])
        assert datetime.fromisoformat(position["epoch"]) + timedelta(seconds=round(row[-4], 3)) <= stop
        flights += 1
    for kind in kinds:
        place = packet[kind] if kind == "position" else packet[kind]["positions"]
        row = place["cartographicDegrees"]
        assert len(row) % (4 if "epoch" in place else 3) == 0
    if kinds == {"position"}:
        assert packet["label"]["text"] == packet["name"]
        assert all(0 <= c <= 255 for c in packet["point"]["color"]["rgba"])
assert flights == 1
print(f"  sample.czml: {len(packets)} packets")

KML, GX = "{http://www.opengis.net/kml/2.2}", "{http://www.google.com/kml/ext/2.2}"
for name, tracks in ("sample.kml", 1), ("timeless.kml", 0):
    document = ElementTree.fromstring((folder / name).read_bytes())[0]
    styles = {"#" + style.get("id") for style in document.iter(KML + "Style")}
    marks = list(document.iter(KML + "Placemark"))
    assert len(marks) == 6 and all(mark.find(KML + "styleUrl").text in styles for mark in marks)
    assert marks[0].find(KML + "name").text == 'Ascent <nominal> & "safe"'
    found = list(document.iter(GX + "Track"))
    assert len(found) == tracks
    for track in found:
        whens = [datetime.fromisoformat(when.text) for when in track.iter(KML + "when")]
        assert whens == sorted(whens) and len(whens) == len(list(track.iter(GX + "coord"))) == 6
    print(f"  {name}: {len(marks)} placemarks, {len(styles)} styles")
