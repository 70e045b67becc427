import fc from 'fast-check'
import t from 'tap'
import { packPassages, unpackPassages } from '../../src/shows/packed-passages.ts'
import { readTranscript } from '../../src/shows/read-transcript.ts'
import { wordTimedJson } from '../fixtures/long-texts.ts'

const passage = fc.record({
  startSeconds: fc.integer({ min: 0, max: 360_000 }),
  endSeconds: fc.integer({ min: 0, max: 360_000 }),
  body: fc.string({ unit: 'grapheme' }),
})

t.test('passages come back as they were packed', async () => {
  fc.assert(
    fc.property(
      fc.array(passage),
      (passages) => JSON.stringify(unpackPassages(packPassages(passages))) === JSON.stringify(passages),
    ),
  )
})

t.test('those that an older version stored are JSON as it is', async (t) => {
  t.same(unpackPassages('[{"body":"Größe"}]'), [{ body: 'Größe' }])
})

t.test('five hours in which each word has its time take less than a megabyte', async (t) => {
  const file = new TextEncoder().encode(wordTimedJson(45_000))
  t.ok(file.length > 4_500_000, `${file.length} bytes came`)
  const { segments } = readTranscript(file, 'application/json')
  t.ok(segments.length < 1_000_000, `${segments.length} are stored`)
})
