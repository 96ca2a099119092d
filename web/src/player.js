// The bar at the foot of the page: play, speed, slider, read-out. Built here, so that a page without scripts has none.

import { placeAt, valueAt, figure } from './sample.js';

function button(parent, text, label, act) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.setAttribute('aria-label', label);
  element.title = label;
  element.addEventListener('click', act);
  parent.append(element);
  return element;
}

function utc(epoch, t) {
  const at = epoch ? Date.parse(epoch) : NaN;
  return Number.isFinite(at) ? new Date(at + 1000 * t).toISOString().slice(11, 19) + ' UTC' : '';
}

export function elapsed(t, clock) {
  const sign = t < 0 ? 'T\u2212' : 'T+';
  const size = Math.abs(t);
  const byMinutes = clock.stops.length > 0 && clock.to <= 36000;
  if (byMinutes) return `${sign}${(size / 60).toFixed(1)} min`;
  return size < 10000 ? `${sign}${size.toFixed(1)} s` : `${sign}${(size / 3600).toFixed(2)} h`;
}

const degrees = ({ lat, lon }) =>
  `${Math.abs(lat).toFixed(3)}\u00b0${lat < 0 ? 'S' : 'N'} ${Math.abs(lon).toFixed(3)}\u00b0${lon < 0 ? 'W' : 'E'}`;

/** The track's place, then every curve once. */
function rows(data, t) {
  const found = [];
  const track =
    (data.lines || []).find((line) => line.t && line.role === 'track') || (data.lines || []).find((line) => line.t);
  const place = track && placeAt(track, t);
  if (place) found.push(['Place', degrees(place), '']);
  for (const chart of data.charts)
    for (const series of chart.series) {
      if (found.some((row) => row[0] === series.title)) continue;
      const value = valueAt(series.t, series.v, t);
      if (value !== null) found.push([series.title, figure(value, series.decimals), series.unit || '']);
    }
  return found;
}

function setupNow(data, clock) {
  const now = document.querySelector('.now');
  if (!now) return;
  const title = document.createElement('h3');
  const list = document.createElement('dl');
  now.append(title, list);
  now.hidden = false;
  clock.watch(() => {
    title.textContent = `At ${elapsed(clock.t, clock)}`;
    list.replaceChildren();
    for (const [name, value, unit] of rows(data, clock.t).slice(0, 9)) {
      const term = document.createElement('dt');
      const detail = document.createElement('dd');
      term.textContent = name;
      detail.textContent = unit ? `${value} ${unit}` : value;
      list.append(term, detail);
    }
  });
}

/** Keys for the whole page, unless something that uses them has the focus. */
function setupKeys(clock, span) {
  const acts = {
    ' ': () => clock.toggle(),
    ArrowLeft: (event) => clock.step(-1, (event.shiftKey ? 10 : 1) * span),
    ArrowRight: (event) => clock.step(1, (event.shiftKey ? 10 : 1) * span),
    Home: () => clock.jump(clock.from),
    End: () => clock.jump(clock.to),
    '[': () => clock.faster(-1),
    ']': () => clock.faster(1),
  };
  document.addEventListener('keydown', (event) => {
    const busy = event.target.closest('button, a, input, select, textarea, [role=button], [role=region]');
    const act = acts[event.key];
    if (!act || busy || event.ctrlKey || event.altKey || event.metaKey) return;
    act(event);
    event.preventDefault();
  });
}

export function setupPlayer(data, clock) {
  if (!clock) return;
  const bar = document.createElement('div');
  bar.className = 'player';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Time');
  const play = button(bar, '\u25b6', 'Play', () => clock.toggle());
  const speed = button(bar, '', 'Speed', () => clock.faster(clock.speed >= 1000 ? -9 : 1));
  const slider = document.createElement('input');
  const length = clock.to - clock.from;
  const step = length <= 20000 ? 1 : Math.round(length / 2000);
  Object.assign(slider, {
    type: 'range',
    min: clock.from,
    max: clock.to,
    step: length <= 20000 ? 0.1 : step,
    value: clock.from,
  });
  slider.setAttribute('aria-label', 'Time after T+0, seconds');
  slider.addEventListener('input', () => clock.jump(Number(slider.value)));
  const shown = document.createElement('output');
  bar.append(slider, shown);
  const fold = button(bar, '\u25be', 'Fold the time bar', () => {
    const folded = bar.classList.toggle('folded');
    fold.textContent = folded ? '\u25b4' : '\u25be';
    fold.setAttribute('aria-label', folded ? 'Show the time bar' : 'Fold the time bar');
  });
  document.body.append(bar);
  document.documentElement.classList.add('timed');
  clock.watch(() => {
    play.textContent = clock.playing ? '\u275a\u275a' : '\u25b6';
    play.setAttribute('aria-label', clock.playing ? 'Pause' : 'Play');
    speed.textContent = `${clock.speed}\u00d7`;
    speed.setAttribute('aria-label', `Speed ${clock.speed} times; press for the next`);
    slider.value = clock.t;
    slider.setAttribute('aria-valuetext', elapsed(clock.t, clock));
    const first = rows(data, clock.t)
      .filter(([name]) => name !== 'Place')
      .slice(0, 3)
      .map(([name, value, unit]) => `${name} ${value} ${unit}`);
    shown.replaceChildren();
    for (const text of [elapsed(clock.t, clock), utc(data.epoch, clock.t), ...first]) {
      if (!text) continue;
      const piece = document.createElement('span');
      piece.textContent = text;
      shown.append(piece);
    }
  });
  setupNow(data, clock);
  setupKeys(clock, step);
}
