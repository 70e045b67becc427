import fc from 'fast-check'
import t from 'tap'
import { checkMediaSignature, signMedia } from '../../src/delivery/media-signature.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const given = signMedia('secret', 'rendition', noon)

t.test('what was signed is good until its time is over', async (t) => {
  t.doesNotThrow(() => checkMediaSignature('secret', 'rendition', given, noon - 1))
  t.throws(() => checkMediaSignature('secret', 'rendition', given, noon), { code: 'gone' })
})

t.test('nothing else is good: another time, rendition or secret, or no signature', async (t) => {
  const later = { ...given, expires: String(Number(given.expires) + 1) }
  for (const [secret, id, query] of [
    ['secret', 'rendition', later],
    ['secret', 'other', given],
    ['other', 'rendition', given],
    ['secret', 'rendition', { expires: given.expires }],
    ['secret', 'rendition', {}],
  ] as const) {
    t.throws(() => checkMediaSignature(secret, id, query, noon - 1), { code: 'forbidden' })
  }
})

t.test('no signature is found by guessing', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (signature, expires) => {
      try {
        checkMediaSignature('secret', 'rendition', { signature, expires }, 0)
        return false
      } catch (error) {
        return (error as { code?: string }).code === 'forbidden'
      }
    }),
  )
})
