"""What dispersion.oem promises, read by hand: dispersion.py FILE FLIGHTS. CCSDS 502.0-B-2: a matrix of covariance every second within
the times of the ephemeris, symmetric by its form, positive semidefinite, zero on the pad, growing along the way."""
import datetime
import math
import sys

lines = open(sys.argv[1]).read().splitlines()
flights = sys.argv[2]
assert lines[0] == "CCSDS_OEM_VERS = 2.0"
assert all(len(line) <= 254 for line in lines)
keys = dict(line.split(" = ", 1) for line in lines if " = " in line)
assert keys["CENTER_NAME"] == "EARTH" and keys["REF_FRAME"] == keys["COV_REF_FRAME"] == "ITRF2000" and keys["TIME_SYSTEM"] == "UTC"
assert f"from {flights} dispersed flights" in " ".join(lines)
start, stop = (datetime.datetime.fromisoformat(keys[k]) for k in ("START_TIME", "STOP_TIME"))
begin, end = lines.index("COVARIANCE_START"), lines.index("COVARIANCE_STOP")
states = [line.split() for line in lines[lines.index("META_STOP") + 1:begin] if line]
times = [(datetime.datetime.fromisoformat(s[0]) - start).total_seconds() for s in states]
assert times[0] == 0 and all(b > a and b - a <= 1.0 for a, b in zip(times, times[1:]))
assert abs((stop - start).total_seconds() - times[-1]) < 1e-6 and all(len(s) == 7 for s in states)


def positive(lower, slack):
    """Cholesky's method on the correlations, with a little more on the diagonal than is there."""
    n = len(lower)
    size = [math.sqrt(lower[i][i]) for i in range(n)]
    if not any(size):
        return True
    a = [[lower[i][j] / (size[i] * size[j]) + (slack if i == j else 0.0) for j in range(i + 1)] for i in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = a[i][j] - sum(a[i][k] * a[j][k] for k in range(j))
            if i == j and rest <= 0.0:
                return False
            a[i][j] = math.sqrt(rest) if i == j else rest / a[j][j]
    return True


block, spread = lines[begin + 1:end], {}
assert end == len(lines) - 1 and len(block) % 8 == 0
for i in range(0, len(block), 8):
    assert block[i].startswith("EPOCH = ") and block[i + 1] == "COV_REF_FRAME = ITRF2000"
    lower = [list(map(float, row.split())) for row in block[i + 2:i + 8]]
    assert [len(row) for row in lower] == [1, 2, 3, 4, 5, 6]
    t = (datetime.datetime.fromisoformat(block[i][8:]) - start).total_seconds()
    assert t == i // 8 and t in times, "an epoch of its own"
    assert positive(lower, 1e-9), f"the matrix at T+{t:.0f} s has a negative eigenvalue"
    spread[t] = math.sqrt(lower[0][0] + lower[1][1] + lower[2][2]), math.sqrt(lower[3][3] + lower[4][4] + lower[5][5])
assert len(spread) == math.floor(times[-1]) + 1 > 500
assert spread[0] == (0.0, 0.0), "on the pad"
assert 0.5e-3 < spread[10][0] < 50e-3 and 0.1 < spread[100][0] < 3 < spread[500][0] < 100, "km at T+10, 100 and 500 s"
assert all(spread[t + 10][0] > spread[t][0] for t in range(0, int(times[-1]) - 10, 10)), "it does not grow"
assert all(0 < v < 0.3 for t, (_, v) in spread.items() if t > 0), "km/s"
print(f"  dispersion.oem: {len(states)} states, {len(spread)} matrices; one sigma of position {1e3 * spread[100][0]:.0f} m at T+100 s, "
      f"{1e3 * spread[max(spread)][0]:.0f} m at the end")
