import t from 'tap'
import { parseInstant } from '../../src/shows/instant.ts'

t.test('an instant is read, of an old recording too', async (t) => {
  t.equal(parseInstant('2026-12-24T19:00:00+01:00', 'at'), Date.parse('2026-12-24T18:00:00Z'))
  t.equal(parseInstant('1951-05-01T00:00:00Z', 'at'), Date.parse('1951-05-01T00:00:00Z'))
  t.equal(parseInstant(undefined, 'at'), undefined)
})

t.test('what a date in a feed cannot say is refused by the name of the field', async (t) => {
  for (const text of ['0001-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '9999-12-31T23:59:59-01:00']) {
    t.throws(
      () => parseInstant(text, 'startsAt'),
      { code: 'invalid', message: /RFC 2822/, details: { field: 'startsAt' } },
      text,
    )
  }
  t.throws(() => parseInstant('soon', 'at'), { code: 'invalid', details: { field: 'at' } })
})
