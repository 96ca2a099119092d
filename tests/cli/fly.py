"""What a flown case's folder promises: fly.py FOLDER SCHEMA MISSION. Prints what it checked; exits 1 on the first breach."""
import csv
import datetime
import hashlib
import json
import math
import pathlib
import sys

import described

folder, schema_file, mission = map(pathlib.Path, sys.argv[1:])
checked = 0


def hold(condition, text):
    global checked
    checked += 1
    if not condition:
        sys.exit(f"{folder}: {text}")


CONTRACT = {"schema", "version", "inputs", "assumptions", "site", "vehicle", "liftoff_utc", "feasible", "shortfall_kg", "shortfall_m_s",
            "payload_max_kg", "events", "insertion", "impacts"}
EVENT = {"name", "t_s", "altitude_m", "speed_ground_m_s", "speed_inertial_m_s", "flight_path_angle_deg", "downrange_m", "lat_deg", "lon_deg",
         "mass_kg", "dynamic_pressure_pa", "mach"}
INSERTION = {"t_s", "perigee_altitude_m", "apogee_altitude_m", "inclination_deg", "raan_deg", "propellant_left_kg"}
IMPACT = {"body", "count", "t_s", "lat_deg", "lon_deg", "downrange_m", "speed_m_s", "mass_kg", "zone", "zone_basis", "inside_zone"}

summary = json.loads((folder / "summary.json").read_text())
described.validate(summary, json.loads(schema_file.read_text()), "summary", hold)
hold(CONTRACT <= summary.keys(), f"summary lacks {CONTRACT - summary.keys()}")
for event in summary["events"]:
    hold(EVENT <= event.keys(), f"event lacks {EVENT - event.keys()}")
for impact in summary["impacts"]:
    hold(IMPACT <= impact.keys(), f"impact lacks {IMPACT - impact.keys()}")
    hold(impact["inside_zone"] is None or impact["zone_basis"] == "published", "a zone with an estimated centre was judged")
if summary["insertion"] is not None:
    hold(INSERTION <= summary["insertion"].keys(), f"insertion lacks {INSERTION - summary['insertion'].keys()}")
hold(summary["inputs"][0]["sha256"] == hashlib.sha256(mission.read_bytes()).hexdigest(), "the mission's sha256 is another")
hold(summary["assumptions"], "no assumptions")

names = [event["name"] for event in summary["events"]]
times = [event["t_s"] for event in summary["events"]]
hold(names[0] == "liftoff" and times[0] == 0, f"the first event is {names[0]}")
hold("max-q" in names, "no max-q")
hold(times == sorted(times), "events out of order")

with open(folder / "trajectory.csv", newline="") as stream:
    rows = list(csv.DictReader(stream))
heads = list(rows[0])
hold(heads[:8] == ["t_s", "lat_deg", "lon_deg", "altitude_m", "speed_ground_m_s", "speed_inertial_m_s", "iip_lat_deg", "iip_lon_deg"], f"{heads}")
at = [float(row["t_s"]) for row in rows]
hold(all(b >= a for a, b in zip(at, at[1:])), "rows out of order")
last = next((e["t_s"] for e in summary["events"] if e["name"] == "insertion"), at[-1])
hold(max(b - a for a, b in zip(at, at[1:]) if b <= last) <= 1.02, "rows more than 1 s apart")
for event in summary["events"]:
    row = min(rows, key=lambda r: abs(float(r["t_s"]) - event["t_s"]))
    moved = abs(float(row["t_s"]) - event["t_s"]) * 9000 + 1
    hold(abs(float(row["altitude_m"]) - event["altitude_m"]) < moved, f"{event['name']}: the row beside it is elsewhere")
powered = [r for r in rows if float(r["t_s"]) < last - 5]
hold(sum(r["iip_lat_deg"] != "" for r in powered) > 0.9 * len(powered), "the impact point is missing in many rows")

lines = (folder / "trajectory.oem").read_text().splitlines()
data = [line.split() for line in lines if line[:2] == "20" and line.count(" ") == 6]
stamps = [datetime.datetime.fromisoformat(words[0]) for words in data]
hold(all(b > a for a, b in zip(stamps, stamps[1:])), "epochs out of order")
if summary["liftoff_utc"]:
    hold(stamps[0].isoformat() == summary["liftoff_utc"].rstrip("Z"), "the ephemeris does not begin at liftoff")
x, y, z, vx, vy, vz = (1e3 * float(word) for word in data[len(data) // 2][1:])
seconds = (stamps[len(data) // 2] - stamps[0]).total_seconds()
row = min(rows, key=lambda r: abs(float(r["t_s"]) - seconds))
a, e2 = 6378137.0, 1 - (1 - 1 / 298.257223563) ** 2
lat, lon, height = math.radians(float(row["lat_deg"])), math.radians(float(row["lon_deg"])), float(row["altitude_m"])
n = a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
off = math.dist((x, y, z), ((n + height) * math.cos(lat) * math.cos(lon), (n + height) * math.cos(lat) * math.sin(lon),
                            (n * (1 - e2) + height) * math.sin(lat)))
hold(off < 1.0, f"ephemeris and table are {off} m apart")
hold(abs(math.hypot(vx, vy, vz) - float(row["speed_ground_m_s"])) < 0.1, "ephemeris and table differ in speed")

impacts = json.loads((folder / "impacts.geojson").read_text())
hold(len(impacts["features"]) == len(summary["impacts"]), "impacts.geojson has another number of impacts")
for name in ("case.gpkg", "case.kml", "case.czml", "report.html"):
    hold((folder / name).stat().st_size > 1000, f"{name} is nearly empty")
json.loads((folder / "case.czml").read_text())
hold("</html>" in (folder / "report.html").read_text(), "report.html does not end")
print(f"  {mission.name}: {checked} promises kept, ephemeris and table agree to {off:.2g} m")
