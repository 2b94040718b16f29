/** The order of alerts: what needs somebody now comes first. */
import { SEVERITIES, STATES } from './words.js';

/**
 * Firing first, what nobody is told of after what somebody is, then the worst, then the latest.
 * @param {object[]} alerts rows of GET /alerts
 * @returns {object[]} the same in order
 */
export function inOrder(alerts) {
  return [...alerts].sort(
    (a, b) =>
      standing(a) - standing(b) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      Date.parse(b.started_at) - Date.parse(a.started_at) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** What is being verified may be told within seconds, so it stands with what is told. */
function standing(alert) {
  const isQuiet = alert.is_held && alert.hold !== 'verifying';
  return STATES.indexOf(alert.state) + (isQuiet ? STATES.length : 0);
}

/**
 * Rows of the list, where alerts that another one explains follow it when it is unfolded.
 * @param {object[]} alerts in order
 * @param {(id: string) => object[]|null|undefined} explainedBy what an unfolded one explains; null while it is read, undefined where it
 * is folded
 * @returns {{alert: object, depth: number, isOpen: boolean, isReading: boolean}[]}
 */
export function folded(alerts, explainedBy) {
  return alerts.flatMap(alert => {
    const explained = explainedBy(alert.id);
    const row = { alert, depth: 0, isOpen: explained !== undefined, isReading: explained === null };
    return [row, ...(explained ?? []).map(each => ({ alert: each, depth: 1, isOpen: false, isReading: false }))];
  });
}

/**
 * The tree of what an alert explains: each one under the device before it on the way from the poller.
 * @param {object[]} explained alerts with `cause.path`, the devices on the way to each
 * @returns {{name: string, alerts: object[], children: object[]}[]} branches by device
 */
export function explainsTree(explained) {
  const top = { name: '', alerts: [], children: [] };
  for (const alert of explained) {
    const way = shared(explained, alert.cause?.path ?? []);
    const own = alert.device_name ?? alert.system ?? '';
    const full = way.at(-1) === own ? way : [...way, own];
    full.reduce((branch, name) => childOf(branch, name), top).alerts.push(alert);
  }
  return top.children.map(withoutPassages);
}

/** The path from where the ways of all explained alerts part; the way they share says nothing of them. */
function shared(explained, path) {
  const paths = explained.map(alert => alert.cause?.path ?? []);
  let same = 0;
  while (same < path.length - 1 && paths.every(other => other[same] === path[same])) same += 1;
  return path.slice(same);
}

function childOf(branch, name) {
  const known = branch.children.find(child => child.name === name);
  if (known) return known;
  const child = { name, alerts: [], children: [] };
  branch.children.push(child);
  return child;
}

/** Devices without an alert of their own that lead to one branch only are written in one line: `DIST-04 › BRANCH-7`. */
function withoutPassages(branch) {
  const children = branch.children.map(withoutPassages);
  if (branch.alerts.length > 0 || children.length !== 1) return { ...branch, children };
  return { ...children[0], name: `${branch.name} › ${children[0].name}` };
}
