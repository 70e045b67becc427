import t from 'tap'
import { createS3Client } from '../../src/platform/s3-client.ts'
import { createUrlSigner, signedUrl } from '../../src/platform/s3-signed-url.ts'

const client = createS3Client({
  bucket: 'b',
  prefix: '',
  region: 'us-east-1',
  pathStyle: false,
  accessKeyId: 'key',
  secretAccessKey: 'secret',
})

t.test('an address is signed once in a minute for each name and method', async (t) => {
  const sign = createUrlSigner(client)
  const at = Date.UTC(2026, 0, 1, 12)
  const ask = (options: object, now = at) => sign({ Bucket: 'b', Key: 'a' }, { seconds: 3600, ...options }, now)
  t.equal(ask({}), ask({}, at + 59_999), 'the very same promise')
  t.not(ask({}), ask({}, at + 60_000))
  const addresses = await Promise.all([ask({}), ask({ filename: 'x.mp3' }), ask({ method: 'HEAD' })])
  t.equal(new Set(addresses).size, 3)
  t.equal(await ask({}, at + 60_000), addresses[0], 'the address itself is good for longer')
})

t.test('an address stays the same for a while, and lasts as long as was asked', async (t) => {
  const at = Date.UTC(2026, 0, 1, 12, 0, 1)
  const sign = (seconds: number, at: number) => signedUrl(client, { Bucket: 'b', Key: 'a' }, { seconds, at })
  const day = 24 * 3600
  t.equal(await sign(day, at), await sign(day, at + 59 * 60_000))
  t.not(await sign(day, at), await sign(day, at + 60 * 60_000))
  for (const [seconds, lasts] of [
    [day, day + 3600],
    [60, 120],
  ] as const) {
    const url = new URL(await sign(seconds, at))
    t.equal(url.searchParams.get('X-Amz-Date'), '20260101T120000Z')
    t.equal(url.searchParams.get('X-Amz-Expires'), String(lasts))
  }
})
