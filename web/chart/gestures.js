/** Pointer and keys on a chart, told as what is wanted: to read, to choose a span, to open, to go back. */

const leastDrag = 6;

/**
 * @typedef {object} Wishes
 * @property {() => import('./view.js').View | null} view
 * @property {(time: number) => void} read  the cursor goes to a moment
 * @property {(from: number, to: number) => void} select  a span is being chosen
 * @property {(from: number, to: number) => void} zoom  a span was chosen
 * @property {(x: number, y: number) => void} press  a place was clicked, px
 * @property {() => void} leave
 * @property {() => void} reset
 */

/** Follows the pointer on `stage`. Returns what ends it. */
export function followPointer(stage, wishes) {
  let pressedAt = null;
  const placeOf = (event) => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const listeners = {
    pointerdown(event) {
      if (event.button !== 0 || !wishes.view()) return;
      pressedAt = placeOf(event);
      stage.setPointerCapture(event.pointerId);
    },
    pointermove(event) {
      const view = wishes.view();
      if (!view) return;
      const { x } = placeOf(event);
      if (pressedAt && Math.abs(x - pressedAt.x) >= leastDrag) wishes.select(inPlot(view, pressedAt.x), inPlot(view, x));
      else wishes.read(inPlot(view, x));
    },
    pointerup(event) {
      const view = wishes.view();
      const from = pressedAt;
      pressedAt = null;
      if (!view || !from) return;
      const { x, y } = placeOf(event);
      if (Math.abs(x - from.x) < leastDrag) wishes.press(x, y);
      else wishes.zoom(...ascending(inPlot(view, from.x), inPlot(view, x)));
    },
    pointercancel() { pressedAt = null; wishes.leave(); },
    pointerleave() { if (!pressedAt) wishes.leave(); },
    dblclick() { wishes.reset(); },
  };
  return listen(stage, listeners);
}

/** The moment at a place, never outside of what is shown. */
function inPlot(view, x) {
  return Math.min(view.to, Math.max(view.from, view.timeAt(x)));
}

/**
 * @typedef {object} KeyWishes
 * @property {(points: number, isExtending: boolean) => void} step  the cursor moves by points
 * @property {(isExtending: boolean) => void} first
 * @property {(isExtending: boolean) => void} last
 * @property {() => void} enter
 * @property {() => void} hold
 * @property {() => boolean} escape  whether there was something to leave
 */

/** Follows the keys while `stage` has the focus. `page` is how many points Page Up and Down move. Returns what ends it. */
export function followKeys(stage, page, wishes) {
  const actions = {
    ArrowLeft: (shift) => wishes.step(-1, shift),
    ArrowRight: (shift) => wishes.step(1, shift),
    PageUp: (shift) => wishes.step(-page(), shift),
    PageDown: (shift) => wishes.step(page(), shift),
    Home: (shift) => wishes.first(shift),
    End: (shift) => wishes.last(shift),
    Enter: () => wishes.enter(),
    ' ': () => wishes.hold(),
  };
  return listen(stage, {
    keydown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const action = actions[event.key];
      const isDone = action ? (action(event.shiftKey), true) : event.key === 'Escape' && wishes.escape();
      if (!isDone) return;
      event.preventDefault();
      event.stopPropagation();
    },
  });
}

function ascending(a, b) {
  return a < b ? [a, b] : [b, a];
}

function listen(target, listeners) {
  for (const [type, listener] of Object.entries(listeners)) target.addEventListener(type, listener);
  return () => {
    for (const [type, listener] of Object.entries(listeners)) target.removeEventListener(type, listener);
  };
}
