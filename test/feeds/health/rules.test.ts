import t from 'tap'
import type { FeedFile, FeedItem, FeedModel } from '../../../src/feeds/feed-model.ts'
import { applyRules, episodeRules, showRules } from '../../../src/feeds/health/apply-rules.ts'
import type { InspectedShow } from '../../../src/feeds/health/inspected-show.ts'
import { goodEpisode, goodShow } from '../../fixtures/inspected-show.ts'

const withModel = (model: Partial<FeedModel>) => goodShow({ model })
const withTags = (tags: FeedModel['tags']) => goodShow({ model: { tags: { ...goodShow().model.tags, ...tags } } })

/** The only episode of its show. */
const withItem = (...fields: Parameters<typeof goodEpisode>[1][]) =>
  goodShow(
    {},
    fields.map((each, index) => goodEpisode(index + 1, each)),
  )

const withFile = (file: Partial<FeedFile>, fields: Partial<FeedItem> = {}) =>
  withItem({ ...fields, enclosure: { ...goodEpisode().item.enclosure, ...file } })

const letters = (count: number) => 'ä'.repeat(count)

type Row = readonly [rule: string, broken: InspectedShow, words: RegExp, near?: InspectedShow]

/** Each rule with a show that breaks it, and, where there is a limit, one that stays just within. */
const rows: readonly Row[] = [
  ['apple-public-address', goodShow({ publicUrl: 'http://localhost:3000' }), /Set PUBLIC_URL/],
  ['apple-public-address', goodShow({ publicUrl: 'http://radio.example.com' }), /by https/],
  ['apple-public-address', goodShow({ publicUrl: 'https://192.168.1.4' }), /192\.168\.1\.4/],
  ['apple-has-episode', goodShow({}, []), /Publish one/],
  ['apple-category', withModel({ category: { top: 'Games & Hobbies' } }), /“Games & Hobbies”/],
  ['apple-first-category', withTags({ furtherCategories: ['Arts'] }), /Society & Culture/],
  ['apple-cover', goodShow({ cover: undefined }), /default one/],
  [
    'apple-cover-size',
    goodShow({ cover: { size: 2999, bytes: 1 } }),
    /2999 pixels/,
    goodShow({ cover: { size: 3000, bytes: 1 } }),
  ],
  ['apple-blocked', withTags({ blocked: true }), /itunes:block/, withTags({ blocked: false })],
  ['apple-complete', withTags({ complete: true }), /itunes:complete/, withTags({ complete: false })],
  [
    'apple-new-feed-url',
    withModel({ newFeedUrl: 'https://elsewhere.example.com/feed' }),
    /elsewhere/,
    withModel({ newFeedUrl: goodShow().model.feedUrl }),
  ],
  [
    'apple-explicit',
    withItem({ explicit: true }, { explicit: true }),
    /Every episode is explicit/,
    withItem({ explicit: true }, {}),
  ],
  ['apple-transcripts', withItem({ transcripts: [] }, {}), /^There is 1 episode without a transcript/],
  ['apple-transcripts', withItem({ transcripts: [] }, { transcripts: [] }), /^There are 2 episodes/],
  [
    'apple-chapters',
    withItem({ chaptersUrl: undefined, durationSeconds: 601 }),
    /without chapters/,
    withItem({ chaptersUrl: undefined, durationSeconds: 600 }),
  ],
  ['apple-enclosure-type', withFile({ type: 'audio/ogg' }), /audio\/ogg/, withFile({ type: 'audio/mpeg' })],
  [
    'apple-enclosure-extension',
    withFile({ url: 'https://count.example.com/play?to=a.mp3' }),
    /does not end in \.mp3/,
    withFile({ url: 'https://count.example.com/A.MP3?from=feed' }),
  ],
  ['apple-ascii-address', withFile({ url: 'https://radio.example.com/audio/1/tür.mp3' }), /in percent/],
  [
    'apple-enclosure-once',
    withItem({ enclosure: goodEpisode(9).item.enclosure }, { enclosure: goodEpisode(9).item.enclosure }),
    /same audio address/,
  ],
  [
    'apple-date',
    withItem({ publishedAt: goodShow().now + 1 }),
    /in the future/,
    withItem({ publishedAt: goodShow().now }),
  ],
  [
    'apple-number-once',
    withItem({ number: 7, season: 2 }, { number: 7, season: 2 }),
    /number 7 too in season 2/,
    withItem({ number: 7, season: 2 }, { number: 7, season: 3 }, { number: 7, season: 2, type: 'bonus' }),
  ],
  [
    'apple-trailer-number',
    withItem({ type: 'trailer', number: 7 }, { number: 8 }),
    /trailer is for episode 7/,
    withItem({ type: 'trailer', number: 8 }, { number: 8 }, { type: 'trailer', number: undefined }),
  ],
  ['apple-duration', withItem({ durationSeconds: 0.9 }), /shorter than a second/, withItem({ durationSeconds: 1 })],
  ['apple-bit-rate', withFile({ bitrateKbps: 63 }), /63 kb\/s; Apple asks for 64/, withFile({ bitrateKbps: 64 })],
  [
    'apple-bit-rate',
    withFile({ bitrateKbps: 31 }, { audio: { channels: 1 } } as object),
    /32 at least in mono/,
    withFile({ bitrateKbps: 32 }, { audio: { channels: 1 } } as object),
  ],
  ['apple-sample-rate', withItem({ audio: { sampleRateHz: 22_050 } }), /22050/],
  ['apple-loudness', withItem({ audio: { lufs: -18.1 } }), /too quiet: -18\.1/, withItem({ audio: { lufs: -18 } })],
  ['apple-loudness', withItem({ audio: { lufs: -13.9 } }), /too loud/, withItem({ audio: { lufs: -14 } })],
  [
    'apple-loudness',
    withItem({ audio: { lufs: -21.1, channels: 1 } }),
    /too quiet/,
    withItem({ audio: { lufs: -19, channels: 1 } }, { audio: { lufs: null } }),
  ],
  ['apple-true-peak', withItem({ audio: { peakDbtp: -0.5 } }), /-0\.5 dBTP/, withItem({ audio: { peakDbtp: -0.9 } })],
  ['spotify-owner-email', withModel({ ownerEmail: ' ' }), /claim the show/],
  [
    'spotify-cover-bytes',
    goodShow({ cover: { size: 3000, bytes: 524_289 } }),
    /513 KB/,
    goodShow({ cover: { size: 3000, bytes: 524_288 } }),
  ],
  [
    'spotify-limit',
    withTags({ spotify: { recentCount: 1 } }),
    /newest 1 of 2/,
    withTags({ spotify: { recentCount: 2 } }),
  ],
  ['spotify-audio-type', withFile({ type: 'audio/ogg' }), /MP3 and AAC/, withFile({ type: 'audio/x-m4a' })],
  ['youtube-owner-email', withModel({ ownerEmail: '' }), /Missing Owner Email/],
  [
    'youtube-blocked',
    withTags({ platformBlocks: [{ id: 'youtube', blocked: true }] }),
    /tells YouTube/,
    withTags({
      platformBlocks: [
        { id: 'youtube', blocked: false },
        { id: 'spotify', blocked: true },
      ],
    }),
  ],
  ['psp-title', withModel({ title: letters(256) }), /256 characters/, withModel({ title: letters(255) })],
  [
    'psp-description',
    withModel({ description: letters(2001) }),
    /4002 bytes/,
    withModel({ description: letters(2000) }),
  ],
  ['psp-description', withModel({ description: ' ' }), /no description/],
  ['psp-language', withModel({ language: 'xx' }), /“xx”/, withModel({ language: 'pt-BR' })],
  ['psp-language', withModel({ language: 'not a language' }), /ISO 639/, withModel({ language: 'gsw' })],
  ['psp-author', withModel({ author: '' }), /who makes it/],
  ['psp-episode-title', withItem({ title: letters(256) }), /256 characters/, withItem({ title: letters(255) })],
  ['psp-episode-title', withItem({ title: '' }), /is empty/],
  ...[
    'Ep. 12: Fog',
    'Episode 3',
    '#12 Fog',
    'S01E02 Fog',
    's1 e2: Fog',
    '12. Fog',
    '12 - Fog',
    'Folge 4: Nebel',
    'No. 7',
  ].map((title): Row => ['psp-number-in-title', withItem({ title }), /fields season and number/]),
  ...['12 angry men', '1984', 'Epic 2 days', 'Fog #2', '100% fog', '9/11', 'No 1 knows', 'Seasons 4 all'].map(
    (title): Row => ['psp-number-in-title', withItem({ title: `Ep. 1 ${title}` }), /./, withItem({ title })],
  ),
  ['psp-guid-once', withItem({ guid: 'same' }, { guid: 'same' }), /same guid/, withItem({ guid: 'a' }, { guid: 'A' })],
  ['psp-enclosure-type', withFile({ type: 'application/pdf' }), /not every app/, withFile({ type: 'audio/x-m4a' })],
  [
    'psp-serial-number',
    withItem({ number: undefined }),
    /needs a number/,
    withItem({ number: undefined, type: 'bonus' }),
  ],
  ['psp-episode-description', withItem({ notesHtml: '' }), /no notes/],
  [
    'psp-episode-description-bytes',
    withItem({ notesHtml: letters(2001) }),
    /4002 bytes/,
    withItem({ notesHtml: letters(2000) }),
  ],
  ['podcast-locked', withTags({ locked: false }), /not locked/, withTags({ locked: true })],
  ['podcast-funding', withTags({ funding: [] }), /support/],
  ['podcast-person', withTags({ people: [] }), /hosts/],
  ['podcast-podping', withModel({ usesPodping: false }), /PODPING_URL/],
  ['feed-pages', goodShow({ pageSize: 1 }), /2 episodes on pages of 1/, goodShow({ pageSize: 2 })],
  [
    'podcast-soundbite',
    withItem({ tags: { soundbites: [{ startSeconds: 1000, durationSeconds: 30 }] } }),
    /at 1000 s ends after the audio, which lasts 1029 s/,
    withItem({ tags: { soundbites: [{ startSeconds: 999, durationSeconds: 30 }] } }),
  ],
]

