import type { AddressInfo } from 'node:net'
import path from 'node:path'
import t from 'tap'
import { demandChromium } from '../engines/chromium.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { fakeCommand } from '../fixtures/transcribers.ts'
import { openStation, ownerToken } from '../station.ts'

t.test('a podcaster has an episode transcribed, sees how far it is, stops it, and has it done', async (t) => {
  const browser = await demandChromium(t)
  if (!browser) return
  const command = fakeCommand('hesitate', path.join(t.testdir({}), 'pids'), '{audio}')
  const station = await openStation(t, { environment: { TRANSCRIBE_COMMAND: command } })
  await publishedEpisode(station, await station.createShow())
  station.startWorking()
  await station.web.listen({ port: 0, host: '127.0.0.1' })
  const { port } = station.web.server.address() as AddressInfo
  const page = await browser.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))

  await page.goto(`http://localhost:${port}/admin`)
  await page.fill('input[name=token]', ownerToken)
  await page.click('button[type=submit]')
  const open = () => page.click('summary:has-text("Chapters and transcript")')
  await open()
  await page.click('text=Transcribe the audio')
  await page.waitForSelector('text=The audio is being transcribed.')
  await page.waitForFunction(
    () => document.querySelector<HTMLProgressElement>('[data-transcribe] progress')?.value === 0.42,
  )

  await page.reload()
  await open()
  t.ok(await page.locator('[data-transcribe] progress').isVisible(), 'it is followed by a page that comes later')
  await page.click('text=Stop transcribing')
  await page.waitForSelector('text=No transcript was made. It was cancelled.')
  t.notOk(await page.locator('[data-transcribe] progress').isVisible())

  await page.click('text=Transcribe the audio')
  await page.waitForSelector('text=A transcript (en), made by this station.')
  t.ok(await page.locator('text=Transcribe the audio').isVisible())
  t.ok(await page.locator('[data-text=transcript] [data-remove]').isVisible())
  t.same(troubles, [])
})
