import type { AddressInfo } from 'node:net'
import t from 'tap'
import { demandChromium } from '../engines/chromium.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { speechPeaks } from '../fixtures/speech-peaks.ts'
import { openStation } from '../station.ts'

t.test('the waveform stands before the script, moves nothing, and follows pointer and keyboard', async (t) => {
  const browser = await demandChromium(t)
  if (!browser) return
  const station = await openStation(t)
  await publishedEpisode(station, await station.createShow(), { peaks: speechPeaks(1029.4) })
  await station.web.listen({ port: 0, host: '127.0.0.1' })
  const { port } = station.web.server.address() as AddressInfo
  const page = await browser.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  let letScriptsGo = () => {}
  const scriptsMayGo = new Promise<void>((resolve) => {
    letScriptsGo = resolve
  })
  await page.route('**/*.js', async (route) => {
    await scriptsMayGo
    await route.continue()
  })
  const box = async (selector: string) =>
    (await page.locator(selector).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }

  await page.goto(`http://localhost:${port}/shows/long-waves/episodes/first-light`, { waitUntil: 'commit' })
  await page.waitForSelector('.waveform')
  t.ok(await page.locator('audio').isVisible(), "the browser's own controls work until ours do")
  const before = { player: await box('.player'), waveform: await box('.waveform') }
  letScriptsGo()
  await page.waitForSelector('[data-state]')
  t.same({ player: await box('.player'), waveform: await box('.waveform') }, before, 'nothing has moved')

  const pointed = page.locator('[data-pointed]')
  t.notOk(await pointed.isVisible())
  const { x, y, width, height } = before.waveform
  await page.mouse.move(x + width / 2, y + height / 2)
  t.equal(await pointed.textContent(), '8:34')
  await page.mouse.move(x, y - 100)
  t.notOk(await pointed.isVisible())
  await page.mouse.click(x + width / 4, y + height / 2)
  await page.waitForFunction(() => /^4:1\d$/.test(document.querySelector('[data-time]')?.textContent ?? ''))
  await page.mouse.move(x, y - 100)
  await page.keyboard.press('ArrowRight')
  t.match(await pointed.textContent(), /^4:[12]\d$/, 'the keyboard sees its place too')

  await page.setViewportSize({ width: 360, height: 740 })
  t.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360)
  t.same(troubles, [])
})
