import { invalid } from '../../core/errors.ts'
import type { Value, ValueRecipient, ValueTimeSplit } from '../feed-tags/value.ts'
import { demandInside } from './passage.ts'

const lightningAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const lightningNode = /^0[23][0-9a-f]{64}$/i

/**
 * `podcast:value`: somebody gets something, fees are percentages of at most 100 in sum, and time splits follow each other within the
 * episode (`audioSeconds`; undefined: its length is not known).
 */
export function checkValue(value: Value, field: string, audioSeconds: number | undefined): void {
  checkRecipients(value.recipients, `${field}.recipients`, value.type)
  let previousEnd = 0
  for (const [index, split] of (value.timeSplits ?? []).entries()) {
    const place = `${field}.timeSplits.${index}`
    checkTimeSplit(split, place, value.type)
    demandInside(split, place, audioSeconds, 'podcast:valueTimeSplit')
    if (split.startSeconds < previousEnd) {
      throw invalid(
        `“${place}” begins before the split in front of it ends, at ${previousEnd} s. Put time splits in order, without overlaps (podcast:valueTimeSplit).`,
        `${place}.startSeconds`,
      )
    }
    previousEnd = split.startSeconds + split.durationSeconds
  }
}

function checkTimeSplit({ remoteItem, recipients, ...others }: ValueTimeSplit, place: string, type: string): void {
  if ((remoteItem === undefined) === (recipients === undefined)) {
    throw invalid(
      `“${place}” needs either a “remoteItem” or “recipients”, and not both (podcast:valueTimeSplit).`,
      place,
    )
  }
  if (recipients) checkRecipients(recipients, `${place}.recipients`, type)
  for (const name of ['remotePercentage', 'remoteStartSeconds'] as const) {
    if (!remoteItem && others[name] !== undefined) {
      throw invalid(`“${place}.${name}” only goes with a “remoteItem” (podcast:valueTimeSplit).`, `${place}.${name}`)
    }
  }
}

function checkRecipients(recipients: readonly ValueRecipient[], field: string, type: string): void {
  const sum = (isFee: boolean) =>
    recipients.filter(({ fee = false }) => fee === isFee).reduce((total, { split }) => total + split, 0)
  if (sum(false) === 0) {
    throw invalid(
      `“${field}” gives nobody a share: at least one recipient without “fee” needs a split above 0 (podcast:valueRecipient).`,
      field,
    )
  }
  if (sum(true) > 100) {
    throw invalid(
      `The fees of “${field}” come to ${sum(true)} percent: with “fee” a split is a percentage, at most 100 in sum (podcast:valueRecipient).`,
      field,
    )
  }
  for (const [index, recipient] of recipients.entries()) checkAddress(recipient, `${field}.${index}.address`, type)
}

function checkAddress({ type: kind, address }: ValueRecipient, field: string, type: string): void {
  if (kind === 'lnaddress' && !lightningAddress.test(address)) {
    throw invalid(`“${field}” must be a Lightning address, like name@example.com (podcast:valueRecipient).`, field)
  }
  if (kind === 'node' && type === 'lightning' && !lightningNode.test(address)) {
    throw invalid(
      `“${field}” must be the public key of a Lightning node: 66 digits, 0 to 9 and a to f, that begin with 02 or 03 (podcast:valueRecipient).`,
      field,
    )
  }
}
