import t, { type Test } from 'tap'
import { createServedLookup } from '../../../src/analytics/ingest/find-served.ts'
import type { Target } from '../../../src/analytics/ingest/logged-request.ts'
import { newId } from '../../../src/core/ids.ts'
import { createFeedToken } from '../../../src/shows/feed-token.ts'
import { findRendition } from '../../../src/shows/rendition.ts'
import { fakeClock } from '../../fixtures/fake-clock.ts'
import { giveAlternate, giveAudio, publishedEpisode } from '../../fixtures/published-episode.ts'
import { openStation } from '../../station.ts'

const hourMs = 60 * 60 * 1000
const noon = Date.UTC(2026, 10, 26, 12)

/** An episode whose audio was replaced an hour after noon. */
async function replacedEpisode(t: Test, environment: Record<string, string> = {}) {
  const clock = fakeClock(noon)
  const { app, createShow } = await openStation(t, { clock, environment })
  const show = await createShow()
  const { id, renditionId: first } = await publishedEpisode({ app }, show, {})
  const { id: alternate } = await giveAlternate(app, id, Buffer.from('aac'))
  clock.turnTo(noon + hourMs)
  await giveAudio(app, id, { bytes: Buffer.from('other audio') })
  const { renditionId: second } = await app.db
    .selectFrom('episode')
    .select('renditionId')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { app, clock, show, id, first: first ?? '', second: second ?? '', alternate }
}

t.test('an episode’s address names the audio that was served then', async (t) => {
  const { app, id, first, second, alternate } = await replacedEpisode(t)
  const find = createServedLookup(app)
  const rows: [string, number, string | undefined][] = [
    ['x.mp3', noon, first],
    ['x.MP3', noon + hourMs - 1, first],
    ['x.mp3', noon + hourMs, second],
    ['x.mp3', noon + 9 * hourMs, second],
    ['x.mp3', noon - 1, first],
    ['x.m4a', noon + 1_000, alternate],
    ['x.ogg', noon, undefined],
    ['x', noon, undefined],
  ]
  for (const [file, at, renditionId] of rows) {
    const expected = renditionId && { episodeId: id, renditionId, door: 'audio' }
    t.strictSame(await find({ target: { url: `/audio/${id}/${file}` }, at }), expected, `${file} ${at - noon}`)
  }
})

t.test('a rendition’s address names it, however old it is', async (t) => {
  const { app, id, first, alternate } = await replacedEpisode(t)
  const find = createServedLookup(app)
  const at = noon + 9 * hourMs
  t.strictSame(await find({ target: { url: `/media/${first}/x.mp3` }, at }), {
    ...{ episodeId: id, renditionId: first, door: 'media' },
  })
  t.match(await find({ target: { url: `/media/${alternate}/download/x.m4a` }, at }), {
    ...{ renditionId: alternate, door: 'download' },
  })
  t.equal(await find({ target: { url: `/media/${first}/x.m4a` }, at }), undefined)
})

t.test('a key of the store names the rendition, with the prefix of STORAGE_URL', async (t) => {
  const { app, first } = await replacedEpisode(t)
  const key = (await findRendition(app, first))?.key ?? ''
  const atPrefix = (prefix: string) =>
    createServedLookup({ ...app, config: { ...app.config, s3: { bucket: 'b', prefix, region: 'r', pathStyle: true } } })
  const rows: [string, string, boolean][] = [
    ['', key, true],
    ['', `/${key}`, true],
    ['', encodeURIComponent(key), true],
    ['', encodeURIComponent(encodeURIComponent(key)), true],
    ['long wave/', encodeURIComponent(`long wave/${key}`), true],
    ['long wave/', key, false],
    ['', key.replace('.mp3', '.m4a'), false],
    ['', `${key}\0`, false],
    ['', '%', false],
    ['', '', false],
  ]
  for (const [prefix, logged, isFound] of rows) {
    const served = await atPrefix(prefix)({ target: { key: logged }, at: noon })
    t.strictSame(served && [served.renditionId, served.door], isFound ? [first, 'media'] : undefined, logged)
  }
})

t.test('of a private link the token’s id is kept, never the token', async (t) => {
  const { app, show, id, second } = await replacedEpisode(t)
  const { token, feedToken } = await createFeedToken(app, show.id, { name: 'Ann' })
  const find = createServedLookup(app)
  const ask = (text: string) => find({ target: { url: `/audio/p/${text}/${id}/x.mp3` }, at: noon + 2 * hourMs })
  const served = await ask(token)
  t.strictSame(served, { episodeId: id, renditionId: second, door: 'private', feedTokenId: feedToken.id })
  t.notMatch(JSON.stringify(served), token)
  t.equal(await ask('another'), undefined)
})

t.test('what is no audio of this station is nothing', async (t) => {
  const { app, show } = await replacedEpisode(t)
  const find = createServedLookup(app)
  const targets: Target[] = [
    { url: `/audio/${newId()}/x.mp3` },
    { url: `/media/${newId()}/x.mp3` },
    { url: `/shows/${show.slug}/feed.xml` },
    { url: '' },
    { key: 'backup/x.mp3' },
  ]
  for (const target of targets) t.equal(await find({ target, at: noon }), undefined, JSON.stringify(target))
})
