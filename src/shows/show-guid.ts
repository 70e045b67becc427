import ipaddr from 'ipaddr.js'
import { v5 } from 'uuid'
import { feedUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { announceChange } from './show.ts'

/** Of the podcast namespace (docs/tags/guid.md). */
const namespace = 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6'

/** `podcast:guid` of the feed at that address: of its text without the scheme and without slashes at the end. */
export const guidOfFeed = (url: string): string =>
  v5(url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/\/+$/, ''), namespace)

/**
 * Gives a show the guid of its feed when it is first published at a public https address; from then on its guid stays,
 * whatever happens. Until then it has a random one. In the transaction of the publication; idempotent.
 */
export async function settleGuid({ config }: Pick<App, 'config'>, db: Db, showId: string): Promise<void> {
  if (!isPublicAddress(config.publicUrl)) return
  const show = await db.selectFrom('show').select(['slug', 'guidIsFinal']).where('id', '=', showId).executeTakeFirst()
  if (!show || show.guidIsFinal === 1) return
  const guid = guidOfFeed(feedUrl(config, show.slug))
  await db
    .updateTable('show')
    .set({ guid, guidIsFinal: 1 })
    .where('id', '=', showId)
    .where('guidIsFinal', '=', 0)
    .execute()
}

/** The same for all shows that were published while the station had no such address, before a directory sees their feeds. */
export async function settleGuids(app: App): Promise<void> {
  if (!isPublicAddress(app.config.publicUrl)) return
  const unsettled = await app.db
    .selectFrom('show')
    .select('id')
    .where('guidIsFinal', '=', 0)
    .where('deletedAt', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('episode')
          .select('episode.id')
          .whereRef('episode.showId', '=', 'show.id')
          .where('enclosureFile', 'is not', null),
      ),
    )
    .execute()
  for (const { id } of unsettled) {
    await app.db.transaction().execute(async (db) => {
      await settleGuid(app, db, id)
      await announceChange(app, db, id)
    })
  }
}

/** Names that nobody can look up from outside (RFC 6761, RFC 8375, and what home networks use). */
const insideName = /(^|\.)(localhost|local|internal|intranet|lan|home|home\.arpa|test|invalid|example)$/

/** Whether everybody can reach what is at that address, over TLS. */
export function isPublicAddress(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:') return false
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() === 'unicast'
  return host.includes('.') && !insideName.test(host)
}
