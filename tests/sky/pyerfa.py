"""Reads the lines of test_sky_frames --print and computes each figure again with pyerfa."""
import sys

import erfa
import numpy as np

ARCSEC = np.pi / 648000
DUT1, XP, YP = -0.4399619, -0.140682 * ARCSEC, 0.333309 * ARCSEC


def again(text):
    day, clock = text.rstrip("Z").split("T")
    year, month, date = map(int, day.split("-"))
    hour, minute, second = clock.split(":")
    utc = erfa.dtf2d("UTC", year, month, date, int(hour), int(minute), float(second))
    tt = erfa.taitt(*erfa.utctai(*utc))
    ut1 = erfa.utcut1(*utc, DUT1)
    # by the equinox-free parts: CIP coordinates, Earth rotation angle, polar motion with the TIO locator
    x, y, s = erfa.xys06a(*tt)
    polar = erfa.pom00(XP, YP, erfa.sp00(*tt))
    gcrs_to_itrs = polar @ erfa.rz(erfa.era00(*ut1), erfa.c2ixys(x, y, s))
    gmst = erfa.gmst82(*ut1)
    teme_to_itrs = erfa.pom00(XP, YP, 0.0) @ erfa.rz(gmst, np.eye(3))
    earth, _ = erfa.epv00(*tt)
    sun = -gcrs_to_itrs @ earth["p"]
    return [tt[0] - 2400000.5 + tt[1], ut1[0] - 2400000.5 + ut1[1], gmst, *gcrs_to_itrs.ravel(), *teme_to_itrs.ravel(),
            *(sun / np.linalg.norm(sun))]


lines, worst_days, worst = 0, 0.0, 0.0
for line in sys.stdin:
    text, *here = line.split()
    off = np.abs(np.array([float(v) for v in here]) - np.array(again(text)))
    worst_days, worst, lines = max(worst_days, off[:2].max()), max(worst, off[2:].max()), lines + 1
print(f"  {lines} moments; worst difference {worst_days:.2g} days, {worst:.2g} in angles and matrices (bounds 1e-11, 1e-12)")
sys.exit(0 if lines == 6 and worst_days <= 1e-11 and worst <= 1e-12 else 1)
