import { invalid } from '../../core/errors.ts'
import type { Medium } from '../feed-tags/medium.ts'
import type { RemoteItem } from '../feed-tags/remote-item.ts'

/** `podcast:medium`: a feed that is a list holds items of other feeds. */
export function checkMedium(medium: Medium | undefined, remoteItems: readonly RemoteItem[] | undefined): void {
  const isList = medium !== undefined && (medium.endsWith('L') || medium === 'mixed')
  if (!isList || (remoteItems ?? []).length > 0) return
  throw invalid(
    `A feed of the medium “${medium}” is a list: give it “remoteItems” too (podcast:medium).`,
    'remoteItems',
  )
}
