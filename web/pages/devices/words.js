import { words } from '../../core/format.js';

/** Kinds of devices, as the API names them. */
export const deviceTypes = ['switch', 'router', 'firewall', 'access_point', 'server', 'phone', 'camera', 'other'];

/** What interfaces are for, as the API names it. */
export const interfaceTypes = [
  'isp', 'trunk', 'access', 'server_link', 'branch_link', 'management', 'loopback', 'voice', 'camera',
];

/** `access_point` -> `access point`, `isp` -> `ISP`. */
export function word(name) {
  return name === 'isp' ? 'ISP' : words(name);
}

/** Choices of a field or a filter: [{value, title}]. */
export function choicesOf(names) {
  return names.map(name => ({ value: name, title: word(name) }));
}

/** What an interface is called: ifName, else ifDescr, else its ifIndex. */
export function interfaceName(row) {
  return row.if_name || row.if_descr || `#${row.if_index}`;
}

const remedyBegins = /^(?:add|ask|check|choose|correct|enable|give|make|poll|raise|set|shorten|wait)\b/i;

/** Parts an error sentence of the server, `cause; remedy`: {cause, remedy}; remedy is '' where it names none. */
export function partError(text) {
  const clauses = String(text).split('; ');
  const at = clauses.findIndex((clause, index) => index > 0 && remedyBegins.test(clause));
  if (at < 0) return { cause: String(text), remedy: '' };
  return { cause: clauses.slice(0, at).join('; '), remedy: clauses.slice(at).join('; ') };
}
