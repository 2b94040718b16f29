/** Paths and queries as text: what the router does without a browser. */

/** A path with a query of plain values: lists are joined by commas; null, undefined and '' are left out. */
export function href(path, query = {}) {
  const text = search(changed(new URLSearchParams(), query));
  return path + text;
}

/** A copy of `query` with `changes` {name: value}: null, undefined and '' take the name away. */
export function changed(query, changes) {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text === null || text === undefined || text === '') next.delete(name);
    else next.set(name, String(text));
  }
  return next;
}

/** A query as it stands in a link: `?a=1&b=x,y`, '' where it is empty. Commas, colons and slashes stay readable. */
export function search(query) {
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text ? `?${text}` : '';
}

/** The route that fits a path: `{page, params}`; page is null where none does. Routes are `{path: '/devices/:id', page}`. */
export function match(routes, path) {
  const wanted = pieces(path);
  for (const route of routes) {
    const params = paramsOf(pieces(route.path), wanted);
    if (params) return { page: route.page, params };
  }
  return { page: null, params: {} };
}

function pieces(path) {
  return path.split('/').filter(Boolean);
}

function paramsOf(pattern, given) {
  if (pattern.length !== given.length) return null;
  const params = {};
  for (let i = 0; i < pattern.length; i += 1) {
    if (pattern[i].startsWith(':')) params[pattern[i].slice(1)] = decoded(given[i]);
    else if (pattern[i] !== given[i]) return null;
  }
  return params;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is no reason for a blank page
  }
}
