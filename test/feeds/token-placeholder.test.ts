import fc from 'fast-check'
import t from 'tap'
import { fillIn, splitAtPlaceholder, tokenPlaceholder } from '../../src/feeds/token-placeholder.ts'

const app = (secretKey: string) => ({ config: { secretKey } }) as Parameters<typeof tokenPlaceholder>[0]

t.test('a placeholder is one of a show and a station, and is made of a token’s own characters', async (t) => {
  const one = tokenPlaceholder(app('secret'), 'show')
  t.equal(one, tokenPlaceholder(app('secret'), 'show'))
  t.not(one, tokenPlaceholder(app('other'), 'show'))
  t.not(one, tokenPlaceholder(app('secret'), 'other'))
  t.match(one, /^[\w-]{43}$/)
})

t.test('every place is filled in, and nothing else is touched', async () => {
  const text = fc.array(fc.string({ unit: 'binary' })).map((parts) => parts.map((part) => part.replaceAll('@', '')))
  fc.assert(
    fc.property(text, fc.base64String(), (parts, token) => {
      const document = Buffer.from(parts.join('@@@'))
      const filled = fillIn(splitAtPlaceholder(document, '@@@'), token)
      return filled.equals(Buffer.from(parts.join(token)))
    }),
  )
})
