import path from 'node:path'
import t, { type Test } from 'tap'
import { createShow } from '../../src/shows/show.ts'
import { demandS3 } from '../engines/s3.ts'
import { hitsOfStation, inStation } from '../fixtures/in-station.ts'
import { openFiles } from '../fixtures/open-files.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { headOf, openRawClient } from '../fixtures/raw-client.ts'
import { residentMb } from '../fixtures/resident.ts'
import { aShow } from '../station.ts'
import { eventually, ownerToken, type Program, startProgram } from './program.ts'

const bytes = 40_000_000
/** What is asked for, and the bytes that it has without their heads. */
const requests: readonly [Record<string, string>, number][] = [
  [{}, bytes],
  [{ range: 'bytes=1000000-30999999' }, 30_000_000],
  [{ range: 'bytes=0-9999999,20000000-29999999' }, 20_000_000],
]
/** Where a client goes away: at once, in the head, and in the middle. */
const leavings = [0, 1, 300_000, 3_000_000]
const atOnce = 10
/** Of the parts of a multipart answer. */
const partHeadsBytes = 2_000
/** A hit may leave out the last that was handed on: what the kernel has not taken for sure. */
const unsureBytes = 400_000

/** The worker keeps some connections to S3 of its own. */
const workersSockets = 5

const requestOf = (index: number) => requests[index % requests.length] ?? [{}, 0]
const leavesAt = (index: number) => leavings[Math.floor(index / requests.length) % leavings.length] ?? 0
const indexOf = (userAgent: string) => Number(userAgent.split('/')[1])

/** Asks in all these ways, and goes away in all these ways; each time under another user agent. */
async function abort(program: Program, url: string, { count, name }: { count: number; name: string }): Promise<void> {
  const port = Number(new URL(program.url).port)
  async function one(index: number): Promise<void> {
    const [headers] = requestOf(index)
    const client = openRawClient(port)
    client.say(`${headOf('GET', url, { ...headers, 'user-agent': `${name}/${index}` })}\r\n`)
    await client.hears(leavesAt(index))
    client.leave()
    await client.closed()
  }
  for (let start = 0; start < count; start += atOnce) {
    await Promise.all(Array.from({ length: Math.min(atOnce, count - start) }, (_, index) => one(start + index)))
  }
}

type Options = Readonly<{ environment: Record<string, string>; folder: string; count: number }>

/** Twice as many as `count` go away; what is open and what is in memory are looked at after the first half, and at the end. */
async function abortedJourney(t: Test, { environment, folder, count }: Options): Promise<void> {
  const station = { LONGWAVE_HOME: path.join(folder, 'home'), ADMIN_TOKEN: ownerToken, ...environment }
  const { id } = await inStation(station, async (app) =>
    publishedEpisode({ app }, await createShow(app, aShow), { bytes: Buffer.alloc(bytes, 'sound ') }),
  )
  const program = await startProgram(t, station)
  const url = `/audio/${id}/x.mp3`
  t.equal((await (await fetch(program.url + url)).arrayBuffer()).byteLength, bytes)
  const stored = path.join(station.LONGWAVE_HOME, 'storage')
  const held = async () => {
    const files = await openFiles(program.pid)
    const count = (isMeant: (file: string) => boolean) => files.filter(isMeant).length
    return { stored: count((file) => file.startsWith(stored)), sockets: count((file) => file.startsWith('socket:')) }
  }
  const before = await held()

  await abort(program, url, { count, name: 'First' })
  const { now: residentBefore } = await residentMb(program.pid)
  await abort(program, url, { count, name: 'Second' })
  await eventually(20, async () => {
    const now = await held()
    return now.stored <= before.stored && now.sockets <= before.sockets + workersSockets
  })
  t.pass('no file and no connection is left open')
  const grownMb = (await residentMb(program.pid)).now - residentBefore
  t.ok(grownMb < 30, `memory grew by ${Math.round(grownMb)} MB`)

  const names = ['First', 'Second'].flatMap((name) => Array.from({ length: count }, (_, index) => `${name}/${index}`))
  // Who goes away at once may have asked for nothing.
  const answered = names.filter((name) => leavesAt(indexOf(name)) > 0)
  const hits = await eventually(20, async () => {
    const found = (await hitsOfStation(station)).filter(({ userAgent = '' }) => names.includes(userAgent))
    const heard = new Set(found.map(({ userAgent }) => userAgent))
    return answered.every((name) => heard.has(name)) && found
  })
  t.equal(new Set(hits.map(({ userAgent }) => userAgent)).size, hits.length, 'each has one hit')
  const wrong = hits.filter(({ userAgent = '', bytesSent }) => {
    const [, asked] = requestOf(indexOf(userAgent))
    return bytesSent > asked + partHeadsBytes || bytesSent < leavesAt(indexOf(userAgent)) - unsureBytes
  })
  t.same(wrong, [], 'with no more bytes than were asked for, and about as many as were sent')
}

t.test('four hundred downloads that are broken off leave nothing behind, on disk', async (t) => {
  await abortedJourney(t, { environment: {}, folder: t.testdir(), count: 200 })
})

t.test('nor do those that are streamed from S3', async (t) => {
  const s3 = await demandS3(t)
  if (!s3) return
  const environment = { STORAGE_URL: s3.storageUrl('aborted'), ...s3.environment }
  await abortedJourney(t, { environment, folder: t.testdir(), count: 60 })
})
