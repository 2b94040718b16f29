import { endAll } from '../core/listen.js';
import { computed, effect, untracked } from '../core/signal.js';

/**
 * Mounts a page anew whenever the stage that `stageOf()` reads from signals is another one, and only then.
 * `mount(stage)` answers how to end it; the whole answers how to end all.
 */
export function stages(stageOf, mount) {
  const stage = computed(stageOf);
  let isFirst = true;
  return effect(() => {
    const now = stage.value;
    const end = untracked(() => mount(now));
    if (!isFirst) keepFocus();
    isFirst = false;
    return end;
  });
}

// What had the focus may be gone with the stage before; the keyboard then goes on at the page.
function keepFocus() {
  if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
}

export { endAll };
