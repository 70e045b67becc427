import path from 'node:path'
import t from 'tap'
import { countDownloads } from '../../src/analytics/count-downloads.ts'
import { type RenditionFacts, thresholdBytes } from '../../src/analytics/rendition-facts.ts'
import { createShow } from '../../src/shows/show.ts'
import { hitsOfStation, inStation } from '../fixtures/in-station.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { headOf, openRawClient } from '../fixtures/raw-client.ts'
import { aShow } from '../station.ts'
import { eventually, ownerToken, startProgram } from './program.ts'

const mb = 1_000_000
/** A minute takes 30 MB: the kernel's buffers, which count as sent, take less than what lies between those who count and who do not. */
const facts: RenditionFacts = { bytes: 60 * mb, headerBytes: 0, bitrateKbps: 4_000, durationSeconds: 120 }

type Visit = Readonly<{ range?: string; leavesAfter: number }>

const part = (firstMb: number, endMb: number): Visit => ({
  range: `bytes=${firstMb * mb}-${endMb * mb - 1}`,
  leavesAfter: (endMb - firstMb) * mb,
})

/** What listeners do, and whether it is a download. */
const rows: readonly [string, readonly Visit[], boolean][] = [
  ['Hears/all', [{ leavesAfter: 60 * mb }], true],
  ['Leaves/far-below', [{ leavesAfter: 8 * mb }], false],
  ['Leaves/far-beyond', [{ leavesAfter: 45 * mb }], true],
  ['Leaves/a-range-far-below', [{ range: `bytes=${10 * mb}-`, leavesAfter: 8 * mb }], false],
  ['Leaves/a-range-far-beyond', [{ range: `bytes=${10 * mb}-`, leavesAfter: 42 * mb }], true],
  ['Adds/different-parts', [part(0, 12), part(12, 24), part(24, 36)], true],
  ['Adds/the-same-part', [part(0, 12), part(0, 12), part(0, 12)], false],
  ['Seeks/and-leaves', [{ leavesAfter: 6 * mb }, { range: `bytes=${40 * mb}-`, leavesAfter: 6 * mb }], false],
]

t.test('on the running program, who hears a minute is counted, and who goes away long before is not', async (t) => {
  const environment = { LONGWAVE_HOME: path.join(t.testdir(), 'home'), ADMIN_TOKEN: ownerToken }
  const episode = await inStation(environment, async (app) =>
    publishedEpisode({ app }, await createShow(app, aShow), { bytes: Buffer.alloc(facts.bytes, 'sound ') }),
  )
  const program = await startProgram(t, environment)
  const port = Number(new URL(program.url).port)
  for (const [userAgent, visits] of rows) {
    for (const { range, leavesAfter } of visits) {
      const client = openRawClient(port)
      const headers = { 'user-agent': userAgent, ...(range && { range }) }
      client.say(`${headOf('GET', `/audio/${episode.id}/x.mp3`, headers)}\r\n`)
      await client.hears(leavesAfter)
      client.leave()
      await client.closed()
    }
  }

  const visits = rows.reduce((sum, [, each]) => sum + each.length, 0)
  const hits = await eventually(20, async () => {
    const found = await hitsOfStation(environment)
    return found.length >= visits && found
  })
  t.equal(hits.length, visits)
  const counted = (userAgent: string) => {
    const own = hits.filter((hit) => hit.userAgent === userAgent)
    return countDownloads(own, { factsOf: () => facts, ruleOf: () => ({ window: 'first-touch', timeZone: null }) })
  }
  for (const [userAgent, , isDownload] of rows) {
    const sent = hits.filter((hit) => hit.userAgent === userAgent).map(({ bytesSent }) => bytesSent)
    t.equal(
      counted(userAgent).length,
      isDownload ? 1 : 0,
      `${userAgent}: ${sent.join(', ')} of ${thresholdBytes(facts)}`,
    )
  }
})
