"""What `cosmodrome toxics -o DIR` writes: toxics.py DIR SCHEMA. Sums that must close, and a page that shows the figures."""
import json
import pathlib
import sys

folder, schema = pathlib.Path(sys.argv[1]), json.load(open(sys.argv[2], encoding="utf-8"))
case = json.load(open(folder / "summary.json", encoding="utf-8"))
assert case["schema"] == "cosmodrome.toxics/1"
for key in schema["required"]:
    assert key in case, f"{key} is promised and missing"
for key in ("source", "cloud", "receptors", "contours", "deposition", "valuation", "difference"):
    assert key in case, key

worst = 0.0
for soil in case["deposition"]["substances"]:
    ledger = soil["ledger_kg"]
    gained = ledger["released"] + ledger["produced"]
    spent = sum(ledger[k] for k in ("airborne", "dry", "wet", "lost", "converted", "left"))
    worst = max(worst, abs(gained - spent) / max(gained, 1e-9))
    parts = soil["spilled_kg"]["mean"] + soil["dry_kg"]["mean"] + soil["wet_kg"]["mean"]
    assert abs(parts - soil["mass_kg"]["mean"]) <= 1e-9 * max(parts, 1e-9), soil["substance"]
assert worst <= 1e-9, f"the ledger is open by {worst:.1e}"
assert max(case["particle_steps"]["imbalance"]["p95"], worst) <= 1e-9

levels = {(c["substance"], c["set"], c["level"]): c for c in case["contours"]}
for substance in ("UDMH", "NO2"):
    areas = [levels[(substance, "aegl", f"AEGL-{k}")]["area_m2"] for k in (2, 3)]
    assert areas[0] >= areas[1] > 0.0, (substance, areas)
for c in case["contours"] + case["deposition"]["areas"]:
    assert 0.0 <= c["inside_boundary"]["area_m2"]["mean"] <= c["area_m2"] * (1 + 1e-12), c
for r in case["reports"]:
    assert r["within_scatter"] or not r["within"], r["what"]
    if r["quantity"] in ("soil_mass_kg", "concentration_20min_mg_m3"):
        assert r["within_scatter"] == r["within"], r["what"]
total = next(v for v in case["valuation"] if v["rules"] == "kz-2013-claim")
assert total["total"]["mean"] == 7909155 * 1731 and "identity" in total["items"][0]["remark"]

page = (folder / "report.html").read_text(encoding="utf-8")
for words in ("Height of the hot cloud", "For hazard use", "clouds of explosions", "Air above its limits", "leased ground",
              "Baikonur town", "What lies in the soil", "Reported beside computed", "arithmetic identity", "not a reproduction",
              "How far limits are passed", "ranges beyond 800 m", "fits releases from"):
    assert words in page, f"the page does not say '{words}'"
print(f"  ledger closed to {worst:.0e}, {len(case['contours'])} limits in air, "
      f"{sum(r['within'] for r in case['reports'])} of {len(case['reports'])} reports within")
