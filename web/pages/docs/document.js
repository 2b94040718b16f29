/** The OpenAPI document as the page reads it: routes by group, parameters with their families of filters, schemas. */

/** What a filter's name may end with, and what each asks for. */
export const COMPARISONS = { ne: 'none of', gt: '>', gte: '≥', lt: '<', lte: '≤', contains: 'holds', isnull: 'is missing' };

/** All routes: document -> [{id, method, path, tag, summary, description, parameters, body, answers}]. */
export function routesOf(contents) {
  return Object.entries(contents.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, route]) => ({
    id: route.operationId, method: method.toUpperCase(), path, tag: route.tags?.[0] ?? 'other',
    summary: route.summary, description: route.description, parameters: route.parameters ?? [],
    body: route.requestBody, answers: route.responses,
  })));
}

/** Routes that have all words of a search, by group in the document's order: routes, text -> [{tag, routes}]. */
export function groupsOf(routes, search) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map();
  for (const route of routes) {
    const text = textOf(route);
    if (!words.every((word) => text.includes(word))) continue;
    groups.set(route.tag, [...(groups.get(route.tag) ?? []), route]);
  }
  return [...groups].map(([tag, found]) => ({ tag, routes: found }));
}

const texts = new WeakMap();

// Put together once: 1,500 filters a route make it long, and it is searched with every key.
function textOf(route) {
  if (!texts.has(route)) {
    const names = route.parameters.filter((one) => !one.name.includes('__')).map((one) => one.name);
    texts.set(route, [route.method, route.path, route.id, route.summary, route.description, ...names].join(' ').toLowerCase());
  }
  return texts.get(route);
}

/**
 * Parameters without the families of filters, and these apart by column:
 * route -> {plain: [parameter], filters: [{column, schema, comparisons: [text]}]}.
 */
export function parametersOf(route) {
  const families = new Map();
  for (const { name } of route.parameters) {
    const [column, comparison] = name.split('__');
    if (comparison) families.set(column, [...(families.get(column) ?? []), comparison]);
  }
  const plain = route.parameters.filter(({ name }) => !name.includes('__') && !families.has(name));
  const filters = [...families].map(([column, comparisons]) => ({
    column, comparisons, schema: route.parameters.find((one) => one.name === column)?.schema ?? {},
  }));
  return { plain, filters };
}

/** The schema that a reference names, or the schema itself: document, schema -> {name?, schema}. */
export function resolved(contents, schema) {
  if (!schema?.$ref) return { name: null, schema: schema ?? {} };
  const name = schema.$ref.split('/').pop();
  return { name, schema: contents.components.schemas[name] ?? {} };
}

/** A schema's type in a few words: 'integer 1 to 1000', 'isp | trunk', 'text or null'. */
export function typeText(schema) {
  if (schema.type === 'array') return `list of ${typeText(schema.items ?? {})}`;
  const types = [schema.type ?? []].flat();
  const names = types.filter((type) => type !== 'null').map((type) => (type === 'string' ? schema.format ?? 'text' : type));
  const choices = schema.enum?.filter((value) => value !== null);
  const name = choices ? choices.join(' | ') : names.join(' or ') || 'any';
  return [name, rangeText(schema), types.includes('null') ? 'or null' : ''].filter(Boolean).join(' ');
}

// Bounds that are those of the number's own width say nothing.
function rangeText({ minimum, maximum }) {
  const [low, high] = [minimum, maximum].map((bound) => (Math.abs(bound) < 1e15 ? bound : undefined));
  if (low === undefined) return high === undefined ? '' : `up to ${high}`;
  return high === undefined ? (low === 0 ? '' : `from ${low}`) : `${low} to ${high}`;
}
