// What is on the map for a while only: the elements whose window the clock is in, and the caption of that window.

import { add } from './svg.js';

/** Whether a window [from, until] holds t; the last ones hold their end too. */
function holds([from, until], t, end) {
  return t >= from && (t < until || (t <= until && until >= end));
}

/** The caption of the shortest window that holds t. */
export function captionAt(data, t, end) {
  const found = data.frames.filter((frame) => holds(frame, t, end));
  found.sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
  return found.length > 0 ? found[0][2] : '';
}

export function setupFrames(data, clock) {
  if (!data.frames || !clock) return;
  const elements = [...document.querySelectorAll('[data-frame]')];
  const captions = [...document.querySelectorAll('svg.map')].map((svg) => {
    const still = svg.querySelector('.when');
    return add(svg.querySelector('.live'), 'text', {
      class: 'when',
      x: still.getAttribute('x'),
      y: still.getAttribute('y'),
    });
  });
  clock.watch(() => {
    for (const element of elements)
      element.classList.toggle('on', holds(data.frames[element.dataset.frame], clock.t, clock.to));
    for (const caption of captions) caption.textContent = captionAt(data, clock.t, clock.to);
  });
}

/** Where a page that only has frames starts: in the one that paper shows. */
export function stillTime(data) {
  if (!data.frames) return null;
  const [from, until] = data.frames[data.still];
  return (from + until) / 2;
}
