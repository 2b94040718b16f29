/** /rules: what classifies interfaces and raises alerts, why it decided so, and what another file would decide. */
import { mountViews } from '../ui/views.js';
import { mountAlertRules } from './rules/alert-rules.js';
import { mountExplain } from './rules/explain.js';
import { mountInForce } from './rules/in-force.js';
import { mountReplay } from './rules/replay.js';
import { mountTry } from './rules/try.js';

const VIEWS = [
  { id: 'force', title: 'Classification rules', mount: mountInForce },
  { id: 'explain', title: 'Explain an interface', mount: mountExplain },
  { id: 'try', title: 'Try a rule file', mount: mountTry },
  { id: 'alerts', title: 'Alert rules', mount: mountAlertRules },
  { id: 'replay', title: 'Try an alert file', mount: mountReplay },
];

/** The page of rules. */
export const rulesPage = {
  title: () => 'Rules',
  mount(root) {
    return mountViews(root, VIEWS, '/rules');
  },
};
