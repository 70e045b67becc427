import t from 'tap'
import { checkRules } from '../../../src/feeds/health/check-rules.ts'
import type { Facts } from '../../../src/feeds/health/facts.ts'
import { noon, soundFacts, soundItem } from './facts.ts'

t.test('a show that keeps all rules is not objected to', async (t) => {
  t.same(checkRules(soundFacts()), [])
})

const tags = soundFacts().model.tags
const enclosure = soundItem().enclosure
const hourMs = 3_600_000

const broken: readonly [rule: string, facts: Facts, words: RegExp][] = [
  ['station/public-address', soundFacts({ publicUrl: 'https://localhost:3000' }), /nobody else can reach/],
  ['station/public-address', soundFacts({ publicUrl: 'https://192.168.1.7' }), /PUBLIC_URL/],
  ['station/https', soundFacts({ publicUrl: 'http://radio.fm' }), /https/],
  ['apple/episodes', soundFacts({ items: [] }), /Nothing is published/],
  ['apple/cover', soundFacts({ coverPixels: undefined }), /upload one/],
  ['apple/cover-size', soundFacts({ coverPixels: 1_400 }), /1400 × 1400/],
  ['apple/block', soundFacts({}, { tags: { ...tags, blocked: true } }), /itunes:block/],
  ['apple/complete', soundFacts({}, { tags: { ...tags, complete: true } }), /has ended/],
  ['apple/first-category', soundFacts({}, { tags: { ...tags, furtherCategories: ['Arts'] } }), /first category/],
  ['apple/one-page', soundFacts({ pageSize: 1, items: [soundItem(), another()] }), /the newest 1 of 2 episodes/],
  ['apple/feed-size', soundFacts({ gzipBytes: 400_000 }), /400 kB/],
  [
    'apple/enclosure-type',
    soundFacts({ items: [soundItem({ enclosure: { ...enclosure, url: 'https://a.fm/x' } })] }),
    /First light/,
  ],
  [
    'apple/ascii-address',
    soundFacts({ items: [soundItem({ enclosure: { ...enclosure, url: 'https://a.fm/ä.mp3' } })] }),
    /ASCII/,
  ],
  ['apple/repeated-enclosure', soundFacts({ items: [soundItem(), another({ enclosure })] }), /same audio address/],
  ['apple/repeated-number', soundFacts({ items: [soundItem(), another({ number: 1 })] }), /same number/],
  ['apple/bit-rate', soundFacts({ items: [soundItem({ enclosure: { ...enclosure, bitrateKbps: 48 } })] }), /48 kb\/s/],
  ['apple/loudness', soundFacts({ items: [soundItem({ lufs: -23.04 })] }), /-23.0 LUFS/],
  ['apple/loudness', soundFacts({ items: [soundItem({ channels: 1, lufs: -16 })] }), /mono/],
  ['apple/transcript', soundFacts({ items: [soundItem({ transcripts: [] })] }), /The episode without/],
  ['psp/description', soundFacts({}, { description: 'ä'.repeat(2_001) }), /4000 bytes/],
  ['psp/guid', soundFacts({ items: [soundItem(), another({ guid: soundItem().guid })] }), /same guid/],
  [
    'psp/serial-number',
    soundFacts({ items: [soundItem({ number: undefined })] }, { type: 'serial' }),
    /needs a number/,
  ],
  [
    'psp/notes',
    soundFacts({ items: [soundItem({ notesHtml: ' ', chaptersUrl: undefined, durationSeconds: 60 })] }),
    /no show notes/,
  ],
  ['psp/locked', soundFacts({}, { tags: { ...tags, locked: false } }), /not locked/],
  ['psp/funding', soundFacts({}, { tags: { ...tags, funding: [] } }), /podcast:funding/],
  ['psp/people', soundFacts({}, { tags: { ...tags, people: [] } }), /podcast:person/],
  ['psp/chapters', soundFacts({ items: [soundItem({ chaptersUrl: undefined })] }), /no chapters/],
  ['youtube/owner-email', soundFacts({}, { ownerEmail: '' }), /YouTube refuses/],
  ['youtube/owner-mailbox', soundFacts({}, { ownerEmail: 'owner@mail.example.com' }), /Nobody can be reached/],
  ['spotify/timestamps', soundFacts({ items: [soundItem({ notesHtml: '<p>Hello</p>' })] }), /Spotify/],
  ['podcast-namespace/guid', soundFacts({ isGuidFinal: false }), /for now/],
  [
    'podcast-namespace/soundbite',
    soundFacts({
      items: [soundItem({ tags: { soundbites: [{ startSeconds: 1_790, durationSeconds: 30 }] } })],
    }),
    /ends after the audio/,
  ],
  [
    'podcast-namespace/moved',
    soundFacts({ isRedirected: true }, { newFeedUrl: 'https://new.fm/feed.xml' }),
    /https:\/\/new\.fm\/feed\.xml/,
  ],
  ['podcast-namespace/live', soundFacts({}, { liveItems: [live(noon - 25 * hourMs)] }), /live for more than a day/],
]

for (const [rule, facts, words] of broken) {
  t.test(`${rule} is found, and nothing else (${words.source})`, async (t) => {
    const findings = checkRules(facts)
    t.same(
      findings.map((each) => each.rule),
      [rule],
    )
    t.match(findings[0]?.message, words)
    t.match(findings[0]?.source, /^https:\/\//)
  })
}

t.test('audio of another type is objected to by Apple and Spotify', async (t) => {
  const ogg = { ...enclosure, type: 'audio/ogg', url: 'https://a.fm/x.ogg' }
  t.same(
    checkRules(soundFacts({ items: [soundItem({ enclosure: ogg })] })).map(({ rule, episodeId }) => [rule, episodeId]),
    [
      ['apple/enclosure-type', 'one'],
      ['spotify/audio-type', 'one'],
    ],
  )
})

t.test('a number in front of a title is found, a number that belongs there is not', async (t) => {
  const rulesFor = (title: string) => checkRules(soundFacts({ items: [soundItem({ title })] })).map(({ rule }) => rule)
  for (const title of ['Ep. 12: Hello', 'Episode 3 - Hello', '#7 Hello', 'S2E5 Hello', 'Folge 9: Hallo', 'ep7: x']) {
    t.same(rulesFor(title), ['psp/title'], title)
  }
  for (const title of ['12 Angry Men', 'Episodes of Fear', '1984', 'Number 5', 'Part of the world', 'C#7 is a chord']) {
    t.same(rulesFor(title), [], title)
  }
})

t.test('what is live for an hour, and a trailer without a number, are fine', async (t) => {
  t.same(checkRules(soundFacts({}, { liveItems: [live(noon - hourMs)] })), [])
  const trailer = another({ type: 'trailer', number: undefined })
  t.same(checkRules(soundFacts({ items: [soundItem(), trailer] }, { type: 'serial' })), [])
})

function another(fields: Parameters<typeof soundItem>[0] = {}) {
  return soundItem({
    guid: '1d2c24e8-3b12-4ae5-8d52-1c0a2f6b9e02',
    episodeId: 'two',
    number: 2,
    enclosure: { ...soundItem().enclosure, url: 'https://radio.example.org/audio/2/second.mp3' },
    ...fields,
  })
}

function live(startsAt: number): Facts['model']['liveItems'][number] {
  return {
    guid: 'live',
    status: 'live',
    title: 'On air',
    description: '',
    startsAt,
    endsAt: undefined,
    link: 'https://radio.fm',
    stream: { url: 'https://radio.fm/live.mp3', type: 'audio/mpeg' },
    tags: {},
  }
}
