/** Fills a schedule form's `at` with the instant of its local time (ISO 8601, UTC). */
export function fillInstant(event: Event): void {
  const form = event.target as HTMLFormElement
  if (!form.matches('[data-schedule]')) return
  const local = form.querySelector<HTMLInputElement>('[data-local-time]')?.value ?? ''
  const at = form.elements.namedItem('at') as HTMLInputElement
  at.value = local && new Date(local).toISOString()
}

/** The value of a `datetime-local` field: that instant on the wall clock of this browser. */
export function toLocalInput(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}
