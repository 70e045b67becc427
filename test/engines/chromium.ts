import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import type { Test } from 'tap'
import { temporary } from '../fixtures/temporary.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome']

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]

/** What a page waits for, on a slow and busy machine too. */
const patienceMs = 120_000

/** A real browser with a fresh profile; where there is none the test says so loudly, and fails in CI. */
export async function demandChromium(t: Test): Promise<BrowserContext | undefined> {
  const executablePath = process.env.CHROMIUM ?? names.map(onPath).find((found) => found !== undefined)
  if (!executablePath) {
    const loud = 'BROWSER JOURNEYS DID NOT RUN: install chromium, or set CHROMIUM to its path'
    process.stderr.write(`\n${loud}\n\n`)
    if (process.env.CI) t.fail(loud)
    else t.comment(loud)
    return undefined
  }
  const profile = await mkdtemp(path.join(temporary, 'longwave-chromium-'))
  const options = { executablePath, headless: true, args: flags, timeout: patienceMs }
  const browser = await chromium.launchPersistentContext(profile, options)
  browser.setDefaultTimeout(patienceMs)
  t.teardown(async () => {
    await browser.close()
    await rm(profile, { recursive: true, force: true })
  })
  return browser
}

function onPath(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}
