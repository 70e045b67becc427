import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import t from 'tap'
import { recogniseRecording } from '../../../src/audio/recording/recognise.ts'
import { makePicture, makeRecording, type RecordingKind } from '../../fixtures/recordings.ts'

const reasonFor = async (head: Buffer | string, filename: string) => {
  const recognition = await recogniseRecording(Buffer.from(head), filename)
  return recognition.kind === 'refused' ? recognition.reason : undefined
}

t.test('a recording is audio, whatever its name says', async (t) => {
  const folder = t.testdir()
  const kinds: RecordingKind[] = [
    'wav',
    'rf64',
    'aiff',
    'caf',
    'flac',
    'm4a',
    'aac',
    'mp3',
    'ogg',
    'webm',
    'wma',
    'videoMp4',
  ]
  for (const kind of kinds) {
    const bytes = await readFile(await makeRecording(folder, { kind, seconds: 1 }))
    t.equal(await reasonFor(bytes, 'holiday.png'), undefined, kind)
  }
})

t.test('what is not known passes: the probe decides', async (t) => {
  t.equal(await reasonFor(Buffer.alloc(2_000_000), 'late.mp3'), undefined)
  t.equal(await reasonFor('#!AMR\n\x3c\x01\x02', 'note.amr'), undefined)
  t.equal(await reasonFor('.snd\0\0\0\x18', 'note.au'), undefined)
  const id3 = Buffer.concat([Buffer.from('ID3\x03\0\0\x0f\x7f\x7f\x7f'), Buffer.alloc(200_000)])
  t.equal(await reasonFor(id3, 'large-cover.mp3'), undefined)
})

t.test('a file that is something else is refused with what it is', async (t) => {
  const png = await readFile(await makePicture(t.testdir(), 'png'))
  t.equal(
    await reasonFor(png, 'notes.wav'),
    '“notes.wav” is a PNG image, not a recording. Upload WAV, FLAC, MP3, M4A, OGG or another audio file.',
  )
  const cases: [Buffer | string, RegExp][] = [
    ['', /is empty/],
    ['<!DOCTYPE html><title>Sign in</title>', /is a web page, .*sign-in/],
    ['#EXTM3U\nhttp://127.0.0.1/a.mp3\n', /is a playlist/],
    ['ffconcat version 1.0\nfile /etc/passwd\n', /is a playlist/],
    ['WEBVTT\n\n00:00.000 --> 00:01.000\nHello', /is a transcript/],
    ['1\n00:00:00,000 --> 00:00:01,000\nHello', /is a transcript/],
    ['{"title": "x"}', /is a JSON document/],
    ['Dear listener — hello', /is a text file/],
    ['%PDF-1.7\n%\xe2\xe3', /is a PDF document/],
    [Buffer.from('GIF89a\x01\0\x01\0\0\0\0'), /is a GIF image/],
    [Buffer.from('8BPS\0\x01\0\0\0\0\0\0\0\x03'), /is a PSD image/],
    [Buffer.from('SQLite format 3\0'), /is an Audacity project or a database, .*Export/],
    [Buffer.from('MThd\0\0\0\x06\0\x01\0\x01\0\x60'), /is a MIDI file/],
    [Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0'), /is a program/],
    [Buffer.from('1f8b0800000000000003', 'hex'), /is a GZ archive, .*Unpack/],
    [Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), /is a ZIP archive/],
  ]
  for (const [head, reason] of cases) t.match(await reasonFor(head, 'x.mp3'), reason)
})

t.test('text that ends in the middle of a character is text', async (t) => {
  t.match(await reasonFor(Buffer.from('größer €').subarray(0, -1), 'x.mp3'), /text file/)
})

t.test('no bytes make it throw', async (t) => {
  const magic = fc.constantFrom(
    '',
    'ID3\x03\0\0',
    'RIFF',
    'PK\x03\x04',
    '\x1aE\xdf\xa3',
    '0&\xb2u',
    '\x89PNG\r\n\x1a\n',
    'OggS',
    'fLaC',
    'II*\0',
  )
  const tried = fc.assert(
    fc.asyncProperty(magic, fc.uint8Array({ maxLength: 3000 }), fc.string(), async (start, rest, filename) => {
      const head = Buffer.concat([Buffer.from(start, 'latin1'), rest])
      const recognition = await recogniseRecording(head, filename)
      return recognition.kind === 'audio' || recognition.reason.length > 0
    }),
    { numRuns: 200 },
  )
  await t.resolves(tried)
})
