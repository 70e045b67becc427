import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { App } from '../core/app.ts'
import type { Show } from '../shows/show.ts'
import type { Coding } from './accept-encoding.ts'
import { type DocumentName, type DocumentRow, findFeedDocument, type StoredForm } from './feed-document.ts'
import { newestPage, noSuchPage } from './pages.ts'
import { makeFeed } from './publish-feed.ts'
import { renderApart } from './render-apart.ts'
import { type Answers, answersOf } from './send-document.ts'
import { publicVariant } from './variants.ts'
import { webSubLinks } from './websub-links.ts'

const gunzipAsync = promisify(gunzip)

/** A document ready to be sent. */
export type ServedFeed = Readonly<{ answers: Answers; body: Buffer; retiredAt: number | null }>

/** The public document of that page in that coding, ready to be sent. Throws `not-found` when there is no such page. */
export async function loadPublicFeed(app: App, show: Show, page: number, coding: Coding): Promise<ServedFeed> {
  const name = { showId: show.id, variant: publicVariant.name, page }
  const { row, bytes } = await loadDocument(app, name, coding === 'br' ? 'brotli' : 'gzip')
  const headers = { 'cache-control': 'no-cache', ...(page === newestPage && webSubLinks(app.config, show)) }
  return {
    answers: answersOf(row, coding, headers),
    body: coding === 'identity' ? await gunzipAsync(bytes) : bytes,
    retiredAt: row.retiredAt,
  }
}

/** A stored document. One of a feed that was never made is made here. Throws `not-found` when there is no such page. */
export async function loadDocument(
  app: App,
  name: DocumentName,
  form: StoredForm,
): Promise<{ row: DocumentRow; bytes: Buffer }> {
  const { bytes, ...row } = (await findFeedDocument(app.db, name, form)) ?? (await makeFirst(app, name, form))
  if (!bytes) throw new Error(`the feed document ${JSON.stringify(name)} has no form ${form}`)
  return { row, bytes }
}

/** Older pages are made together with the newest: where that is there, they are not. */
async function makeFirst(app: App, name: DocumentName, form: StoredForm) {
  if (await findFeedDocument(app.db, { ...name, page: newestPage }, form)) throw noSuchPage(name.page)
  await makeFeed(app, name.showId, renderApart)
  const document = await findFeedDocument(app.db, name, form)
  if (!document) throw noSuchPage(name.page)
  return document
}
