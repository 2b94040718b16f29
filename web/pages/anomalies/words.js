/** What the words of the anomaly API are called on the screen. */

/** What an anomaly looks like. */
export const PATTERNS = {
  spike: 'Spike',
  drop: 'Drop',
  outage: 'Outage',
  flapping: 'Flapping',
  saturation: 'Saturation',
  level_shift: 'Level shift',
  drift: 'Drift',
  unusual: 'Unusual',
};

/** Whether somebody is told, as a sentence. */
export const STATES = {
  raised: 'It is told.',
  held_back: 'The week’s budget is spent: nobody is told.',
  muted: 'An operator muted it.',
  expected: 'An operator expected it.',
};

/** Over which time it was judged. */
export const DURATIONS = {
  now: 'this poll alone',
  three_samples: 'the middle of three polls',
  six_samples: 'the weakest of six polls',
  twenty_four_samples: 'the weakest of 24 polls',
  half_day: 'half a day',
};

/** What holds the members of an incident together. */
export const SCOPES = {
  interface: 'one interface',
  link: 'both ends of a link',
  device: 'one device',
  site: 'one site',
  common: 'all over the network',
};

/** What operators say of an anomaly. */
export const ACTIONS = {
  expected: { title: 'Expected', text: 'A false alarm: the limit of that rate rises.',
    needsUntil: false, takesUntil: true },
  new_normal: { title: 'New normal', text: 'The levels of all hours move to it.', needsUntil: false,
    takesUntil: false },
  mute: { title: 'Mute', text: 'Scored and learnt, not told.', needsUntil: true, takesUntil: true },
};

/** What an action is said of. */
export const ACTION_SCOPES = [
  { value: 'anomaly', title: 'This anomaly' },
  { value: 'side', title: 'This direction and measure' },
  { value: 'interface', title: 'The whole interface' },
];
