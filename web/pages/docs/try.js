/** A route tried from the page: its parameters as fields, the line for a shell, and what the server answered. */
import { html } from '../../core/html.js';
import { place, setQuery } from '../../core/router.js';
import { settings } from '../../core/settings.js';
import { signal } from '../../core/signal.js';
import { toast } from '../../ui/dialog.js';
import { parametersOf } from './document.js';

/** Characters of an answer that are shown; more would only slow the page down. */
const SHOWN_MAX = 20_000;

/** Fields beyond these would bury the rest; filters go into the field for further parameters. */
const FURTHER = 'further';

/** The last answer: {id, status, type, text, length, ms} or {id, failure}. */
const answer = signal(null);

/** A GET with its fields and answer; of other methods the line for a shell only, since trying would change something. */
export function tryView(route) {
  const values = argumentsOf();
  const line = curlOf(route, values);
  return html`
    <div class="docs-fields">${fieldsOf(route).map((one) => argumentField(one, values))}</div>
    <pre class="docs-curl" tabindex="0" aria-label="Line for a shell">${line}</pre>
    <div class="docs-buttons">
      ${isTried(route) ? html`<button type="button" class="button primary" @click=${() => send(route, values)}>Send</button>` : null}
      <button type="button" class="button" @click=${() => copy(line)}>Copy the line</button>
    </div>
    ${answer.value?.id === route.id ? answerView(answer.value) : null}`;
}

/** Whether it can be tried from here: it changes nothing, and its answer ends. */
function isTried(route) {
  return route.method === 'GET' && !route.answers['200']?.content?.['text/event-stream'];
}

/** What the fields hold, kept in the URL's `args` as a query of its own. */
function argumentsOf() {
  return new URLSearchParams(place.value.query.get('args') ?? '');
}

function fieldsOf(route) {
  const { plain, filters } = parametersOf(route);
  const further = { name: FURTHER, in: 'query', description: 'such as state=up&if_speed__gte=1000000000' };
  return filters.length ? [...plain, further] : plain;
}

function argumentField(parameter, values) {
  const write = (event) => {
    const next = argumentsOf();
    if (event.target.value) next.set(parameter.name, event.target.value);
    else next.delete(parameter.name);
    setQuery({ args: next.toString() });
  };
  return html`<label title=${parameter.description}>${parameter.name}${parameter.in === 'path' ? ' (path)' : null}
    <input class="input" type="text" autocomplete="off" spellcheck="false" .value=${values.get(parameter.name) ?? ''} @input=${write}
      placeholder=${parameter.name === FURTHER ? 'column__gte=…' : String(parameter.schema?.default ?? '')}></label>`;
}

/** The address that the fields make: route, values -> path with query. */
function addressOf(route, values) {
  const path = route.path.replace(/\{(\w+)\}/g, (whole, name) => (values.get(name) ? encodeURIComponent(values.get(name)) : whole));
  const query = new URLSearchParams();
  for (const { name } of route.parameters.filter((one) => one.in === 'query')) {
    if (values.get(name)) query.set(name, values.get(name));
  }
  for (const [name, value] of new URLSearchParams(values.get(FURTHER) ?? '')) query.set(name, value);
  const text = query.toString().replaceAll('%2C', ',');
  return text ? `${path}?${text}` : path;
}

/** The line for a shell; the token itself is left to the shell's environment, so that it can be shared. */
function curlOf(route, values) {
  const parts = ['curl'];
  if (route.method !== 'GET') parts.push(`-X ${route.method}`);
  if (settings.token.value) parts.push('-H "Authorization: Bearer $WARDFLUX_TOKEN"');
  if (route.body) parts.push(`-H 'Content-Type: ${Object.keys(route.body.content)[0]}'`, "-d '…'");
  parts.push(`'${location.origin}${addressOf(route, values).replaceAll("'", '%27')}'`);
  return parts.join(' ');
}

async function send(route, values) {
  const token = settings.token.peek();
  const headers = { ...(token ? { Authorization: `Bearer ${token}` } : {}), Accept: 'application/json, */*;q=0.5' };
  const startedAt = performance.now();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), 30_000);
  try {
    const got = await fetch(addressOf(route, values), { headers, signal: limit.signal });
    const text = await got.text();
    answer.value = { id: route.id, status: `${got.status} ${got.statusText}`, isGood: got.ok, type: got.headers.get('content-type') ?? '',
      text: pretty(text), length: text.length, ms: Math.round(performance.now() - startedAt) };
  } catch (error) {
    answer.value = { id: route.id, failure: error.name === 'AbortError' ? 'No answer within 30 s.' : 'The server does not answer.' };
  } finally {
    clearTimeout(timer);
  }
}

function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

function answerView(got) {
  if (got.failure) return html`<p role="status" class="docs-bad">■ ${got.failure}</p>`;
  return html`<p role="status"><strong class=${got.isGood ? 'docs-good' : 'docs-bad'}>${got.isGood ? '●' : '■'} ${got.status}</strong>
      in ${got.ms} ms, ${got.length} characters, ${got.type}</p>
    <pre class="docs-answer" tabindex="0" aria-label="Answer">${got.text.slice(0, SHOWN_MAX)}</pre>
    ${got.text.length > SHOWN_MAX ? html`<p class="docs-muted">The first ${SHOWN_MAX} characters.</p>` : null}`;
}

/** Copies a line; without a clipboard, as on plain http, it is marked to be copied by hand. */
async function copy(line) {
  try {
    await navigator.clipboard.writeText(line);
    toast('Copied.');
  } catch {
    getSelection().selectAllChildren(document.querySelector('.docs-curl'));
    toast('Copy it with Ctrl+C.');
  }
}
