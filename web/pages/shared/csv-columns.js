/** Columns of a CSV in the form of core/csv.js: names of fields, or [title, name of the field or row -> value]. */
export function csvColumns(columns) {
  return columns.map(column => {
    const [title, of] = Array.isArray(column) ? column : [column, column];
    return { title, value: typeof of === 'string' ? row => row[of] : of };
  });
}
