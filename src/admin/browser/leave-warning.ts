const sendings = new Set<object>()

/** Has the browser ask before the page is left while something is being sent. */
export function warnOnLeaving(sending: object, isSending: boolean): void {
  if (isSending) sendings.add(sending)
  else sendings.delete(sending)
}

globalThis.addEventListener?.('beforeunload', (event) => {
  if (sendings.size > 0) event.preventDefault()
})
