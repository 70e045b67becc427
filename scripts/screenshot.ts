/**
 * Takes docs/episode-page.png: starts the built program with the sample show in a temporary home, and looks at an episode in
 * headless Chromium. Run it with `npm run screenshot`; CHROMIUM names the browser where none is on the PATH.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { freePort } from '../test/journey/program.ts'

const root = path.join(import.meta.dirname, '../..')
const target = path.join(root, 'docs/episode-page.png')
const show = '/shows/longwave-after-dark'
const episode = `${show}/episodes/good-occasionally-poor`
const episodesInSample = 2
const patienceMs = 60_000
const view = { width: 1280, height: 950 }
const mostBytes = 350 * 1024

async function takeScreenshot(): Promise<void> {
  const executablePath = findChromium()
  const home = await mkdtemp(path.join(tmpdir(), 'longwave-screenshot-'))
  try {
    const station = await startStation(home)
    try {
      await save(await photograph(executablePath, station.url + episode))
    } finally {
      await station.stop()
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function findChromium(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const candidates = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => path.join(folder, name)),
  )
  const found = candidates.find(isProgram)
  if (!found) throw new Error('There is no Chromium on the PATH: install chromium, or set CHROMIUM to where it is.')
  return found
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Resolves when the whole sample show is published. The pages name the address that a reader of the README will have. */
async function startStation(home: string): Promise<{ url: string; stop(): Promise<void> }> {
  const port = String(await freePort())
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [path.join(root, 'dist/src/main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, LONGWAVE_HOME: home, PORT: port, PUBLIC_URL: 'http://localhost:3000' },
  })
  async function stop(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  try {
    await untilPublished(child, `${url + show}/feed.xml`)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

async function untilPublished(child: ChildProcess, feedUrl: string): Promise<void> {
  for (const giveUpAt = Date.now() + patienceMs; (await countEpisodes(feedUrl)) < episodesInSample; await sleep(100)) {
    if (child.exitCode !== null) throw new Error('Longwave did not start: what it printed stands above.')
    if (Date.now() > giveUpAt) throw new Error(`The sample show was not published within ${patienceMs / 1000} s.`)
  }
}

async function countEpisodes(feedUrl: string): Promise<number> {
  try {
    const feed = await (await fetch(feedUrl)).text()
    return feed.split('<item>').length - 1
  } catch {
    return 0
  }
}

async function photograph(executablePath: string, url: string): Promise<Buffer> {
  const browser = await chromium.launch({ executablePath, headless: true })
  try {
    const page = await browser.newPage({ viewport: view })
    await page.goto(url, { waitUntil: 'networkidle' })
    return await page.screenshot()
  } finally {
    await browser.close()
  }
}

async function save(picture: Buffer): Promise<void> {
  const { size } = await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toFile(target)
  if (size > mostBytes) throw new Error(`The picture has ${size} bytes, but may have ${mostBytes}.`)
  console.log(`docs/episode-page.png: ${Math.round(size / 1024)} KB`)
}

try {
  await takeScreenshot()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
