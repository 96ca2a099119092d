// The report's script. Everything it adds is extra: the page says all without it.

import { Clock } from './clock.js';
import { setupCharts } from './charts.js';
import { setupCopy } from './copy.js';
import { setupFrames, stillTime } from './frames.js';
import { setupGlobe } from './globe.js';
import { setupMaps } from './map.js';
import { setupPlayer } from './player.js';
import { decimalsOf } from './sample.js';
import { setupTheme } from './theme.js';

/** From the first to the last sample or window of anything that has a time; null when nothing has. */
function clockFor(data) {
  const tracks = (data.lines || []).filter((line) => line.t).map((line) => line.t);
  const times = [
    ...tracks,
    ...data.charts.flatMap((chart) => chart.series.map((series) => series.t)),
  ];
  const windows = data.frames || [];
  const from = Math.min(...times.map((t) => t[0]), ...windows.map((frame) => frame[0]));
  const to = Math.max(...times.map((t) => t[t.length - 1]), ...windows.map((frame) => frame[1]));
  // without a track a cloud is followed: by the minute, from window to window
  const stops = tracks.length > 0 ? [] : windows.map((frame) => frame[0]);
  return to > from ? new Clock(from, to, stops) : null;
}

const data = JSON.parse(document.getElementById('data').textContent);
for (const chart of data.charts) for (const series of chart.series) series.decimals = series.powers ? null : decimalsOf(series.v);
const clock = clockFor(data);
setupTheme();
setupMaps(data, clock);
setupFrames(data, clock);
setupGlobe(data, clock);
setupCharts(data, clock);
setupPlayer(data, clock);
setupCopy();

if (clock) {
  // a link can carry the time: report.html#t=287
  const asked = /[#&]t=(-?[\d.]+)/.exec(location.hash);
  const start = clock.stops.length > 0 ? stillTime(data) : clock.from;
  clock.set(asked ? Number(asked[1]) : start);
  addEventListener('hashchange', () => {
    const again = /[#&]t=(-?[\d.]+)/.exec(location.hash);
    if (again) clock.jump(Number(again[1]));
  });
}
