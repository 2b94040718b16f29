/**
 * Values that tell those who read them when they change. A signal holds a value, a computed derives one, an effect runs again when
 * what it read has changed. Effects made inside an effect belong to it: they end when it runs again or ends.
 */

/** @type {Reader|null} whoever is running and being watched */
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
  constructor(value) {
    /** @type {any} */
    this.held = value;
    this.version = 0;
    this.readers = new Set();
  }

  get value() {
    return this.held;
  }

  refresh() {}

  join(one) {
    this.readers.add(one);
  }

  leave(one) {
    this.readers.delete(one);
  }

  track() {
    if (reader && !reader.seen.has(this)) reader.seen.set(this, this.version);
  }

  tellReaders() {
    for (const one of [...this.readers]) one.sourceChanged();
  }

  toString() {
    return String(this.value);
  }
}

class Signal extends Source {
  get value() {
    this.track();
    return this.held;
  }

  set value(next) {
    if (Object.is(next, this.held)) return;
    this.held = next;
    this.version += 1;
    epoch += 1;
    batch(() => this.tellReaders());
  }

  /** The value, without becoming a reader of it. */
  peek() {
    return this.held;
  }
}

/** What computed and effect have in common: which sources were read, in which version. */
class Reader {
  constructor() {
    /** @type {Map<Source, number>} */
    this.seen = new Map();
  }

  /** Runs `task` and keeps note of what it reads. */
  watch(task, isJoining) {
    const [before, outer] = [this.seen, reader];
    this.seen = new Map();
    reader = this;
    try {
      return task();
    } finally {
      reader = outer;
      for (const source of this.seen.keys()) if (isJoining && !before.has(source)) source.join(this);
      for (const source of before.keys()) if (!this.seen.has(source)) source.leave(this);
    }
  }

  isStale() {
    for (const [source, version] of this.seen) {
      source.refresh();
      if (source.version !== version) return true;
    }
    return false;
  }

  sourceChanged() {}
}

class Computed extends Source {
  constructor(derive) {
    super(undefined);
    this.derive = derive;
    this.checked = 0;
    this.inner = new Reader();
    this.inner.sourceChanged = () => this.tellReaders();
  }

  get value() {
    this.refresh();
    this.track();
    return this.held;
  }

  peek() {
    this.refresh();
    return this.held;
  }

  refresh() {
    if (this.checked === epoch) return;
    if (this.checked === 0 || this.inner.isStale()) this.derivedAgain();
    this.checked = epoch;
  }

  derivedAgain() {
    const next = this.inner.watch(this.derive, this.readers.size > 0);
    if (this.checked !== 0 && Object.is(next, this.held)) return;
    this.held = next;
    this.version += 1;
  }

  // Only a computed that somebody reads is held by its sources; others check by version when asked, and can be forgotten.
  join(one) {
    if (this.readers.size === 0) for (const source of this.inner.seen.keys()) source.join(this.inner);
    super.join(one);
  }

  leave(one) {
    super.leave(one);
    if (this.readers.size === 0) for (const source of this.inner.seen.keys()) source.leave(this.inner);
  }
}

class Effect extends Reader {
  /** @param {Function} task */
  constructor(task) {
    super();
    this.task = task;
    this.cleanup = null;
    /** @type {Set<Effect>} */
    this.owned = new Set();
    this.isOver = false;
    this.owner = owner;
    owner?.owned.add(this);
  }

  sourceChanged() {
    waiting.add(this);
  }

  run() {
    if (this.isOver) return;
    this.tidy();
    const outer = owner;
    owner = this;
    try {
      const cleanup = this.watch(() => batch(this.task), true);
      this.cleanup = typeof cleanup === 'function' ? cleanup : null;
    } finally {
      owner = outer;
    }
  }

  tidy() {
    for (const one of this.owned) one.dispose();
    this.owned.clear();
    const cleanup = this.cleanup;
    this.cleanup = null;
    if (cleanup) untracked(cleanup);
  }

  dispose() {
    if (this.isOver) return;
    this.isOver = true;
    this.tidy();
    for (const source of this.seen.keys()) source.leave(this);
    this.seen.clear();
    waiting.delete(this);
    if (this.owner) this.owner.owned.delete(this);
  }
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
  for (let round = 0; waiting.size > 0; round += 1) {
    const due = [...waiting];
    waiting.clear();
    if (round === mostRounds) return complain(new Error('effects go on changing what they read'));
    for (const one of due) runIfStale(one);
  }
}

// One effect that fails must not keep the others from running.
function runIfStale(one) {
  try {
    if (!one.isOver && one.isStale()) one.run();
  } catch (fault) {
    complain(fault);
  }
}

function complain(fault) {
  if (typeof reportError === 'function') reportError(fault);
  else console.error(fault);
}
