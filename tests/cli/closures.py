"""What closures.json promises: closures.py FOLDER SCHEMA. Times of the law about the liftoff, polygons that hold what they close,
every other pad of the site, settlements inside the areas."""
import datetime
import json
import math
import pathlib
import sys

import described

folder, schema = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
case = json.loads((folder / "closures.json").read_text())


def hold(condition, text):
    if not condition:
        sys.exit(f"closures.json: {text}")


def inside(ring, lon, lat):
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if (ay > lat) != (by > lat) and lon < (ax - bx) * (lat - by) / (ay - by) + bx:
            odd = not odd
    return odd


def utc(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


described.validate(case, json.loads(schema.read_text()), "closures", hold)
liftoff = utc(case["liftoff_utc"]) if case["liftoff_utc"] else None


def window(item, what):
    hold(item["t_from_s"] == -1800 and item["last_impact_t_s"] + 1800 <= item["t_to_s"] < item["last_impact_t_s"] + 1801, f"{what}: its times")
    if liftoff is None:
        hold(item["from_utc"] is None and item["to_utc"] is None, f"{what}: a date out of nowhere")
        return
    for key, t in (("from_utc", item["t_from_s"]), ("to_utc", item["t_to_s"])):
        hold(abs((utc(item[key]) - liftoff).total_seconds() - t) <= 0.5, f"{what}: {key}")


# areas: all that hazard-areas.geojson closes, and where every planned body falls
areas = {area["id"]: area for area in case["areas"]}
hold(len(areas) == len(case["areas"]), "an id is there twice")
kinds = {"cleared circle", "drop zone", "declared drop zone", "individual risk area", "ship hazard area", "aircraft hazard area"}
for name, area in areas.items():
    ring = area["polygon"]
    hold(ring[0] == ring[-1] and len(ring) >= 20 and all(round(x, 4) == x for point in ring for x in point), f"{name}: its ring")
    turn = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:]))
    hold(turn > 0, f"{name} runs clockwise")
    hold(area["kind"] in kinds and area["closed_to"] and area["rule"], f"{name}: {area['kind']}")
    hold((area["altitude_band"] == "surface to unlimited") == ("aircraft" in area["closed_to"]), f"{name}: its heights")
    window(area, name)
    hold(area["level"] is None or area["largest_probability"] >= area["level"], f"{name}: its level")
features = json.loads((folder / "hazard-areas.geojson").read_text())["features"]
closed = {f["properties"]["id"]: f["geometry"] for f in features if f["properties"]["layer"] in ("individual-1e-6", "ship-1e-5", "aircraft-1e-6")}
hold(closed and set(closed) == {name for name, area in areas.items() if area["level"] is not None}, "areas of hazard-areas.geojson are missing")
for name, shape in closed.items():
    hold(shape["type"] != "Polygon" or shape["coordinates"][0] == areas[name]["polygon"], f"{name}: two shapes")
summary = json.loads((folder / "summary.json").read_text())
impacts = {z["body"]: z for z in summary["zones"] if z["containment"] == 0.97}
for body, zone in impacts.items():
    hold(inside(areas[f"drop-{body}"]["polygon"], zone["center_lon_deg"], zone["center_lat_deg"]), f"the zone of {body} is elsewhere")
    hold(set(areas[f"drop-{body}"]["closed_to"]) == {"people", "ships", "aircraft"}, f"the zone of {body} is open")

# nothing is over before the pieces that are known to fall late are down: what is farther off is closed longer
drops = [areas[f"drop-{body}"] for body in ("strap-on", "core")]
hold(300 < drops[0]["last_impact_t_s"] < drops[1]["last_impact_t_s"] < 7200, "the last impacts are out of order")

# pads
pads = {pad["id"]: pad for pad in case["pads"]}
hold(case["pad"] not in pads and {"1/5", "45/1", "200/39", "109/95"} <= set(pads), f"pads are {set(pads)}")
radius = case["explosion_on_pad"]["radius_1psi_m"]
hold(300 < radius < 2000, f"1 psi reaches {radius} m")
for name, pad in pads.items():
    hold(math.isclose(pad["distance_m"], 9.04e3, rel_tol=2e-3) if name == "45/1" else pad["distance_m"] > 0, f"{name} is {pad['distance_m']} m off")
    hold((pad["distance_m"] <= radius) == (pad["overpressure_pa"] >= 6894), f"{name}: overpressure {pad['overpressure_pa']} Pa")
    hold(pad["clear"] == (pad["rule"] is not None) == (pad["t_to_s"] is not None), f"{name}: cleared by no rule")
    hold(pad["clear"] or (pad["individual_probability"] < 1e-5 and pad["distance_m"] > radius), f"{name} must be cleared")
    if pad["clear"]:
        window(pad, name)
for place in case["settlements"]:
    hold(inside(areas[place["area"]]["polygon"], place["lon_deg"], place["lat_deg"]), f"{place['name']} is not in {place['area']}")
    hold(place["above_limit"] == (place["individual_probability"] >= 1e-6), place["name"])
    window(place, place["name"])
print(f"  closures.json: {len(areas)} areas, {len(pads)} pads ({sum(pad['clear'] for pad in pads.values())} to be cleared), "
      f"{len(case['settlements'])} settlements; all open again {max(a['t_to_s'] for a in areas.values()):.0f} s after liftoff")
