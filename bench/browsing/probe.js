// Runs in a page before the page's own script: knows when its data is shown, what moved, and what frames cost.
(() => {
  const probe = { pending: 0, readyAt: 0, shift: 0, longest: 0, draws: [], frames: null, drawing: null };
  window.probe = probe;

  // What is asked of the API counts as under way until its answer was read.
  const ask = window.fetch;
  window.fetch = async (address, options) => {
    const counts = String(address).startsWith('/api/v1/');
    if (!counts) return ask(address, options);
    probe.pending += 1;
    const over = once(() => { probe.pending -= 1; });
    try {
      const answer = await ask(address, options);
      for (const name of ['text', 'json', 'blob']) {
        const read = answer[name].bind(answer);
        answer[name] = () => read().finally(over);
      }
      return answer;
    } catch (fault) {
      over();
      throw fault;
    }
  };

  function once(task) {
    let isDone = false;
    return () => {
      if (!isDone) task();
      isDone = true;
    };
  }

  // Skeletons far below the window wait until one comes there.
  function isBusy() {
    if (probe.pending > 0 || !document.querySelector('main h1')) return true;
    return [...document.querySelectorAll('main .skeleton, main [aria-busy="true"]')]
      .some(one => one.getBoundingClientRect().top < innerHeight + 100);
  }

  let lastFrame = 0;
  const everyFrame = at => {
    if (isBusy()) probe.readyAt = 0;
    else probe.readyAt ||= performance.now();
    if (probe.frames && lastFrame) probe.frames.push(at - lastFrame);
    lastFrame = at;
    nextFrame(everyFrame);
  };
  const nextFrame = window.requestAnimationFrame.bind(window);
  nextFrame(everyFrame);
  window.requestAnimationFrame = task => nextFrame(at => {
    const begun = performance.now();
    task(at);
    probe.drawing?.push(performance.now() - begun);
  });
  probe.begin = () => Object.assign(probe, { frames: [], drawing: [] });
  probe.end = () => {
    const told = [probe.frames, probe.drawing];
    Object.assign(probe, { frames: null, drawing: null });
    return told;
  };

  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) probe.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) probe.longest = Math.max(probe.longest, entry.duration);
  }).observe({ type: 'longtask', buffered: true });

  // When anything was drawn on a canvas.
  const { stroke } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.stroke = function (...rest) {
    probe.draws.push(performance.now());
    return stroke.apply(this, rest);
  };

  /** What a load came to, in milliseconds since it began. */
  probe.told = () => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
    ready: probe.readyAt, shift: probe.shift, longest: probe.longest,
    requests: performance.getEntriesByType('resource').length + 1,
  });
})();
