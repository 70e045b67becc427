import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { feedXml } from '../../src/feeds/feed-xml.ts'
import { generatedShows } from '../fixtures/generated-shows.ts'
import { readBack } from '../fixtures/read-back.ts'
import { toldBy } from '../fixtures/told-by.ts'

// podcast-partytime logs what it does not like when it is loaded without this.
process.env.PARTYTIME_LOG = 'silent'
const { parseFeed } = await import('podcast-partytime')

const modifiedAt = Date.parse('2026-03-01T12:00:00Z')

/** `GENERATED_SHOWS=10000 TAP_TIMEOUT=3000` asks for more than what each run of the suite has time for. */
const numRuns = Number(process.env.GENERATED_SHOWS ?? 250)

t.test('whatever a show says, its feed parses and keeps every value', async () => {
  fc.assert(
    fc.property(generatedShows, (show) => {
      const xml = feedXml(show, modifiedAt)
      deepStrictEqual(readBack(xml), toldBy(show, modifiedAt))
      deepStrictEqual(parseFeed(xml)?.items.length, show.items.length)
    }),
    { numRuns },
  )
})
