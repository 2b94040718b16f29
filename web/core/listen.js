/** Listens on a target: `{type: listener}`. Answers a function that ends it. */
export function listen(target, listeners, options = {}) {
  const stop = new AbortController();
  for (const type in listeners) target.addEventListener(type, listeners[type], { signal: stop.signal, ...options });
  return () => stop.abort();
}

/** Ends all of some things; each is a function, or has `dispose`. */
export function endAll(...things) {
  return () => {
    for (const thing of things) typeof thing === 'function' ? thing() : thing?.dispose?.();
  };
}
