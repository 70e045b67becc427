/** A value of a table: text or number; absent: an empty field. */
export type Cell = string | number | null | undefined

/**
 * A table as CSV (RFC 4180), its first line the names of the columns. Text that a spreadsheet would take for a formula gets an
 * apostrophe in front: listeners' programs and titles may begin with anything.
 */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))]
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('')
}

function field(value: Cell): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r\n]/.test(value ?? '') ? `'${value}` : (value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Whether a client would rather have CSV than JSON: it names it in `Accept` (RFC 9110 §12.5.1), and not JSON before it. */
export function prefersCsv(accept = ''): boolean {
  const csv = qualityOf(accept, 'text/csv')
  return csv > 0 && csv >= qualityOf(accept, 'application/json')
}

function qualityOf(accept: string, type: string): number {
  for (const range of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim())
    if (name !== type) continue
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    return quality === undefined ? 1 : Number(quality.slice(2)) || 0
  }
  return 0
}
