import t from 'tap'
import { agentOf } from '../../src/analytics/agent.ts'
import { type Refusal, refusalOf } from '../../src/analytics/filter.ts'
import type { Hit } from '../../src/core/events.ts'
import { makeHit } from '../fixtures/hits.ts'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const chrome = `${windows} Chrome/131.0.0.0 Safari/537.36`
const opera = `${windows} Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0`
const operaOnPhone =
  'Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 OPR/86.0.0.0'

/** Every filter of IAB 2.3 §5.5.2 both ways: the hit, and why it counts for nothing. */
const cases: [string, Partial<Hit>, Refusal | undefined][] = [
  ['GET', {}, undefined],
  ['HEAD', { method: 'HEAD' }, 'method'],
  ['OPTIONS', { method: 'OPTIONS' }, 'method'],
  ['a whole file', { status: 200 }, undefined],
  ['a part', { status: 206, range: 'bytes=0-9999' }, undefined],
  ['a redirect', { status: 302, bytesSent: 0 }, undefined],
  ['not modified', { status: 304 }, 'status'],
  ['not satisfiable', { status: 416 }, 'status'],
  ['not found', { status: 404 }, 'status'],
  ['a redirect for ever', { status: 301 }, 'status'],
  ['a code of a CDN that says nothing', { status: 0 }, 'status'],
  ['a probe', { status: 206, range: 'bytes=0-1', bytesSent: 2 }, 'probe'],
  ['a probe, sent on', { status: 302, range: 'bytes=0-1', bytesSent: 0 }, 'probe'],
  ['a probe of one byte', { status: 206, range: 'bytes=0-0', bytesSent: 1 }, 'probe'],
  ['a probe of the end', { status: 206, range: 'bytes=-1', bytesSent: 1 }, 'probe'],
  ['a probe to which all was sent', { status: 200, range: 'bytes=0-1' }, undefined],
  ['three bytes', { status: 206, range: 'bytes=0-2', bytesSent: 3 }, undefined],
  ['an open range', { status: 206, range: 'bytes=0-' }, undefined],
  ['a watch that fetches again', { userAgent: 'atc/1.0 watchOS/7.1 model/Watch4,2 hwp/t8006 build/18R590' }, 'watch'],
  ['a watch without a name', { userAgent: '(null)/(null) watchOS/5.0.1 model/Watch3,3 build/16R381' }, 'watch'],
  ['atc/ elsewhere', { userAgent: 'atc/1.0 iOS/17.1 model/iPhone12,1' }, undefined],
  [
    'a watch with an app of its own',
    { userAgent: 'Overcast (+http://overcast.fm/; Apple Watch podcast app)' },
    undefined,
  ],
  ['watchOS in another app', { userAgent: 'Castria/2.0 watchOS/11.0' }, undefined],
  [
    'a robot that says so',
    { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
    'robot',
  ],
  ['a robot that no table names', { userAgent: 'FancyPodCrawler/1.0' }, 'robot'],
  ['a script', { userAgent: 'python-requests/2.32.0' }, 'robot'],
  ['Apple’s directory', { userAgent: 'iTMS' }, 'robot'],
  [
    'Overcast’s server',
    { userAgent: 'Overcast/1.0 Podcast Sync (12 subscribers; feed-id=1; +http://overcast.fm/)' },
    'robot',
  ],
  ['Overcast', { userAgent: 'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)' }, undefined],
  ['a browser', { userAgent: chrome, referrer: 'https://podcasts.example.com/' }, undefined],
  ['a browser without a referrer', { userAgent: chrome }, undefined],
  ['Opera on a computer without a referrer', { userAgent: opera }, 'preload'],
  ['Opera on a computer from a page', { userAgent: opera, referrer: 'https://podcasts.example.com/' }, undefined],
  ['Opera on a phone without a referrer', { userAgent: operaOnPhone }, undefined],
  ['a player that fetches ahead', { userAgent: chrome, referrer: 'https://podverse.fm/embed/player' }, 'preload'],
  ['its subdomain', { userAgent: chrome, referrer: 'https://www.podverse.fm/' }, 'preload'],
  ['another one', { userAgent: chrome, referrer: 'https://widget.podfriend.com/x' }, 'preload'],
  ['its pages', { userAgent: chrome, referrer: 'https://www.podfriend.com/' }, undefined],
  ['a host that ends alike', { userAgent: chrome, referrer: 'https://notpodverse.fm/' }, undefined],
  ['Podverse’s app', { userAgent: 'Podverse/iOS Mobile App', referrer: 'https://podverse.fm/' }, undefined],
  ['a referrer that is none', { userAgent: chrome, referrer: 'android-app' }, undefined],
  ['no user agent', { userAgent: undefined }, 'no-user-agent'],
  ['an empty one', { userAgent: '  ' }, 'no-user-agent'],
  ['one without a letter', { userAgent: '-' }, 'malformed-user-agent'],
  ['one with control characters', { userAgent: 'Castria/1.0\u0000' }, 'malformed-user-agent'],
  ['one that nobody knows', { userAgent: 'Castria/1.0 (+https://castria.example)' }, undefined],
  ['one in other letters', { userAgent: 'Подкасты/1530.3 CFNetwork/1209 Darwin/20.2.0' }, undefined],
  [
    'one in other letters, as Node reads headers',
    { userAgent: Buffer.from('播客/1530.3').toString('latin1') },
    undefined,
  ],
]

for (const [what, differently, refusal] of cases) {
  const hit = makeHit(differently)
  t.equal(refusalOf(hit, agentOf(hit.userAgent)), refusal, what)
}
