import t from 'tap'
import { linkExpiry } from '../../src/delivery/link-expiry.ts'
import { secureLink } from '../../src/delivery/secure-link.ts'

const hourMs = 3_600_000
const noon = Date.parse('2026-03-01T12:00:00Z')

t.test('an address is signed as nginx reads it', async (t) => {
  // printf '1772539200/media/1/Täpe 1.mp3 secret' | openssl md5 -binary | openssl base64 | tr +/ -_ | tr -d =
  const url = secureLink('https://cdn.example/media/1/T%C3%A4pe%201.mp3', 'secret', Date.parse('2026-03-03T12:00:00Z'))
  t.equal(url, 'https://cdn.example/media/1/T%C3%A4pe%201.mp3?md5=-N37N1mZ7FMPmUprbjiQeg&expires=1772539200')
})

t.test('a link ends at a full hour, never too early, and is the same for an hour', async (t) => {
  t.equal(linkExpiry(noon, 6 * 3600), noon + 7 * hourMs)
  t.equal(linkExpiry(noon + hourMs - 1, 6 * 3600), noon + 7 * hourMs)
  t.equal(linkExpiry(noon + hourMs, 6 * 3600), noon + 8 * hourMs)
})
