// The map's conformal projections, as src/report/projection.c has them (Snyder 1987), on WGS-84.

const DEG = Math.PI / 180;
const F = 1 / 298.257223563;
const E = Math.sqrt(F * (2 - F));

const ratio = (phi) => Math.pow((1 - E * Math.sin(phi)) / (1 + E * Math.sin(phi)), E / 2);
const small = (phi) => Math.tan(Math.PI / 4 - phi / 2) / ratio(phi);

function latitude(t) {
  let phi = Math.PI / 2 - 2 * Math.atan(t);
  for (let i = 0; i < 6; i++) phi = Math.PI / 2 - 2 * Math.atan(t * ratio(phi));
  return phi;
}

/** Degrees to [x, y] in Earth radii; null where there is no image. */
export function forward(p, lon, lat) {
  const turn = 360 * Math.floor((lon - p.lon0 + 180) / 360);
  const lambda = (lon - turn - p.lon0) * DEG;
  const phi = lat * DEG;
  if (p.kind === 'mercator') return [p.factor * lambda, -p.factor * Math.log(small(phi))];
  if (p.kind === 'conic') {
    const rho = p.factor * Math.pow(small(phi), p.n);
    return [rho * Math.sin(p.n * lambda), p.rho0 - rho * Math.cos(p.n * lambda)];
  }
  const chi = Math.PI / 2 - 2 * Math.atan(small(phi));
  const down = 1 + p.sin * Math.sin(chi) + p.cos * Math.cos(chi) * Math.cos(lambda);
  if (down < 1e-6) return null;
  const k = p.factor / down;
  return [
    k * Math.cos(chi) * Math.sin(lambda),
    k * (p.cos * Math.sin(chi) - p.sin * Math.cos(chi) * Math.cos(lambda)),
  ];
}

/** Back to [lon, lat] in degrees. */
export function inverse(p, x, y) {
  let lambda;
  let phi;
  if (p.kind === 'mercator') {
    lambda = x / p.factor;
    phi = latitude(Math.exp(-y / p.factor));
  } else if (p.kind === 'conic') {
    const sign = Math.sign(p.n);
    const rho = Math.hypot(x, p.rho0 - y);
    lambda = Math.atan2(sign * x, sign * (p.rho0 - y)) / p.n;
    phi = latitude(Math.pow((sign * rho) / p.factor, 1 / p.n));
  } else {
    const rho = Math.hypot(x, y) || 1e-12;
    const c = 2 * Math.atan(rho / p.factor);
    const chi = Math.asin(Math.min(1, Math.max(-1, Math.cos(c) * p.sin + (y * Math.sin(c) * p.cos) / rho)));
    lambda = Math.atan2(x * Math.sin(c), rho * p.cos * Math.cos(c) - y * p.sin * Math.sin(c));
    phi = latitude(Math.tan(Math.PI / 4 - chi / 2));
  }
  const lon = p.lon0 + lambda / DEG;
  return [lon - 360 * Math.floor((lon + 180) / 360), phi / DEG];
}
