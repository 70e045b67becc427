export const sessionIsOver = 'You are not signed in any more. Sign in again in another tab, then go on here.'

/** What a refused request's answer says to a person: the detail of its problem document (RFC 9457). */
export function problemWords(status: number, body: string): string {
  if (status === 401) return sessionIsOver
  try {
    const { detail } = JSON.parse(body)
    if (typeof detail === 'string') return detail
  } catch {
    // A proxy in between answers in its own words.
  }
  if (status === 413) return 'A proxy in front of this station refuses files of this size. Raise its limit.'
  return `The station answered ${status}. Try again in a moment.`
}
