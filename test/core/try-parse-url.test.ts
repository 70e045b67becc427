import t from 'tap'
import { tryParseUrl } from '../../src/core/try-parse-url.ts'

t.test('an address is taken, however often it was asked for, and what is none is not', async (t) => {
  let taken = 0
  for (let time = 0; time < 50_000; time += 1) if (tryParseUrl('https://zähler.example/ö')) taken += 1
  t.equal(taken, 50_000)
  t.equal(tryParseUrl('/ö', 'https://zähler.example')?.href, 'https://xn--zhler-gra.example/%C3%B6')
  for (const none of ['', 'zähler', '/ö', 'https://', 'https://a b/']) t.equal(tryParseUrl(none), undefined, none)
})
