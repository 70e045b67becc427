const percents = /(?<![\d.])(\d{1,3})(?:\.\d{1,9})?\s?%/g

/** The last percentage that a line names, 0 to 1: `progress = 42%`, ` 42%|████    | 5/12`. Undefined when it names none. */
export function tryParsePercent(line: string): number | undefined {
  const last = [...line.matchAll(percents)].at(-1)
  const fraction = last && Number.parseFloat(last[0]) / 100
  return fraction !== undefined && fraction <= 1 ? fraction : undefined
}
