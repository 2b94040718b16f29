/** Data of the server that keeps itself fresh. */
import { batch, computed, effect, signal, untracked } from './signal.js';
import { live } from './live.js';

const least = 1000;

/**
 * Loads by `load(abortSignal)` -> Promise, and again when a signal changes that it read before its first await, when one of the events
 * `on` comes (at most once a second), and every `every` ms. What was loaded stays while it is loaded again, and when that fails.
 * Answers {data, error, loading, at: signals; reload(), dispose()}; `at` is ms of the last success, data is undefined before the first.
 */
export function resource(load, { on = [], every = 0 } = {}) {
  const made = new Resource(load, [on].flat(), every);
  const { data, error, loading, at } = made;
  return { data, error, loading, at, reload: () => made.reload(), dispose: () => made.dispose() };
}

/** A load that waits until `first` holds something: of what is not there nothing is asked. For `resource`. */
export function onceThere(first, load) {
  const isThere = computed(() => first.data.value !== undefined);
  return abort => (isThere.value ? load(abort) : new Promise(() => {}));
}

class Resource {
  constructor(load, types, every) {
    this.data = signal(undefined);
    this.error = signal(null);
    this.loading = signal(true);
    this.at = signal(0);
    this.load = load;
    this.turn = signal(0);
    this.startedAt = 0;
    this.due = 0;
    this.abort = null;
    /** @type {(() => any)[]} */
    this.endings = [live.on([...types, 'resync'], () => this.soon())];
    if (every) this.repeat(every);
    this.endings.push(effect(() => this.start()));
    // One that is made inside an effect ends with it.
    this.endings.push(effect(() => () => this.dispose()));
  }

  repeat(every) {
    const timer = setInterval(() => {
      if (live.state.peek() !== 'paused' && !document.hidden) this.reload();
    }, every);
    this.endings.push(() => clearInterval(timer));
  }

  /** Loads now, whatever was loaded when. */
  reload() {
    this.turn.value += 1;
  }

  soon() {
    if (this.due || live.state.peek() === 'paused') return;
    const wait = Math.max(0, this.startedAt + least - Date.now());
    this.due = window.setTimeout(() => {
      this.due = 0;
      if (live.state.peek() !== 'paused') this.reload();
    }, wait);
  }

  start() {
    this.turn.value;
    this.abort?.abort();
    const mine = (this.abort = new AbortController());
    this.startedAt = Date.now();
    untracked(() => (this.loading.value = true));
    const settle = (name, value) => mine === this.abort && !mine.signal.aborted && this.settle(name, value);
    try {
      Promise.resolve(this.load(mine.signal)).then(data => settle('data', data), fault => settle('error', fault));
    } catch (fault) {
      settle('error', fault);
    }
  }

  settle(name, value) {
    if (name === 'error' && value?.name !== 'ApiError' && value?.name !== 'AbortError') console.error(value);
    batch(() => {
      this.loading.value = false;
      this.error.value = name === 'error' ? value : null;
      if (name === 'error') return;
      this.data.value = value;
      this.at.value = Date.now();
    });
  }

  /** Ends it: nothing is loaded any more. */
  dispose() {
    const endings = this.endings;
    this.endings = [];
    for (const end of endings) end();
    clearTimeout(this.due);
    this.abort?.abort();
  }
}
