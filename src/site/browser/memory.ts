/** What this browser remembers of a listener, and only here. Where storage is refused, as in some private windows, nothing is. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`longwave:${name}`) ?? undefined
  } catch {
    return undefined
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`longwave:${name}`, value)
  } catch {
    // Refused or full: the page works without.
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`longwave:${name}`)
  } catch {
    // As above.
  }
}

/** The remembered number, when it is one from `least` to `most`. */
export function recallNumber(name: string, least: number, most: number): number | undefined {
  const value = Number(recall(name) ?? Number.NaN)
  return value >= least && value <= most ? value : undefined
}
