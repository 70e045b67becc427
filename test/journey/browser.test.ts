import path from 'node:path'
import type { Page } from 'playwright-core'
import t from 'tap'
import { demandChromium } from '../engines/chromium.ts'
import { ownFolder } from '../fixtures/own-folder.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { eventually, ownerToken, startProgram } from './program.ts'

/** What must never happen on a page of ours: an error in a script, or something that the CSP blocks. */
function watch(page: Page): string[] {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  return troubles
}

/** Keeps the seconds to which the page's player is sent from now on; gives those so far. */
async function followSeeks(page: Page): Promise<() => Promise<number[]>> {
  const sought = await page.locator('audio').evaluateHandle((audio: HTMLAudioElement) => {
    const seconds: number[] = []
    audio.addEventListener('seeking', () => seconds.push(audio.currentTime))
    return seconds
  })
  return () => sought.jsonValue()
}

const stateOf = async (page: Page) => (await page.locator('[data-state]').first().textContent()) ?? ''

t.test('a podcaster signs in, creates, uploads and publishes; a listener plays and seeks', async (t) => {
  const browser = await demandChromium(t)
  if (!browser) return
  const folder = await ownFolder(t)
  const program = await startProgram(t, { LONGWAVE_HOME: path.join(folder, 'home') })
  const recording = await makeRecording(folder, { kind: 'wav', seconds: 90, filename: 'Evening tape.wav' })
  const page = await browser.newPage()
  const troubles = watch(page)

  await t.test('sign in', async (t) => {
    await page.goto(`${program.url}/admin`)
    await page.fill('form[data-sign-in] input[name=token]', ownerToken)
    await page.click('form[data-sign-in] button[type=submit]')
    await page.waitForSelector('form[data-new-show]', { state: 'attached' })
    const [cookie] = await browser.cookies()
    t.match(cookie, { httpOnly: true, sameSite: 'Strict' })
  })

  await t.test('create a show and an episode', async (t) => {
    const form = page.locator('form[data-new-show]')
    for (const [name, value] of Object.entries({
      title: 'Evening Show',
      description: 'Every evening.',
      author: 'Eve',
      ownerEmail: 'eve@example.com',
      language: 'en',
    })) {
      await form.locator(`[name=${name}]`).fill(value)
    }
    await form.locator('[name=category]').selectOption('Technology')
    await form.locator('button[type=submit]').click()
    const episodeForm = page.locator('form[data-new-episode]')
    await episodeForm.waitFor({ state: 'attached' })
    if (!(await episodeForm.isVisible()))
      await page.locator('details:has(form[data-new-episode]) > summary').first().click()
    await episodeForm.locator('[name=notes]').fill('## Tonight\n\nAt 0:45 something **happens**.')
    await episodeForm.locator('button[type=submit]').click()
    await page.waitForSelector('[data-episode]')
    t.match(await stateOf(page), /draft/i)
  })

  await t.test('upload with progress, and publish', async (t) => {
    const episode = page.locator('[data-episode]').first()
    // Hidden until the page's script hears of it, and a file that is chosen before is lost.
    await episode.locator('.recording').waitFor()
    await episode.locator('input[type=file][data-recording]').setInputFiles(recording)
    await eventually(90, async () => /ready/i.test(await stateOf(page)))
    await page.locator('button[data-publish]').first().click()
    await eventually(20, async () => /published/i.test(await stateOf(page)))
    t.match(await page.locator('[data-episode]').first().textContent(), 'Evening tape', 'the title came from the file')
  })

  await t.test('give it chapters and a transcript', async (t) => {
    const episode = page.locator('[data-episode]').first()
    await episode.locator('summary', { hasText: 'Chapters and transcript' }).click()
    const give = async (what: string, name: string, text: string) => {
      const form = episode.locator(`[data-text=${what}]`)
      await form.locator('input').setInputFiles({ name, mimeType: '', buffer: Buffer.from(text) })
      return form.locator('[data-text-state]')
    }
    const chapters = await give('chapters', 'marks.txt', '0:00 Dusk\n0:30 Dark\n1:10 Dawn')
    await eventually(20, async () => (await chapters.textContent()) === '3 chapters.')
    const transcript = await give('transcript', 'said.srt', '1\n00:00:30,000 --> 00:00:32,000\nEve: It is dark.')
    await eventually(20, async () => /A transcript \(en\)/.test((await transcript.textContent()) ?? ''))
    t.pass('both were read')
  })

  await t.test('the episode page plays, and seeks into the middle', async (t) => {
    await page.goto(`${program.url}/shows/evening-show/episodes/evening-tape`)
    const time = () => page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).currentTime)
    const seeks = await followSeeks(page)
    await page.click('[data-play]')
    await eventually(20, async () => (await time()) > 0.5)
    const seekTo = (seconds: number) =>
      page.locator('[data-seek]').evaluate((bar, value) => {
        const input = bar as HTMLInputElement
        input.value = String(value)
        input.dispatchEvent(new Event('input', { bubbles: true }))
        input.dispatchEvent(new Event('change', { bubbles: true }))
      }, seconds)
    await seekTo(45)
    const to = await eventually(20, async () => (await seeks()).at(-1))
    t.ok(Math.abs(to - 45) < 0.5, `${to} s`)
    await eventually(20, async () => (await time()) > 45.3)
    await page.click('[data-play]')
    const pausedAt = await time()
    const shown = /(\d+):(\d\d)/.exec((await page.locator('[data-time]').textContent()) ?? '')
    t.ok(Math.abs(Number(shown?.[1]) * 60 + Number(shown?.[2]) - pausedAt) < 2, `${shown?.[0]} at ${pausedAt} s`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    t.equal(await time(), pausedAt)
  })

  await t.test(
    'a chapter plays from there, each time it is pressed, and is marked; the transcript is found in',
    async (t) => {
      const time = () => page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).currentTime)
      const seeks = await followSeeks(page)
      const dark = page.locator('.chapters a', { hasText: 'Dark' })
      for (const [index, press] of ['first', 'second'].entries()) {
        await dark.click()
        const to = await eventually(20, async () => (await seeks())[index])
        t.ok(Math.abs(to - 30) < 0.5, `${press}: ${to} s`)
        await eventually(20, async () => (await time()) > 30.2)
        t.match(await page.locator('.chapters [aria-current]').textContent(), '0:30Dark', press)
      }
      await page.click('[data-play]')
      await page.click('.transcript > summary')
      await page.fill('.transcript input[type=search]', 'DÁRK')
      t.equal(await page.locator('[data-found]').textContent(), '1 passage')
      await page.fill('.transcript input[type=search]', 'bright')
      t.equal(await page.locator('.said cite').isVisible(), false)
    },
  )

  await t.test('on a phone nothing is wider than the screen', async (t) => {
    await page.setViewportSize({ width: 360, height: 740 })
    for (const where of ['/', '/shows/evening-show', '/shows/evening-show/episodes/evening-tape', '/admin']) {
      await page.goto(program.url + where)
      t.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, where)
    }
  })

  t.same(troubles, [], 'no script failed, and the content security policy blocked nothing')
})
