// The globe: turned by dragging or with the arrow keys; markers follow the clock.

import { add, set } from './svg.js';
import { moving, placeAt } from './sample.js';

const DEG = Math.PI / 180;

/** Rings of [lon, lat] in degrees out of differences in tenths. */
function unpack(ring) {
  const places = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length; i += 2) {
    x += ring[i];
    y += ring[i + 1];
    places.push([x / 10, y / 10]);
  }
  return places;
}

function holds(ring, lon, lat) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

class Globe {
  constructor(svg, data) {
    this.lon = data.globe.lon;
    this.lat = data.globe.lat;
    this.half = data.globe.half;
    this.radius = data.globe.radius;
    this.rings = data.globe.land.map(unpack);
    this.lines = data.lines;
    this.landPath = svg.querySelector('.land');
    this.graticulePath = svg.querySelector('.graticule');
    this.shapes = svg.querySelector('.shapes');
    this.bases = svg.querySelectorAll('.base');
    this.linePaths = [...this.shapes.querySelectorAll('.line')];
  }

  /** Orthographic; a hidden place is pushed out to the limb, as src/report/globe.c does. */
  point(lon, lat) {
    const l = (lon - this.lon) * DEG;
    const sp = Math.sin(lat * DEG);
    const cp = Math.cos(lat * DEG);
    const s0 = Math.sin(this.lat * DEG);
    const c0 = Math.cos(this.lat * DEG);
    let x = cp * Math.sin(l);
    let y = sp * c0 - cp * s0 * Math.cos(l);
    const seen = sp * s0 + cp * c0 * Math.cos(l) >= 0;
    if (!seen) {
      const length = Math.hypot(x, y) + 1e-12;
      x /= length;
      y /= length;
    }
    return [this.half + this.radius * x, this.half - this.radius * y, seen];
  }

  land() {
    const farLon = this.lon > 0 ? this.lon - 180 : this.lon + 180;
    const { half, radius } = this;
    const arc = `a${radius} ${radius} 0 1 0`;
    const limb = `M${half - radius} ${half}${arc} ${2 * radius} 0${arc} ${-2 * radius} 0z`;
    let path = '';
    for (const ring of this.rings) {
      const points = ring.map(([lon, lat]) => this.point(lon, lat));
      const around = holds(ring, farLon, -this.lat);
      if (!around && !points.some((p) => p[2])) continue;
      path += `M${points.map((p) => `${p[0].toFixed(1)} ${p[1].toFixed(1)}`).join('L')}z`;
      if (around) path += limb;
    }
    return path;
  }

  line(places) {
    let path = '';
    let open = false;
    for (const [lon, lat] of places) {
      const [x, y, seen] = lat === null || lon === null ? [0, 0, false] : this.point(lon, lat);
      if (seen) path += `${open ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      open = seen;
    }
    return path;
  }

  graticule() {
    let path = '';
    for (let lon = -180; lon < 180; lon += 30)
      path += this.line(Array.from({ length: 61 }, (_, i) => [lon, -90 + 3 * i]));
    for (let lat = -60; lat <= 60; lat += 30)
      path += this.line(Array.from({ length: 91 }, (_, i) => [-180 + 4 * i, lat]));
    return path;
  }

  draw() {
    set(this.landPath, { d: this.land() });
    set(this.graticulePath, { d: this.graticule() });
    this.linePaths.forEach((path, i) => {
      const line = this.lines[i];
      if (line) set(path, { d: this.line(line.lon.map((lon, k) => [lon, line.lat[k]])) });
    });
    for (const base of this.bases) {
      const [x, y, seen] = this.point(Number(base.dataset.lon), Number(base.dataset.lat));
      set(base, { cx: x.toFixed(1), cy: y.toFixed(1), visibility: seen ? 'visible' : 'hidden' });
    }
  }

  turn(dx, dy) {
    this.lon -= dx;
    this.lon -= 360 * Math.floor((this.lon + 180) / 360);
    this.lat = Math.min(90, Math.max(-90, this.lat + dy));
    this.draw();
  }
}

export function setupGlobe(data, clock) {
  const svg = document.querySelector('svg.globe');
  if (!svg || !data.globe) return;
  const globe = new Globe(svg, data);
  const live = svg.querySelector('.live');
  const movers = moving(data);
  const markers = movers.map((line) => add(live, 'circle', { class: `marker k${line.k}`, r: 4 }));
  const follow = () => {
    movers.forEach((line, i) => {
      const place = clock && placeAt(line, clock.t);
      const at = place && globe.point(place.lon, place.lat);
      set(markers[i], { visibility: at && at[2] ? 'visible' : 'hidden' });
      if (at) set(markers[i], { cx: at[0].toFixed(1), cy: at[1].toFixed(1) });
    });
  };
  if (clock) clock.watch(follow);
  const turn = (dx, dy) => {
    globe.turn(dx, dy);
    follow();
  };
  let last = null;
  set(svg, { tabindex: 0, 'aria-label': 'Globe; drag or use the arrow keys to turn it' });
  svg.addEventListener('pointerdown', (event) => {
    last = [event.clientX, event.clientY];
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (!last) return;
    const degrees = (svg.viewBox.baseVal.width / svg.getBoundingClientRect().width) * (57.3 / globe.radius);
    turn((event.clientX - last[0]) * degrees, (event.clientY - last[1]) * degrees);
    last = [event.clientX, event.clientY];
  });
  for (const end of ['pointerup', 'pointercancel'])
    svg.addEventListener(end, () => {
      last = null;
    });
  svg.addEventListener('keydown', (event) => {
    const way = { ArrowLeft: [10, 0], ArrowRight: [-10, 0], ArrowUp: [0, 10], ArrowDown: [0, -10] }[event.key];
    if (!way) return;
    turn(...way);
    event.preventDefault();
    event.stopPropagation();
  });
}
