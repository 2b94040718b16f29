/** Anomalies: what was out of the usual, one by one or together as incidents. */
import { anomalyList, incidentList } from './anomalies/lists.js';
import { mountListTabs } from './shared/list-tabs.js';

const VIEWS = [{ id: 'anomalies', title: 'Anomalies', mount: anomalyList }, { id: 'incidents', title: 'Incidents', mount: incidentList }];

/** @type {{title: () => string, mount: (root: Element) => () => void}} */
export const anomaliesPage = {
  title: () => 'Anomalies',
  mount: root => mountListTabs(root, '/anomalies', VIEWS, ['q']),
};
