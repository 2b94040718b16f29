/** Pages about one thing of the server. */
import { html } from '../../core/html.js';
import { dataAge, failed, notShown, skeleton } from '../../ui/parts.js';

/**
 * The thing that a resource holds, with a later failure above it; why there is none, with the way to the `others`: {title, href}; or the
 * place it will have: resource, others, (thing, age as template) -> template, rows of the skeleton -> template.
 */
export function oneShown(source, others, view, rows = 14) {
  const [thing, error] = [source.data.value, source.error.value];
  if (!thing) return error ? notShown(error, source.reload, others) : skeleton(rows);
  return html`${error ? failed(error, source.reload) : null}${view(thing, dataAge(source.at.value, error))}`;
}
