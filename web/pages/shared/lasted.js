/** How long what is told of an alert, an anomaly or an incident took. */
import { seconds } from '../../core/format.js';

/** From one time of the API to another, now where it is not over: '3 h 12 min'. */
export function lasted(from, to = null) {
  return seconds(((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000);
}

/** The same of a row with `started_at`, or that it goes on. */
export function lastedOrGoesOn(row) {
  const end = row.ended_at ?? row.resolved_at;
  return end ? lasted(row.started_at, end) : 'goes on';
}
