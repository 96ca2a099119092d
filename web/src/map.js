// The map: markers that follow the clock, coordinates under the pointer, copied by a click.

import { add, set, pointIn } from './svg.js';
import { forward, inverse } from './projection.js';
import { moving, placeAt } from './sample.js';
import { copy } from './copy.js';

function setupOne(svg, data, clock, lines) {
  const view = data.map[svg.dataset.view];
  const [scale, x0, y0, left, top, right, bottom] = view;
  const live = svg.querySelector('.live');
  const project = (lon, lat) => {
    const at = forward(data.map, lon, lat);
    return at && [x0 + scale * at[0], y0 - scale * at[1]];
  };
  const inside = (at) => at && at[0] > left && at[0] < right && at[1] > top && at[1] < bottom;
  const markers = lines.map((line) =>
    add(live, 'circle', { class: `marker k${line.k} l${line.layer}`, r: line.role === 'track' ? 5.5 : 4.5 }),
  );
  if (clock) {
    clock.watch(() => {
      lines.forEach((line, i) => {
        const place = placeAt(line, clock.t);
        const at = place && project(place.lon, place.lat);
        set(markers[i], { visibility: inside(at) ? 'visible' : 'hidden' });
        if (inside(at)) set(markers[i], { cx: at[0].toFixed(1), cy: at[1].toFixed(1) });
      });
    });
  }
  // the nearest sample of a track under the pointer sets the clock
  const track = lines.find((line) => line.role === 'track') || lines[0];
  const drawn = track ? track.t.map((_, i) => project(track.lon[i], track.lat[i])) : [];
  const readout = svg.parentNode.querySelector('.pointer');
  const degrees = (at) => inverse(data.map, (at[0] - x0) / scale, (y0 - at[1]) / scale);
  svg.addEventListener('pointermove', (event) => {
    const at = pointIn(svg, event);
    if (!inside(at)) return;
    const [lon, lat] = degrees(at);
    readout.textContent = `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
    if (event.pointerType === 'touch' || !clock) return;
    let best = 12;
    let nearest = -1;
    drawn.forEach((p, i) => {
      const distance = p ? Math.hypot(p[0] - at[0], p[1] - at[1]) : Infinity;
      if (distance < best) {
        best = distance;
        nearest = i;
      }
    });
    if (nearest >= 0) clock.jump(track.t[nearest]);
  });
  svg.addEventListener('pointerleave', () => {
    readout.textContent = '';
  });
  svg.addEventListener('click', (event) => {
    const at = pointIn(svg, event);
    if (!inside(at)) return;
    const [lon, lat] = degrees(at);
    copy(`${lat.toFixed(5)}, ${lon.toFixed(5)}`);
  });
}

export function setupMaps(data, clock) {
  const maps = document.querySelectorAll('svg.map');
  if (!data.map || maps.length === 0) return;
  const heading = maps[0].parentNode.querySelector('h2');
  const readout = document.createElement('span');
  readout.className = 'pointer';
  heading.append(readout);
  const lines = moving(data);
  for (const svg of maps) setupOne(svg, data, clock, lines);
}
