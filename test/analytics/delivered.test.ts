import { connect } from 'node:net'
import t from 'tap'
import { countDownloads } from '../../src/analytics/count-downloads.ts'
import type { RenditionFacts } from '../../src/analytics/rendition-facts.ts'
import type { Hit } from '../../src/core/events.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation, type Station } from '../station.ts'

/** A minute is 12 MB: far more than the buffers hold that count as sent when a listener goes away. */
const facts: RenditionFacts = { bytes: 30_000_000, headerBytes: 0, bitrateKbps: 1_600, durationSeconds: 150 }

/** Reads that many bytes and goes away. */
function listen(port: string, url: string, userAgent: string, bytes: number): Promise<void> {
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`GET ${url} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${userAgent}\r\n\r\n`)
  let received = 0
  return new Promise((resolve) =>
    socket.on('data', (chunk) => {
      received += chunk.length
      if (received < bytes) return
      socket.destroy()
      resolve()
    }),
  )
}

const hitsOf = ({ app }: Station, count: number): Promise<Hit[]> =>
  eventually(20, async () => {
    const { hits } = await app.events.read(0, 100)
    return hits.length >= count && hits
  })

t.test('over a real connection, who goes away early is no download, and who hears a minute is one', async (t) => {
  const station = await openStation(t)
  const bytes = Buffer.alloc(facts.bytes, 'sound ')
  const episode = await publishedEpisode(station, await station.createShow(), { bytes })
  const { port } = new URL(await station.web.listen({ port: 0 }))
  const url = `/audio/${episode.id}/first-light.mp3`
  await listen(port, url, 'AntennaPod/1', 100_000)
  await listen(port, url, 'AntennaPod/2', 18_000_000)
  await listen(port, url, 'AntennaPod/3', facts.bytes)

  const hits = await hitsOf(station, 3)
  const ruleOf = () => ({ window: 'first-touch', timeZone: null }) as const
  const counted = countDownloads(hits, { factsOf: () => facts, ruleOf })
  t.match(
    counted.map(({ window }) => [window.certainty, window.isDownload]),
    [
      ['delivered', false],
      ['delivered', true],
    ],
    JSON.stringify(hits.map(({ userAgent, bytesSent }) => [userAgent, bytesSent])),
  )
})