t.test('a show that does everything right is told nothing', async (t) => {
  t.same(await applyRules(goodShow()), [])
})

t.test(
  'each rule objects to what breaks it, in words that say what to do, and not to what is just within',
  async (t) => {
    for (const [rule, broken, words, near] of rows) {
      const found = (await applyRules(broken)).filter((finding) => finding.rule === rule)
      t.not(found.length, 0, `${rule} objects`)
      for (const { message, source } of found) {
        t.match(message, words, rule)
        t.match(message, /[.!]$/, `${rule} is a sentence`)
        t.not(source, '', rule)
      }
      if (near)
        t.notOk(
          (await applyRules(near)).some((finding) => finding.rule === rule),
          `${rule} lets pass what is within`,
        )
    }
  },
)

t.test('no rule goes without a test, nor does a name stand for two', async (t) => {
  const names = [...showRules, ...episodeRules].map(({ id }) => id)
  t.same([...new Set(names)].sort(), [...new Set(rows.map(([rule]) => rule))].sort())
  t.equal(new Set(names).size, names.length)
})

t.test('a finding about an episode names it, one about the show does not', async (t) => {
  const show = goodShow({ model: { ownerEmail: '' } }, [goodEpisode(1), goodEpisode(2, { notesHtml: '' })])
  const found = await applyRules(show)
  t.same(
    found.map(({ rule, episodeId, field }) => [rule, episodeId, field]),
    [
      ['spotify-owner-email', undefined, 'ownerEmail'],
      ['youtube-owner-email', undefined, 'ownerEmail'],
      ['psp-episode-description', 'episode-2', 'notes'],
    ],
  )
})

t.test('others have their turn while a thousand episodes are looked at', async (t) => {
  const episodes = Array.from({ length: 1000 }, (_, index) => goodEpisode(index + 1, { number: index + 1 }))
  const show = goodShow({ pageSize: 1000 }, episodes)
  let turns = 0
  let isOver = false
  const takeTurns = () => {
    turns += 1
    if (!isOver) setImmediate(takeTurns)
  }
  setImmediate(takeTurns)
  t.same(await applyRules(show), [])
  isOver = true
  t.ok(turns >= 10, `${turns} turns`)
})
