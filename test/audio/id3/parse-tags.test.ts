import fc from 'fast-check'
import t from 'tap'
import { commentFrame, frame, pictureFrame, textFrame } from '../../../src/audio/id3/frames.ts'
import { parseId3Tags } from '../../../src/audio/id3/parse-tags.ts'
import { tagArea } from '../../../src/audio/id3/tag-area.ts'

const jpeg = Buffer.from('ffd8ffe000', 'hex')

const parse = (version: number, ...frames: readonly Buffer[]) =>
  parseId3Tags({ version, body: Buffer.concat([...frames, Buffer.alloc(1000)]) })

t.test('what we write comes back, in any script', async (t) => {
  const word = fc.stringMatching(/^[\p{L}\p{N}\p{Emoji_Presentation}]{1,40}$/u)
  const roundTrip = fc.property(word, word, word, word, fc.integer({ min: 1, max: 9999 }), (...texts) => {
    const [title, artist, album, comment, year] = texts
    const area = tagArea({
      title,
      artist,
      album,
      comment,
      year,
      cover: { type: 'image/jpeg', bytes: jpeg },
      chapters: [],
    })
    const found = parseId3Tags({ version: 3, body: area.subarray(10) })
    t.strictSame(found, { title, artist, album, comment, year, cover: jpeg })
  })
  fc.assert(roundTrip, { numRuns: 50 })
})

t.test('the year is that of either version, the comment the one without a name, the cover the front one', async (t) => {
  const note = frame('COMM', Buffer.from('\0engiTunNORM\0 0000', 'latin1'))
  const back = pictureFrame({ type: 'image/png', bytes: Buffer.from('89504e47', 'hex'), kind: 'other' })
  const front = pictureFrame({ type: 'image/jpeg', bytes: jpeg, kind: 'cover' })
  t.match(parse(4, textFrame('TDRC', '2026-05-01'), textFrame('TYER', '1999')), { year: 2026 })
  t.match(parse(3, textFrame('TYER', '1999')), { year: 1999 })
  t.match(parse(3, note, commentFrame('Hello', 'eng')), { comment: 'Hello' })
  t.match(parse(3, back, front), { cover: jpeg })
  t.match(parse(3, textFrame('TIT2', 'First'), textFrame('TIT2', 'Second')), { title: 'First' })
})

t.test('a tag that says nothing of that has nothing', async (t) => {
  t.equal(parse(3), undefined)
  t.equal(parse(3, textFrame('TSSE', 'An encoder'), frame('CHAP', Buffer.alloc(30))), undefined)
  t.match(parse(3, frame('APIC'), frame('TIT2'), frame('COMM')), { title: '', comment: '' })
})

t.test('no bytes make it throw', async (t) => {
  const ids = fc.constantFrom('TIT2', 'COMM', 'APIC', 'TDRC', 'CHAP', 'XXXX')
  const frames = fc.array(fc.tuple(ids, fc.uint8Array({ maxLength: 40 })).map(([id, body]) => frame(id, body)))
  const bodies = fc.tuple(frames, fc.uint8Array()).map(([known, rest]) => Buffer.concat([...known, rest]))
  fc.assert(
    fc.property(fc.constantFrom(3, 4), bodies, (version, body) => {
      parseId3Tags({ version, body })
    }),
  )
  t.pass()
})
