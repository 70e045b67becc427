import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { type DocumentRow, type FeedDocument, hashOf, listDocumentRows } from './feed-document.ts'
import { makeItems } from './feed-items.ts'
import type { FeedItem, FeedModel } from './feed-model.ts'
import type { FeedSource } from './feed-source.ts'
import { rendererVersion } from './feed-xml.ts'
import { itemsOfPage, modelsOfPages } from './make-model.ts'
import { cutPages, lastBoundary, newestPage, type Page } from './pages.ts'
import { tellWorld } from './push/tell-world.ts'
import type { RenderDocument } from './render-document.ts'
import { outlived } from './retired-pages.ts'
import { noteUnchanged, savePages } from './save-pages.ts'
import type { Variant } from './variants.ts'

export type Build = Readonly<{
  /** `Changes.version()` before anything was read. */
  version: number
  /** Epoch milliseconds. */
  now: number
  render: RenderDocument
}>

/** Makes those pages of a variant again whose content is another than what is stored. */
export async function publishVariant(app: App, source: FeedSource, variant: Variant, build: Build): Promise<void> {
  const { show } = source
  const { version, now } = build
  const items = await makeItems(app, source, variant, now)
  const pages = cutPages(items.length, show.feedPageSize)
  const stored = await listDocumentRows(app.db, show.id, variant.name)
  const modelOf = modelsOfPages(app, source, variant, { items, pages })
  const changed: FeedDocument[] = []
  for (const [index, page] of pages.entries()) {
    const name = { showId: show.id, variant: variant.name, page: page.before }
    const document = await changedDocument(modelOf(index), stored.get(page.before), build)
    if (document) changed.push({ ...name, ...document, version, itemsHash: hashOfItems(items, page) })
  }
  const rows = [...stored.values()]
  const named = pages.map(({ before }) => before)
  const unnamed = rows.filter(({ page }) => !named.includes(page))
  const isStillRight = (row: DocumentRow) => hasSameItems(row, items, show.feedPageSize)
  const forgotten = outlived(unnamed, isStillRight, now)
  const isMoved = rows.some(({ page, retiredAt }) => named.includes(page) === (retiredAt !== null))
  const saved = { showId: show.id, variant: variant.name, version, now, pages: named, changed, forgotten }
  const isNewAtItsAddress = changed.some(({ page }) => page === newestPage)
  const announce = async (db: Db) => {
    if (!variant.isPrivate) await tellWorld(app, db, { source, items, isNewAtItsAddress })
  }
  if (changed.length + forgotten.length > 0 || isMoved) await savePages(app, saved, announce)
  else await noteUnchanged(app.db, saved)
}

/** Undefined when the stored one says the same already. */
async function changedDocument(model: FeedModel, stored: DocumentRow | undefined, { now, render }: Build) {
  const modelHash = hashOf(JSON.stringify([rendererVersion, model]))
  if (stored?.modelHash === modelHash) return undefined
  const modifiedAt = laterThan(stored?.modifiedAt, now)
  return { ...(await render(model, modifiedAt)), modelHash, modifiedAt, retiredAt: null }
}

/** HTTP dates have whole seconds, and some apps ask by date alone: each change gets a second of its own. */
const laterThan = (last: number | undefined, now: number): number =>
  last === undefined ? now : Math.max(now, Math.floor(last / 1000) * 1000 + 1000)

/** An episode that was taken back, or one that was slipped in before, has others in its place. */
function hasSameItems({ page, itemsHash }: DocumentRow, items: readonly FeedItem[], size: number): boolean {
  return (
    page <= items.length && hashOfItems(items, { before: page, from: lastBoundary(page, size), to: page }) === itemsHash
  )
}

const hashOfItems = (items: readonly FeedItem[], page: Page): string =>
  hashOf(JSON.stringify(itemsOfPage(items, page).map(({ guid }) => guid)))
