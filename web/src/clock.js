// The page's one time: map, globe, charts and slider all follow it.

export const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

export class Clock {
  /** `stops`: times that matter, ascending; the arrow keys step from one to the next. */
  constructor(from, to, stops = []) {
    this.stops = stops;
    this.from = from;
    this.to = to;
    this.t = from;
    this.playing = false;
    // a whole flight in about half a minute
    this.speed = SPEEDS.find((speed) => (to - from) / speed <= 30) || SPEEDS[SPEEDS.length - 1];
    this.watchers = [];
  }

  watch(watcher) {
    this.watchers.push(watcher);
  }

  tell() {
    for (const watcher of this.watchers) watcher(this);
  }

  set(t) {
    this.t = Math.min(this.to, Math.max(this.from, t));
    this.tell();
  }

  /** Move by hand: stops the play. */
  jump(t) {
    this.playing = false;
    this.set(t);
  }

  /** On (+1) or back (-1) by so many stops; by `seconds` where there are none. */
  step(way, seconds) {
    const ahead = this.stops.filter((stop) => (way > 0 ? stop > this.t : stop < this.t));
    if (this.stops.length === 0) this.jump(this.t + way * seconds);
    else this.jump(way > 0 ? (ahead[0] ?? this.to) : (ahead[ahead.length - 1] ?? this.from));
  }

  faster(steps) {
    const at = SPEEDS.indexOf(this.speed) + steps;
    this.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at))];
    this.tell();
  }

  toggle() {
    this.playing = !this.playing;
    if (this.playing && this.t >= this.to) this.t = this.from;
    this.tell();
    if (!this.playing) return;
    let last = performance.now();
    const step = (now) => {
      if (!this.playing) return;
      const t = this.t + ((now - last) / 1000) * this.speed;
      last = now;
      if (t >= this.to) this.playing = false;
      this.set(t);
      if (this.playing) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}
