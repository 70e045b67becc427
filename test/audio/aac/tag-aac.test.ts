import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseFile } from 'music-metadata'
import t from 'tap'
import { findAudioStart } from '../../../src/audio/aac/audio-start.ts'
import { tagAac } from '../../../src/audio/aac/tag-aac.ts'
import type { Mp3Tags } from '../../../src/audio/id3/tag-area.ts'
import { hash } from '../../contract/bodies.ts'
import { chaptersOf, probeFile } from '../../fixtures/probe-m4a.ts'
import { makePicture, makeRecording } from '../../fixtures/recordings.ts'

const { signal } = new AbortController()

const tags: Mp3Tags = {
  title: 'Grüße = ; # \\ an [alle]',
  artist: 'The Author',
  album: 'Long Waves',
  number: 7,
  year: 2026,
  comment: 'One line\nand another=one; #three',
  language: 'de-AT',
  genre: 'Podcast',
  chapters: [
    { startSeconds: 0, title: 'Hello = ; #' },
    { startSeconds: 1.5, endSeconds: 2, url: 'https://example.com/' },
    { startSeconds: 2.25, title: 'Ende [CHAPTER]\n—' },
  ],
  durationSeconds: 3,
}

const folder = t.testdir()
const plain = await makeRecording(folder, { kind: 'm4a', chapters: [{ start: 0, end: 3, title: 'Old' }] })
const cover = { type: 'image/jpeg', bytes: await readFile(await makePicture(folder, 'jpg', 600)) } as const

let runs = 0
async function tag(source: string, told: Mp3Tags) {
  const own = path.join(folder, `run-${++runs}`)
  await mkdir(own)
  return tagAac(source, told, { folder: own, signal })
}

t.test('title, show, number, language, cover and chapters are inside, for two readers made elsewhere', async (t) => {
  const { path: file } = await tag(plain, { ...tags, cover })
  const probed = await probeFile(file)
  t.same(chaptersOf(probed), [
    [0, 1.5, 'Hello = ; #'],
    [1.5, 2.25, '2'],
    [2.25, 3, 'Ende [CHAPTER] —'],
  ])
  const { title, artist, album, comment } = tags
  t.match(probed.format.tags, { title, artist, album, comment, track: '7', date: '2026', genre: 'Podcast' })
  t.match(probed.streams[0], { codec_name: 'aac', tags: { language: 'deu' } })
  t.equal(probed.streams.filter(({ disposition }) => disposition.attached_pic).length, 1)
  const { common } = await parseFile(file)
  t.match(common, { title, artist, album, track: { no: 7 }, year: 2026 })
  t.ok(cover.bytes.equals(Buffer.from(common.picture?.[0]?.data ?? [])))
  const bytes = await readFile(file)
  for (const form of ['chpl', 'chap']) t.ok(bytes.includes(form), `chapters as ${form}`)
})

t.test('a first chapter that begins late keeps its place', async (t) => {
  const { path: file } = await tag(plain, { ...tags, chapters: tags.chapters.slice(1) })
  t.same(chaptersOf(await probeFile(file)).slice(0, 2), [
    [0, 1.5, tags.title],
    [1.5, 2.25, '2'],
  ])
})

t.test('hundreds of chapters are all there', async (t) => {
  const chapters = Array.from({ length: 300 }, (_, index) => ({ startSeconds: index / 100, title: `Nr. ${index}` }))
  const found = chaptersOf(await probeFile((await tag(plain, { chapters, durationSeconds: 3 })).path))
  t.equal(found.length, 300)
  t.same(found[299], [2.99, 3, 'Nr. 299'])
})

t.test('tagged twice, or anew, it is the same audio; the same tags give the same bytes', async (t) => {
  const first = await tag(plain, { ...tags, cover })
  const bare = await tag(first.path, { chapters: [] })
  const again = await tag(bare.path, { ...tags, cover })
  t.equal(again.sha256, first.sha256)
  t.equal(first.sha256, hash(await readFile(first.path)))
  t.not(bare.sha256, first.sha256)
  const probed = await probeFile(bare.path)
  t.same([probed.chapters, probed.streams.length, probed.format.tags.title], [[], 1, undefined])
  t.equal(probed.streams[0]?.duration_ts, (await probeFile(plain)).streams[0]?.duration_ts)
})

t.test('the index comes first, and the header ends where the audio begins', async (t) => {
  const { path: file, bytes, headerBytes } = await tag(plain, { ...tags, cover })
  const whole = await readFile(file)
  t.equal(whole.length, bytes)
  t.equal(whole.toString('latin1', headerBytes - 4, headerBytes), 'mdat')
  t.ok(whole.indexOf('moov') < headerBytes)
  t.ok(headerBytes > cover.bytes.length)
})

t.test('a file without audio is an error that names it', async (t) => {
  const file = path.join(folder, 'no.m4a')
  await writeFile(file, Buffer.from('00000008667265650000000000000000', 'hex'))
  await t.rejects(findAudioStart(file), /no\.m4a is no MP4/)
  await writeFile(file, Buffer.from('0000000866726565', 'hex'))
  await t.rejects(findAudioStart(file), /no\.m4a has no audio/)
})
