// Reading sampled values between their samples.

/** Index i with ts[i] <= t < ts[i + 1]; -1 outside. */
export function segment(ts, t) {
  if (!(t >= ts[0]) || !(t <= ts[ts.length - 1])) return -1;
  let low = 0;
  let high = ts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ts[middle] <= t) low = middle;
    else high = middle;
  }
  return low;
}

/** Linear interpolation; null outside, and beside a missing value. */
export function valueAt(ts, vs, t) {
  const i = segment(ts, t);
  if (i < 0) return null;
  if (i + 1 >= ts.length) return vs[i];
  if (vs[i] === null || vs[i + 1] === null) return null;
  const span = ts[i + 1] - ts[i];
  return span > 0 ? vs[i] + ((vs[i + 1] - vs[i]) * (t - ts[i])) / span : vs[i];
}

/** Place on a line at t, continuous across +-180 degrees. */
export function placeAt(line, t) {
  const i = segment(line.t, t);
  if (i < 0) return null;
  const j = Math.min(i + 1, line.t.length - 1);
  const span = line.t[j] - line.t[i];
  const part = span > 0 ? (t - line.t[i]) / span : 0;
  const turn = 360 * Math.floor((line.lon[j] - line.lon[i] + 180) / 360);
  const lon = line.lon[i] + part * (line.lon[j] - turn - line.lon[i]);
  return {
    lon: lon - 360 * Math.floor((lon + 180) / 360),
    lat: line.lat[i] + part * (line.lat[j] - line.lat[i]),
    alt: line.alt ? line.alt[i] + part * (line.alt[j] - line.alt[i]) : null,
  };
}

/** The decimals that show a curve to about four digits of its largest value. */
export function decimalsOf(values) {
  let most = 0;
  for (const value of values) if (value !== null) most = Math.max(most, Math.abs(value));
  return most >= 1000 || most === 0 ? 0 : Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(most))));
}

/** A number with thousands apart, or with two digits where `decimals` is null; a dash for none. */
export function figure(value, decimals) {
  if (value === null || !Number.isFinite(value)) return '\u2013';
  if (decimals === null) return value === 0 ? '0' : value.toPrecision(2);
  const size = Math.abs(value);
  if (size >= 1e9) return value.toExponential(3);
  const [whole, part] = size.toFixed(decimals).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + (part ? `.${part}` : '');
  return (value < 0 && Number(size.toFixed(decimals)) !== 0 ? '\u2212' : '') + text;
}

/** The lines that have times, the track last so that its marker is on top. */
export function moving(data) {
  const lines = (data.lines || []).filter((line) => line.t);
  return [...lines.filter((line) => line.role !== 'track'), ...lines.filter((line) => line.role === 'track')];
}
