/** Requests to the server. */
import { signal } from './signal.js';
import { settings } from './settings.js';
import { saveText } from './csv.js';

/** Whether the server asked for an access token: the shell then asks the user. */
export const isSignInWanted = signal(false);

/**
 * Why a request failed: `status` (0 where no answer came), `title`, `detail`, `remedy`, `errors` [{field?, …}], `isOffline`, `body` as it
 * was answered.
 */
export class ApiError extends Error {
  name = 'ApiError';

  constructor({ status = 0, title = '', detail = '', remedy = '', errors = [], body = null } = {}) {
    super(detail || title);
    Object.assign(this, { status, title, detail, remedy, errors, body, isOffline: status === 0 });
  }
}

/** The error that stands for a request without an answer. */
export function offlineError() {
  return new ApiError({
    title: 'The server does not answer',
    detail: 'No answer came from WARD FLUX.',
    remedy: 'It is tried again by itself. If this stays, see whether the server runs and can be reached from here.',
  });
}

/** The error that an answer stands for: a problem document, or what can be said without one. */
export function errorOf(status, statusText, body) {
  const { title, detail, remedy, errors } = body ?? {};
  return new ApiError({
    status,
    title: title || statusText || `Status ${status}`,
    detail,
    remedy: remedy || remedies[status],
    errors: Array.isArray(errors) ? errors : [],
    body,
  });
}

const remedies = {
  401: 'Sign in with an access token.',
  404: 'It may have been removed. Look for it in the lists.',
  502: 'The server is restarting, or a proxy before it does not reach it. Try again in a moment.',
  503: 'Try again in a moment.',
};

/** The address of a route: `apiURL('/devices', {q: 'core'})`. Lists are joined by commas; null and '' are left out. */
export function apiURL(path, query = {}) {
  const text = queryText(query);
  return `/api/v1${path}${text && '?'}${text}`;
}

/** A query of plain values as text. A comma inside a value of a list is escaped. */
export function queryText(query) {
  const isGiven = value => value != null && value !== '';
  const given = Object.entries(query ?? {}).map(([name, value]) => [name, Array.isArray(value)
    ? value.filter(isGiven).map(one => String(one).replaceAll(',', '\\,')).join() : value]);
  return new URLSearchParams(given.filter(([, value]) => isGiven(value))).toString();
}

async function send(method, path, { query = {}, body = undefined, signal: abort = undefined, accept = 'application/json' } = {}) {
  const headers = { Accept: accept };
  const token = settings.token.peek();
  if (token) headers.Authorization = `Bearer ${token}`;
  const sent = body === undefined || body instanceof Blob ? body : new Blob([JSON.stringify(body)], { type: 'application/json' });
  if (sent) headers['Content-Type'] = sent.type;
  const answer = await fetch(apiURL(path, query), { method, headers, signal: abort, body: sent }).catch(fault => {
    throw fault.name === 'AbortError' ? fault : offlineError();
  });
  if (answer.ok) return answer;
  if (answer.status === 401) isSignInWanted.value = true;
  throw errorOf(answer.status, answer.statusText, await answer.json().catch(() => null));
}

async function ask(method, path, options) {
  const answer = await send(method, path, options);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

/** The answer to GET `path` (without /api/v1), parsed; `signal` breaks it off. */
export function get(path, query = {}, { signal: abort = undefined } = {}) {
  return ask('GET', path, { query, signal: abort });
}

/** POSTs a body (a value as JSON; a Blob as it is, of its type); the parsed answer, null where it is empty. */
export function post(path, body = undefined, query = {}) {
  return ask('POST', path, { body, query });
}

/** PATCHes; answers the parsed answer. */
export function patch(path, body) {
  return ask('PATCH', path, { body });
}

/** PUTs; answers the parsed answer. */
export function put(path, body) {
  return ask('PUT', path, { body });
}

/** DELETEs; answers the parsed answer, null where it is empty. */
export function del(path) {
  return ask('DELETE', path);
}

/** Saves what a route answers as CSV as a file: all rows that the query leaves. */
export function downloadCSV(path, query, name) {
  return download(path, { ...query, format: 'csv' }, name, 'text/csv');
}

/** Saves what a route answers as a file. */
export async function download(path, query, name, mime = 'application/octet-stream') {
  const answer = await send('GET', path, { query, accept: `${mime}, */*;q=0.1` });
  saveText(name, mime, await answer.blob());
}
