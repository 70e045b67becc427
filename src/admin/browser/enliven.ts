import { toLocalInput } from './schedule.ts'

/** Shows what only works with this script, and turns instants into the reader's own time. */
export function enliven(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-needs-script]')) element.hidden = false
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
    time.textContent = moment.format(new Date(time.dateTime))
  }
  for (const input of root.querySelectorAll<HTMLInputElement>('[data-local-time]')) {
    const at = input.dataset.localTime
    if (at) input.defaultValue = toLocalInput(new Date(at))
  }
}

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })
