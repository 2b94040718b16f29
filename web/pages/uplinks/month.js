/** Months as `YYYY-MM`, which sort and compare as texts. */

const FORM = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whether a text is a month: 'YYYY-MM' -> boolean. */
export function isMonth(text) {
  return FORM.test(text ?? '');
}

/** The month so many after another one: 'YYYY-MM', number -> 'YYYY-MM'. */
export function monthAfter(month, months) {
  const [year, index] = month.split('-').map(Number);
  return new Date(Date.UTC(year, index - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The month that a moment is in, by the clocks of a zone: ms, IANA name -> 'YYYY-MM'. */
export function monthOf(moment, zone) {
  const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', timeZone: zone }).formatToParts(moment);
  const part = (type) => parts.find((one) => one.type === type).value;
  return `${part('year')}-${part('month')}`;
}

/** A month for people: 'YYYY-MM' -> 'November 2026'. */
export function monthName(month) {
  const name = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return name.format(Date.parse(`${month}-01T00:00:00Z`));
}
