import t from 'tap'
import type { Hit } from '../../src/core/events.ts'
import { demandChromium } from '../engines/chromium.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { wavFile } from '../fixtures/wav-file.ts'
import { openStation } from '../station.ts'
import { eventually, freePort } from './program.ts'

const silenceMs = 1_000
const bytesPerSecond = 44_100 * 2 * 2
/** More than a browser reads ahead: 17 minutes. */
const bytes = 180_000_000

t.test('a browser whose player was paused until its connection was cut goes on with the rest', async (t) => {
  const browser = await demandChromium(t)
  if (!browser) return
  const port = await freePort()
  const environment = { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` }
  const station = await openStation(t, { limits: { silenceMs }, environment })
  const sound = wavFile({ channels: 2 }, Buffer.alloc(bytes))
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { bytes: sound })
  await station.web.listen({ port, host: '127.0.0.1' })
  const page = await browser.newPage()
  await page.goto(show.pageUrl)
  const hits = async () => (await station.app.events.read(0, 100)).hits

  await page.evaluate(async (url) => {
    const audio = document.createElement('audio')
    audio.id = 'paused'
    audio.muted = true
    audio.preload = 'auto'
    audio.src = url
    document.body.append(audio)
    await audio.play()
    audio.pause()
  }, `/audio/${episode.id}/x.mp3`)
  const [cut] = await eventually(20, async () => {
    const found = await hits()
    return found.length > 0 && found
  })
  t.ok((cut?.bytesSent ?? 0) < sound.length, `${cut?.bytesSent} of ${sound.length} bytes were sent before`)

  // Beyond all that can still be in the browser and in the kernel.
  const beyond = (cut?.bytesSent ?? 0) / bytesPerSecond + 30
  await page.evaluate(async () => {
    const audio = document.querySelector<HTMLAudioElement>('#paused')
    if (!audio) throw new Error('there is no player')
    audio.playbackRate = 16
    await audio.play()
  })
  await page.waitForFunction(
    (seconds) => (document.querySelector<HTMLAudioElement>('#paused')?.currentTime ?? 0) > seconds,
    beyond,
  )
  t.pass(`it played on beyond ${Math.round(beyond)} s`)
  await page.close()
  // First it asks whether what it kept of the file is still true (304).
  const isRest = ({ status, range = '' }: Hit) => status === 206 && /^bytes=[1-9]/.test(range)
  const rest = await eventually(20, async () => (await hits()).find(isRest))
  t.comment(`it asked for ${rest.range}`)
})
