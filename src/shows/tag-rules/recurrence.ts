/** The parts of a recurrence rule, by name (RFC 5545 §3.3.10). */
export type Recurrence = ReadonlyMap<string, string>

const numbers = (low: number, high: number) => (value: string) =>
  value.split(',').every((each) => /^\d{1,4}$/.test(each) && +each >= low && +each <= high)

/** From the end too, with a minus; 0 is none. */
const eitherWay = (high: number) => (value: string) =>
  value.split(',').every((each) => /^[+-]?\d{1,3}$/.test(each) && Math.abs(+each) >= 1 && Math.abs(+each) <= high)

const matching = (pattern: RegExp) => (value: string) => pattern.test(value)

const weekday = '(MO|TU|WE|TH|FR|SA|SU)'

const parts: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: matching(/^(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$/),
  UNTIL: matching(/^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/),
  COUNT: numbers(1, 9999),
  INTERVAL: numbers(1, 9999),
  BYSECOND: numbers(0, 60),
  BYMINUTE: numbers(0, 59),
  BYHOUR: numbers(0, 23),
  BYDAY: matching(new RegExp(`^[+-]?([1-9]|[1-4]\\d|5[0-3])?${weekday}(,[+-]?([1-9]|[1-4]\\d|5[0-3])?${weekday})*$`)),
  BYMONTHDAY: eitherWay(31),
  BYYEARDAY: eitherWay(366),
  BYWEEKNO: eitherWay(53),
  BYMONTH: numbers(1, 12),
  BYSETPOS: eitherWay(366),
  WKST: matching(new RegExp(`^${weekday}$`)),
}

/** The rule's parts; or, where it is none, a sentence that says what is wrong with it. */
export function tryParseRecurrence(text: string): Recurrence | string {
  const found = new Map<string, string>()
  for (const part of text.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=')
    if (!Object.hasOwn(parts, name)) return `“${name}” is not a part of a recurrence rule.`
    if (found.has(name)) return `${name} stands twice.`
    if (rest.length > 0 || !parts[name]?.(value)) return `“${value}” is not a value of ${name}.`
    found.set(name, value)
  }
  if (!found.has('FREQ')) return 'A recurrence rule needs FREQ.'
  if (found.has('COUNT') && found.has('UNTIL')) return 'A recurrence rule has COUNT or UNTIL, not both.'
  return found
}
