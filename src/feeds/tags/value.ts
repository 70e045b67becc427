import type { Value, ValueRecipient, ValueTimeSplit } from '../../shows/feed-tags/value.ts'
import { element, type Xml } from '../xml.ts'
import { remoteItemElement } from './remote-item.ts'

/** `podcast:value`. */
export const valueElement = ({ type, method, suggested, recipients, timeSplits = [] }: Value): Xml =>
  element('podcast:value', { type, method, suggested }, [
    ...recipients.map(recipientElement),
    ...timeSplits.map(timeSplitElement),
  ])

/** `podcast:valueRecipient`. */
const recipientElement = ({ name, customKey, customValue, type, address, split, fee }: ValueRecipient): Xml =>
  element('podcast:valueRecipient', { name, customKey, customValue, type, address, split, fee })

/** `podcast:valueTimeSplit`: one remote item, or recipients. */
const timeSplitElement = (timeSplit: ValueTimeSplit): Xml =>
  element(
    'podcast:valueTimeSplit',
    {
      startTime: timeSplit.startSeconds,
      duration: timeSplit.durationSeconds,
      remoteStartTime: timeSplit.remoteStartSeconds,
      remotePercentage: timeSplit.remotePercentage,
    },
    timeSplit.remoteItem
      ? [remoteItemElement(timeSplit.remoteItem)]
      : (timeSplit.recipients ?? []).map(recipientElement),
  )
