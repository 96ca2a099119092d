// Charts: a cursor at the clock's time, values in the key, the pointer sets the time.

import { add, set, pointIn } from './svg.js';
import { valueAt, figure } from './sample.js';

function setupOne(svg, chart, clock) {
  const [left, top, right, bottom] = svg.dataset.plot.split(' ').map(Number);
  const live = svg.querySelector('.live');
  const [from, to, leftLow, leftHigh, rightLow, rightHigh] = live.dataset.scale.split(' ').map(Number);
  const powers = live.dataset.powers !== undefined;
  const cursor = add(live, 'path', { class: 'cursor' });
  const dots = chart.series.map((_, i) => add(live, 'circle', { class: `dot s${i % 4}`, r: 4 }));
  const follow = () => {
    const inside = clock.t >= from && clock.t <= to;
    set(live, { visibility: inside ? 'visible' : 'hidden' });
    if (!inside) return;
    const x = left + ((right - left) * (clock.t - from)) / (to - from);
    set(cursor, { d: `M${x.toFixed(1)} ${top}V${bottom}` });
    chart.series.forEach((series, i) => {
      const read = valueAt(series.t, series.v, clock.t);
      // an axis of powers of ten counts exponents, and has none for what is not above 0
      const exponent = read > 0 ? Math.log10(read) : null;
      const value = powers && !series.right ? exponent : read;
      const low = series.right ? rightLow : leftLow;
      const high = series.right ? rightHigh : leftHigh;
      set(dots[i], { visibility: value === null ? 'hidden' : 'inherit' });
      if (value !== null)
        set(dots[i], {
          cx: x.toFixed(1),
          cy: (bottom - ((bottom - top) * (value - low)) / (high - low)).toFixed(1),
        });
    });
  };
  clock.watch(follow);
  const point = (event) => {
    const [x] = pointIn(svg, event);
    if (x < left - 8 || x > right + 8) return;
    clock.jump(from + ((to - from) * (Math.min(right, Math.max(left, x)) - left)) / (right - left));
  };
  svg.addEventListener('pointerdown', point);
  svg.addEventListener('pointermove', point);
}

export function setupCharts(data, clock) {
  if (!clock) return;
  for (const svg of document.querySelectorAll('svg.chart'))
    setupOne(svg, data.charts[Number(svg.dataset.chart)], clock);
  for (const key of document.querySelectorAll('.key[data-key]')) {
    const chart = data.charts[Number(key.dataset.key)];
    const values = [...key.querySelectorAll('.value')];
    clock.watch(() => {
      values.forEach((value, i) => {
        const series = chart.series[i];
        value.textContent = figure(valueAt(series.t, series.v, clock.t), series.decimals);
      });
    });
  }
}
