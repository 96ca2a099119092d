// Appended to a copy of a report by browser.sh: measures what a browser really draws and tells the page around it.
const faults = [];
addEventListener('error', (event) => faults.push(event.message));
addEventListener('load', () => {
  const expect = (ok, what) => ok || faults.push(what);
  const shown = (element) =>
    element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';

  // words in drawings: inside their frame, not on each other; a text's box is taller than its letters, so take off
  // what is air
  let words = 0;
  for (const svg of document.querySelectorAll('svg')) {
    if (!shown(svg)) continue;
    const frame = svg.getBoundingClientRect();
    const boxes = [];
    for (const text of svg.querySelectorAll('text')) {
      if (!shown(text)) continue;
      const r = text.getBoundingClientRect();
      const air = 0.14 * r.height;
      const box = {
        name: text.textContent,
        left: r.left + 0.5,
        right: r.right - 0.5,
        top: r.top + air,
        bottom: r.bottom - air,
      };
      const out =
        box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
      expect(!out, `${svg.classList}: '${box.name}' leaves the frame`);
      for (const other of boxes) {
        const apart =
          box.left >= other.right || other.left >= box.right || box.top >= other.bottom || other.top >= box.bottom;
        expect(apart, `${svg.classList}: '${box.name}' on '${other.name}'`);
      }
      boxes.push(box);
      words++;
    }
  }
  expect(
    document.documentElement.scrollWidth <= innerWidth,
    `the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`,
  );

  // the switches of the map's layers are the style sheet's work: with scripts and without
  for (const [i, box] of [...document.querySelectorAll('.legend input')].entries()) {
    const parts = () => [...document.querySelectorAll(`.map .l${box.id.slice(5)}`)].filter(shown).length;
    const off = !box.checked;
    box.checked = true;
    const all = parts();
    box.checked = false;
    expect(parts() === 0, `switch ${i} leaves its layer on the map`);
    box.checked = true;
    expect(parts() === all && all > 0, `switch ${i} does not bring its layer back`);
    box.checked = !off;
  }

  const scripted = document.getElementById('data') !== null;
  const data = scripted ? JSON.parse(document.getElementById('data').textContent) : {};
  const moving = (data.lines || []).some((line) => line.t);
  const player = document.querySelector('.player');
  const timed = document.querySelector('svg.chart .live[data-scale]');
  if (!scripted) expect(!player, 'a player without a script');
  const paper = location.pathname.includes('-paper');
  // frames: those of one window at a time, and its caption; on paper and without scripts the still one
  const frames = () => [...document.querySelectorAll('.map [data-frame]')].filter(shown);
  const windows = () => [...new Set(frames().map((frame) => frame.dataset.frame))].join(' ');
  const captions = () => [...document.querySelectorAll('.map .when')].filter(shown).map((c) => c.textContent);
  const reel = document.querySelector('.map [data-frame]') !== null;
  if (reel && (paper || !scripted))
    expect(frames().length > 0 && frames().every((f) => f.classList.contains('still')), 'not the still frame');
  if (paper) expect(!player || !shown(player), 'a time bar on paper');
  if (scripted && timed && !paper) {
    expect(player && shown(player), 'no time bar');
    const slider = player.querySelector('input');
    const place = () =>
      [...document.querySelectorAll('.marker')]
        .filter(shown)
        .map((m) => `${m.getAttribute('cx')},${m.getAttribute('cy')}`)
        .join(' ');
    const values = () => [...document.querySelectorAll('.key .value')].map((v) => v.textContent).join(' ');
    const move = (part) => {
      slider.value = Number(slider.min) + part * (Number(slider.max) - Number(slider.min));
      slider.dispatchEvent(new Event('input'));
    };
    move(0.25);
    const before = [place(), values(), document.querySelector('.cursor').getAttribute('d')];
    const early = [windows(), ...captions()];
    if (reel) expect(early.length === 2 && early[0] === '2' && early[1] === data.frames[2][2], `frames: ${early}`);
    move(0.75);
    const late = [windows(), ...captions()];
    if (reel) expect(late.length === 2 && late[0] === '7' && late[1] === data.frames[7][2], `frames: ${late}`);
    move(1);
    if (reel) expect(windows() === '9', `the last frame is gone at its end: ${windows()}`);
    move(0.75);
    const after = [place(), values(), document.querySelector('.cursor').getAttribute('d')];
    expect(!moving || before[0] !== after[0], 'the markers stand still');
    expect(
      (!moving || before[1] !== after[1]) && !/NaN|undefined/.test(after[1]),
      `the values stand still: ${after[1]}`,
    );
    expect(before[2] !== after[2], 'the cursor stands still');
    const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('Home');
    expect(Number(slider.value) === Number(slider.min), 'Home does not go to the start');
    press('ArrowRight');
    expect(Number(slider.value) > Number(slider.min), 'the right arrow does not step on');
    if (reel) expect(windows() === '1', `the right arrow steps from frame 0 to ${windows()}`);
    press(' ');
    expect(player.querySelector('button').getAttribute('aria-label') === 'Pause', 'space does not play');
    press(' ');
    expect(player.querySelector('button').getAttribute('aria-label') === 'Play', 'space does not pause');
    const globe = document.querySelector('svg.globe');
    if (globe && globe.querySelector('.land').getAttribute('d') !== '') {
      const land = globe.querySelector('.land').getAttribute('d');
      globe.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
      expect(globe.querySelector('.land').getAttribute('d') !== land, 'the globe does not turn');
      expect(!/NaN/.test(globe.innerHTML), 'the globe turns into NaN');
    }
    const theme = document.querySelector('.switch');
    theme.click();
    expect(['light', 'dark'].includes(document.documentElement.dataset.theme), 'the colours do not change');
    theme.click();
  }
  const name = location.pathname.split('/').pop().replace('.htm', '');
  const kind = scripted ? 'scripted' : 'static';
  const summary = `${name} at ${innerWidth} px: ${words} words in drawings, ${kind}, ${faults.length} faults`;
  parent.postMessage([summary, ...faults.slice(0, 20).map((fault) => `${name}: ${fault}`)].join('\n'), '*');
});
