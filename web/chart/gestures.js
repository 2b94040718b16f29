/** Pointer and keys on a chart, told as what is wanted: to read, to choose a span, to open, to go back. */
import { listen } from '../core/listen.js';

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

/** Follows the pointer on `stage`. @param {Wishes} wishes @returns {() => void} what ends it */
export function followPointer(stage, wishes) {
  let pressed = null;
  const placeOf = event => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  // Never outside of what is shown.
  const timeAt = x => {
    const view = wishes.view();
    return Math.min(view.to, Math.max(view.from, view.timeAt(x)));
  };
  const isDrag = x => pressed && Math.abs(x - pressed.x) >= leastDrag;
  return listen(stage, {
    pointerdown(event) {
      if (event.button !== 0 || !wishes.view()) return;
      pressed = placeOf(event);
      stage.setPointerCapture(event.pointerId);
    },
    pointermove(event) {
      if (!wishes.view()) return;
      const { x } = placeOf(event);
      if (isDrag(x)) wishes.select(timeAt(pressed.x), timeAt(x));
      else wishes.read(timeAt(x));
    },
    pointerup(event) {
      const { x, y } = placeOf(event);
      if (isDrag(x)) wishes.zoom(timeAt(Math.min(x, pressed.x)), timeAt(Math.max(x, pressed.x)));
      else if (pressed) wishes.press(x, y);
      pressed = null;
    },
    pointercancel() {
      pressed = null;
      wishes.leave();
    },
    pointerleave: () => pressed || wishes.leave(),
    dblclick: () => wishes.reset(),
  });
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

/** Follows the keys while `stage` has the focus. `page` is how many points Page Up and Down move. @param {KeyWishes} wishes */
export function followKeys(stage, page, wishes) {
  const steps = { ArrowLeft: () => -1, ArrowRight: () => 1, PageUp: () => -page(), PageDown: () => page() };
  const others = { Home: 'first', End: 'last', Enter: 'enter', ' ': 'hold', Escape: 'escape' };
  return listen(stage, {
    keydown(event) {
      const { key, shiftKey } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || !(key in steps || key in others)) return;
      const isDone = key in steps ? wishes.step(steps[key](), shiftKey) : wishes[others[key]](shiftKey);
      if (key === 'Escape' && !isDone) return;
      event.preventDefault();
      event.stopPropagation();
    },
  });
}
