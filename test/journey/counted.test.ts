import path from 'node:path'
import t from 'tap'
import { demandChromium } from '../engines/chromium.ts'
import { ownFolder } from '../fixtures/own-folder.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { createEpisode, createShow, expectJson, publish, putAudio, uploadEnd } from './catalogue.ts'
import { eventually, ownerToken, startProgram } from './program.ts'

t.test('what a listener downloads stands on the admin page, whose script goes on working', async (t) => {
  const browser = await demandChromium(t)
  if (!browser) return
  const folder = await ownFolder(t)
  const program = await startProgram(t, { LONGWAVE_HOME: path.join(folder, 'home') })
  const show = await createShow(program)
  const episode = await createEpisode(program, show.id, { notes: 'Heard once.' })
  const upload = await putAudio(program, episode.id, await makeRecording(folder, { kind: 'wav', seconds: 3 }))
  await uploadEnd(program, upload.id)
  const { audio } = await publish(program, episode.id)
  const whole = await fetch(audio?.url ?? '', { headers: { 'user-agent': 'AntennaPod/3.4.0' } })
  await whole.arrayBuffer()
  await eventually(60, async () => {
    const report = await expectJson<{ downloads: number }>(await program.api('GET', `/shows/${show.id}/downloads`), 200)
    return report.downloads === 1
  })

  const page = await browser.newPage()
  page.setDefaultTimeout(15_000)
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.goto(`${program.url}/admin`)
  await page.fill('form[data-sign-in] input[name=token]', ownerToken)
  await page.click('form[data-sign-in] button[type=submit]')
  t.equal(await page.locator('section.downloads .totals dd').first().textContent(), '1')
  t.match(await page.locator('section.downloads figure').first().textContent(), /at most 1 a day/)
  t.notOk(await page.locator('section.downloads').getByText('Invalid').count())
  await page.locator('[data-health]:not(:has-text("Looking"))').waitFor()
  t.same(errors, [])
})
