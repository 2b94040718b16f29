/**
 * Values that tell those who read them when they change. A signal holds a value, a computed derives one, an effect runs again when
 * what it read has changed. Effects made inside an effect belong to it: they end when it runs again or ends.
 */

/** @type {Computed|Effect|null} whoever is running and being watched: its `seen` maps each source it read to the version it had */
let reader = null;
/** @type {Effect|null} whoever new effects belong to */
let owner = null;
/** Rises with every change anywhere, so that a computed can tell quickly that nothing happened. */
let epoch = 1;
let depth = 0;
/** @type {Set<Effect>} */
const waiting = new Set();
const mostRounds = 100;

/** Something that can be read, and knows its readers. */
class Source {
  /** @type {Set<Computed|Effect>} */
  readers = new Set();
  version = 0;

  constructor(held) {
    this.held = held;
  }

  get value() {
    this.refresh();
    if (reader && !reader.seen.has(this)) reader.seen.set(this, this.version);
    return this.held;
  }

  /** The value, without becoming a reader of it. */
  peek() {
    this.refresh();
    return this.held;
  }

  refresh() {}

  take(next) {
    this.held = next;
    this.version += 1;
  }

  join(one) {
    this.readers.add(one);
  }

  leave(one) {
    this.readers.delete(one);
  }

  /** Passes on that something has changed, down to the effects. */
  tell() {
    for (const one of this.readers) one.tell();
  }

  toString() {
    return String(this.value);
  }
}

class Signal extends Source {
  get value() {
    return super.value;
  }

  set value(next) {
    if (Object.is(next, this.held)) return;
    this.take(next);
    epoch += 1;
    batch(() => this.tell());
  }
}

class Computed extends Source {
  seen = new Map();
  checked = 0;

  constructor(derive) {
    super(undefined);
    this.derive = derive;
  }

  refresh() {
    if (this.checked === epoch) return;
    if (!this.checked || isStale(this)) {
      const next = watch(this, this.derive, this.readers.size > 0);
      if (!this.checked || !Object.is(next, this.held)) this.take(next);
    }
    this.checked = epoch;
  }

  // Only a computed that somebody reads is held by its sources; others check by version when asked, and can be forgotten.
  join(one) {
    if (!this.readers.size) for (const source of this.seen.keys()) source.join(this);
    super.join(one);
  }

  leave(one) {
    super.leave(one);
    if (!this.readers.size) for (const source of this.seen.keys()) source.leave(this);
  }
}

class Effect {
  seen = new Map();
  /** @type {Set<Effect>} */
  owned = new Set();
  isOver = false;
  cleanup = null;
  owner = owner;

  constructor(task) {
    this.task = task;
    owner?.owned.add(this);
  }

  tell() {
    waiting.add(this);
  }

  run() {
    this.tidy();
    const outer = owner;
    owner = this;
    try {
      this.cleanup = watch(this, () => batch(this.task), true);
    } finally {
      owner = outer;
    }
  }

  tidy() {
    for (const one of this.owned) one.dispose();
    const { cleanup } = this;
    this.cleanup = null;
    if (typeof cleanup === 'function') untracked(cleanup);
  }

  dispose() {
    if (this.isOver) return;
    this.isOver = true;
    this.tidy();
    for (const source of this.seen.keys()) source.leave(this);
    waiting.delete(this);
    this.owner?.owned.delete(this);
  }
}

/** Runs `task` for a reader, and keeps note of what it reads; sources hold the reader where it `isJoining`. */
function watch(one, task, isJoining) {
  const [before, outer] = [one.seen, reader];
  one.seen = new Map();
  reader = one;
  try {
    return task();
  } finally {
    reader = outer;
    if (isJoining) for (const source of one.seen.keys()) source.join(one);
    for (const source of before.keys()) if (!one.seen.has(source)) source.leave(one);
  }
}

function isStale({ seen }) {
  for (const [source, version] of seen) {
    source.refresh();
    if (source.version !== version) return true;
  }
  return false;
}

/** A value that can be set: `value` reads and is followed, `peek()` only reads. */
export function signal(value) {
  return new Signal(value);
}

/** A value derived from others, worked out when it is asked for and something it read has changed. */
export function computed(derive) {
  return new Computed(derive);
}

/** Runs `task` now and whenever what it read changes; what it returns is called before the next run. Answers a function that ends it. */
export function effect(task) {
  const made = new Effect(task);
  made.run();
  return () => made.dispose();
}

/** Sets several signals at once: effects run after `task`, each once. Answers what `task` answers. */
export function batch(task) {
  depth += 1;
  try {
    return task();
  } finally {
    if (depth === 1) settle();
    depth -= 1;
  }
}

/** Runs `task` without following what it reads. */
export function untracked(task) {
  const outer = reader;
  reader = null;
  try {
    return task();
  } finally {
    reader = outer;
  }
}

/** Runs `task` so that the effects it makes outlive the effect it is called in. */
export function unowned(task) {
  const outer = owner;
  owner = null;
  try {
    return untracked(task);
  } finally {
    owner = outer;
  }
}

function settle() {
  for (let round = 0; waiting.size; round += 1) {
    const due = [...waiting];
    waiting.clear();
    if (round === mostRounds) return complain(new Error('effects go on changing what they read'));
    for (const one of due) runIfStale(one);
  }
}

// One effect that fails must not keep the others from running.
function runIfStale(one) {
  try {
    if (!one.isOver && isStale(one)) one.run();
  } catch (fault) {
    complain(fault);
  }
}

function complain(fault) {
  if (typeof reportError === 'function') reportError(fault);
  else console.error(fault);
}
