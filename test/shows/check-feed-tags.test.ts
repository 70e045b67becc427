import t, { type Test } from 'tap'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { aShow, openStation } from '../station.ts'

const long = 'x'.repeat(129)
const feedGuid = '9b024349-ccf0-5f69-a609-6b82873eab3c'
const https = 'https://example.com/'
const share = { type: 'lnaddress', address: 'ada@example.com', split: 1 }
const value = (fields: object) => ({ type: 'lightning', method: 'lnaddress', recipients: [share], ...fields })
const splits = (...timeSplits: object[]) => value({ timeSplits })
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)

/** A field's wrong value, the field that the problem names, and what it says. */
type Mistake = readonly [name: string, value: unknown, field: string, detail: RegExp]

/** Of what shows, episodes and live items all have. */
const everywhere: Mistake[] = [
  ['people', many(500, { name: 'Ada' }), 'people', /more than 100 items \(podcast:person: at most 100 people\)/],
  ['people', [{ name: '' }], 'people.0.name', /fewer than 1 characters \(podcast:person: a name has 1 to 128/],
  ['people', [{ name: long }], 'people.0.name', /more than 128 characters \(podcast:person/],
  ['people', [{ name: '\u0007\u200b ' }], 'people.0.name', /podcast:person/],
  [
    'people',
    [{ name: 'A' }, { name: 'B', role: 'hots' }],
    'people.1.role',
    /“hots” is not a role .* Do you mean “host”/,
  ],
  ['people', [{ name: 'A', role: 'wizard of the seven seas' }], 'people.0.role', /Write one of: director, /],
  ['people', [{ name: 'A', group: 'visual' }], 'people.0.group', /Do you mean “visuals”/],
  ['people', [{ name: 'A', url: 'http://example.com' }], 'people.0.url', /begin with https:\/\//],
  ['people', [{ name: 'A', imageUrl: 'https://[' }], 'people.0.imageUrl', /not a web address/],
  ['people', [{ name: 'A' }, { name: 'A' }], 'people.1', /repeats “people.0” \(podcast:person/],
  ['people', [{ name: 'A', age: 5 }], 'people.0.age', /not a field that is known/],
  ['people', [{ role: 'host' }], 'people.0.name', /is missing/],
  ['people', 'Ada', 'people', /must be array/],
  ['locations', [{ name: long }], 'locations.0.name', /podcast:location/],
  ['locations', [{ name: 'A', geo: 'geo:here' }], 'locations.0.geo', /geo URI \(RFC 5870\)/],
  ['locations', [{ name: 'A', geo: 'geo:91,0' }], 'locations.0.geo', /not on the earth/],
  ['locations', [{ name: 'A', osm: '113314' }], 'locations.0.osm', /N, W or R/],
  ['locations', [{ name: 'A', country: 'Germany' }], 'locations.0.country', /two capital letters/],
  [
    'locations',
    [{ name: 'A', country: 'ZZ' }],
    'locations.0.country',
    /“ZZ” is not the code of a country.*podcast:location/,
  ],
  [
    'locations',
    [
      { name: 'A', country: 'UK' },
      { name: 'B', country: 'QQ' },
    ],
    'locations.1.country',
    /“QQ”/,
  ],
  ['locations', [{ name: 'A', rel: 'about' }], 'locations.0.rel', /subject, creator/],
  ['funding', [{ url: 'http://example.com', label: 'x' }], 'funding.0.url', /begin with https:\/\//],
  ['funding', [{ url: 'example.com', label: 'x' }], 'funding.0.url', /begin with https:\/\//],
  ['funding', [{ url: `${https}a b`, label: 'x' }], 'funding.0.url', /podcast namespace/],
  ['funding', [{ url: `${https}\u0001`, label: 'x' }], 'funding.0.url', /podcast namespace/],
  ['funding', [{ url: `${https}"><script>`, label: 'x' }], 'funding.0.url', /podcast namespace/],
  ['funding', [{ url: https + 'x'.repeat(2000), label: 'x' }], 'funding.0.url', /more than 2000/],
  ['funding', [{ url: https, label: long }], 'funding.0.label', /podcast:funding: its text has 1 to 128/],
  ['funding', many(2, { url: https, label: 'x' }), 'funding.1', /podcast:funding: the same address twice/],
  ['license', { name: 'cc-by' }, 'license.name', /“cc-by” is not a license that podcast:license knows/],
  ['license', { name: 'mine', url: 'http://example.com' }, 'license.url', /https/],
  ['value', value({ recipients: [] }), 'value.recipients', /gives nobody a share/],
  ['value', value({ recipients: [{ ...share, split: 0 }] }), 'value.recipients', /gives nobody a share/],
  ['value', value({ recipients: [{ ...share, fee: true }] }), 'value.recipients', /gives nobody a share/],
  [
    'value',
    value({ recipients: [share, { ...share, fee: true, split: 60 }, { ...share, fee: true, split: 41 }] }),
    'value.recipients',
    /come to 101 percent/,
  ],
  ['value', value({ recipients: [{ ...share, split: -1 }] }), 'value.recipients.0.split', /whole number of shares/],
  ['value', value({ recipients: [{ ...share, split: 1.5 }] }), 'value.recipients.0.split', /whole number of shares/],
  ['value', value({ recipients: [{ ...share, address: 'ada' }] }), 'value.recipients.0.address', /Lightning address/],
  [
    'value',
    value({ recipients: [{ ...share, type: 'node' }] }),
    'value.recipients.0.address',
    /public key of a Lightning node/,
  ],
  ['value', value({ suggested: 'much' }), 'value.suggested', /podcast:value: suggested is an amount/],
  ['value', splits({ startSeconds: 1e300, durationSeconds: 9 }), 'value.timeSplits.0.startSeconds', /<= 360000/],
  ['value', splits({ startSeconds: 0, durationSeconds: 9 }), 'value.timeSplits.0', /either a “remoteItem” or/],
  [
    'value',
    splits({ startSeconds: 0, durationSeconds: 9, remoteItem: { feedGuid }, recipients: [share] }),
    'value.timeSplits.0',
    /and not both/,
  ],
  [
    'value',
    splits({ startSeconds: 0, durationSeconds: 9, remotePercentage: 101, remoteItem: { feedGuid } }),
    'value.timeSplits.0.remotePercentage',
    /0 to 100/,
  ],
  [
    'value',
    splits({ startSeconds: 0, durationSeconds: 9, remotePercentage: 10, recipients: [share] }),
    'value.timeSplits.0.remotePercentage',
    /only goes with a “remoteItem”/,
  ],
  [
    'value',
    splits({ startSeconds: 0, durationSeconds: 9, recipients: [{ ...share, split: 0 }] }),
    'value.timeSplits.0.recipients',
    /gives nobody a share/,
  ],
  [
    'value',
    splits(...[0, 8].map((startSeconds) => ({ startSeconds, durationSeconds: 9, recipients: [share] }))),
    'value.timeSplits.1.startSeconds',
    /without overlaps/,
  ],
  ['socialInteract', [{ protocol: 'activitypub' }], 'socialInteract.0.uri', /uri” is missing/],
  ['socialInteract', [{ protocol: 'icq', uri: https }], 'socialInteract.0.protocol', /disabled, activitypub/],
  ['socialInteract', [{ protocol: 'nostr', uri: 'x' }], 'socialInteract.0.uri', /whole address/],
  ['socialInteract', [{ protocol: 'hive', uri: 'http://example.com/' }], 'socialInteract.0.uri', /rather than http/],
  ['socialInteract', [{ protocol: 'hive', uri: 'javascript:1' }], 'socialInteract.0.uri', /whole address/],
  ['socialInteract', [{ protocol: 'disabled', uri: https }], 'socialInteract.0', /says disabled/],
  ['chat', { server: 'irc.example.com', protocol: 'icq' }, 'chat.protocol', /irc, xmpp, nostr, matrix/],
  [
    'chat',
    { server: 'https://irc.example.com', protocol: 'irc' },
    'chat.server',
    /name of a host, like irc.example.com/,
  ],
  ['chat', { server: 'irc.example.com/room', protocol: 'irc' }, 'chat.server', /name of a host/],
  ['chat', { protocol: 'irc' }, 'chat.server', /is missing/],
  ['texts', [{ value: 'x'.repeat(4001) }], 'texts.0.value', /podcast:txt: a text has 1 to 4000/],
  ['texts', [{ purpose: long, value: 'x' }], 'texts.0.purpose', /podcast:txt: a purpose has 1 to 128/],
  ['images', [{ url: https, aspectRatio: 'wide' }], 'images.0.aspectRatio', /width\/height/],
  ['images', [{ url: https, width: 0 }], 'images.0.width', />= 1/],
  ['images', [{ url: https, purpose: 'Banner!' }], 'images.0.purpose', /podcast:image: purpose/],
  ['images', many(2, { url: https }), 'images.1', /the same picture twice/],
]

const ofShows: Mistake[] = [
  ['furtherCategories', ['Trains'], 'furtherCategories.0', /“Trains” is not a category of Apple/],
  ['furtherCategories', ['Arts', 'Technology'], 'furtherCategories.1', /first category of the show already/],
  ['furtherCategories', ['Arts', 'Arts'], 'furtherCategories.1', /itunes:category: the same category twice/],
  ['furtherCategories', many(9, 'Arts'), 'furtherCategories', /at most 8 further/],
  ['complete', 'yes', 'complete', /must be boolean/],
  ['medium', 'radio', 'medium', /podcast:medium/],
  ['medium', 'podcastL', 'remoteItems', /“podcastL” is a list/],
  ['medium', 'mixed', 'remoteItems', /“mixed” is a list/],
  ['seasons', [{ number: 0, name: 'x' }], 'seasons.0.number', />= 1/],
  ['seasons', [1, 2, 1].map((number) => ({ number, name: 'x' })), 'seasons.2', /repeats “seasons.0”/],
  ['podroll', [{ feedGuid: 'x' }], 'podroll.0.feedGuid', /UUID/],
  ['podroll', many(2, { feedGuid }), 'podroll.1', /podcast:podroll: the same feed twice/],
  ['remoteItems', many(2, { feedGuid, itemGuid: 'x' }), 'remoteItems.1', /the same item twice/],
  ['publisher', { feedGuid }, 'publisher.feedUrl', /is missing/],
  ['platformBlocks', [{ id: 'Spotify', blocked: true }], 'platformBlocks.0.id', /slug of a service/],
  ['platformBlocks', many(2, { blocked: true }), 'platformBlocks.1', /the same platform twice/],
  ['updateFrequency', { label: long }, 'updateFrequency.label', /1 to 128/],
  ['updateFrequency', { label: 'x', rrule: 'weekly' }, 'updateFrequency.rrule', /RFC 5545/],
  ['updateFrequency', { label: 'x', rrule: 'BYDAY=MO' }, 'updateFrequency.rrule', /needs FREQ/],
  ['updateFrequency', { label: 'x', rrule: 'FREQ=DAILY;COUNT=3' }, 'updateFrequency.startsAt', /COUNT needs/],
  ['updateFrequency', { label: 'x', startsAt: 'monday' }, 'updateFrequency.startsAt', /date-time/],
  ['spotify', { countriesOfOrigin: ['de', 'xx'] }, 'spotify.countriesOfOrigin.1', /“xx” is not the code of a country/],
  ['seasons', [{ number: 1e20, name: 'x' }], 'seasons.0.number', /<= 999999999 \(podcast:season/],
  ['spotify', { countriesOfOrigin: ['DE'] }, 'spotify.countriesOfOrigin.0', /two small letters/],
  ['feedPageSize', 9, 'feedPageSize', />= 10 \(RFC 5005/],
  ['feedPageSize', 1001, 'feedPageSize', /<= 1000/],
]

const file = { type: 'video/mp4', sources: [{ uri: 'https://example.com/a.mp4' }] }

const ofEpisodes: Mistake[] = [
  ['numbering', { number: -1 }, 'numbering.number', />= 0/],
  ['numbering', { number: 1, display: 'x'.repeat(33) }, 'numbering.display', /podcast:episode: display has 1 to 32/],
  ['soundbites', [{ startSeconds: 0, durationSeconds: 14 }], 'soundbites.0.durationSeconds', /15 to 120 seconds/],
  ['soundbites', [{ startSeconds: 0, durationSeconds: 121 }], 'soundbites.0.durationSeconds', /15 to 120 seconds/],
  ['soundbites', many(2, { startSeconds: 0, durationSeconds: 20 }), 'soundbites.1', /the same passage twice/],
  ['contentLinks', [{ url: 'ftp://example.com', label: 'x' }], 'contentLinks.0.url', /https/],
  ['alternateEnclosures', [{ ...file, type: 'film' }], 'alternateEnclosures.0.type', /media type/],
  ['alternateEnclosures', [{ ...file, sources: [] }], 'alternateEnclosures.0.sources', /1 to 20 sources/],
  ['alternateEnclosures', [{ ...file, bitrate: 0 }], 'alternateEnclosures.0.bitrate', /> 0/],
  ['alternateEnclosures', [{ ...file, title: 'x'.repeat(33) }], 'alternateEnclosures.0.title', /1 to 32/],
  ['alternateEnclosures', [{ ...file, language: 'klingon!' }], 'alternateEnclosures.0.language', /not a language tag/],
  [
    'alternateEnclosures',
    [{ ...file, sources: [{ uri: 'http://example.com/a.mp4' }] }],
    'alternateEnclosures.0.sources.0.uri',
    /rather than http/,
  ],
  [
    'alternateEnclosures',
    [{ ...file, integrity: { type: 'sri', value: 'sha384-abc' } }],
    'alternateEnclosures.0.integrity.value',
    /podcast:integrity/,
  ],
  ['blocked', 1, 'blocked', /must be boolean/],
]

async function refuse(t: Test, ask: (change: object) => Promise<{ json(): unknown }>, mistakes: readonly Mistake[]) {
  for (const [name, wrong, field, detail] of mistakes) {
    const problem = (await ask({ [name]: wrong })).json()
    t.match(problem, { status: 400, code: 'invalid', field, detail }, `${field} ${JSON.stringify(wrong).slice(0, 60)}`)
    t.same(Object.keys(problem as object).sort(), ['code', 'detail', 'field', 'status', 'title', 'type'])
  }
}

t.test('a tag of a show that breaks a rule is refused, by field and rule, when made and when changed', async (t) => {
  const { api, createShow } = await openStation(t)
  const show = await createShow({ medium: 'podcast' })
  const { updatedAt: _, ...before } = show
  await refuse(t, (change) => api('POST', '/shows', { ...aShow, ...change }), [...everywhere, ...ofShows])
  await refuse(t, (change) => api('PATCH', `/shows/${show.id}`, change), [...everywhere, ...ofShows])
  t.match((await api('GET', `/shows/${show.id}`)).json(), before)
  t.equal((await api('GET', '/shows')).json().length, 1)
})

t.test('the same of an episode', async (t) => {
  const { api, createShow, createEpisode } = await openStation(t)
  const show = await createShow()
  const episode = await createEpisode(show.id)
  const mistakes = [...everywhere, ...ofEpisodes]
  await refuse(t, (change) => api('POST', `/shows/${show.id}/episodes`, change), mistakes)
  await refuse(t, (change) => api('PATCH', `/episodes/${episode.id}`, change), mistakes)
  t.same((await api('GET', `/shows/${show.id}/episodes`)).json(), [episode])
})

t.test('the category of a show cannot become one of its further ones', async (t) => {
  const { api, createShow } = await openStation(t)
  const { id } = await createShow({ furtherCategories: ['Arts'] })
  const answer = await api('PATCH', `/shows/${id}`, { category: 'Arts' })
  t.match(answer.json(), { status: 400, field: 'furtherCategories.0' })
  t.equal((await api('GET', `/shows/${id}`)).json().category, 'Technology')
  const both = await api('PATCH', `/shows/${id}`, { category: 'Arts', furtherCategories: ['Technology'] })
  t.match(both.json(), { category: 'Arts', furtherCategories: ['Technology'] })
})

t.test('a list loses its items only with its medium', async (t) => {
  const { api, createShow } = await openStation(t)
  const { id } = await createShow({ medium: 'musicL', remoteItems: [{ feedGuid }] })
  t.match((await api('PATCH', `/shows/${id}`, { remoteItems: null })).json(), { status: 400, field: 'remoteItems' })
  const gone = (await api('PATCH', `/shows/${id}`, { remoteItems: null, medium: null })).json()
  t.notOk('medium' in gone || 'remoteItems' in gone)
})

t.test('passages end with the audio; what was written before the audio became shorter may stay', async (t) => {
  const station = await openStation(t)
  const { api } = station
  const episode = await publishedEpisode(station, await station.createShow())
  const url = `/episodes/${episode.id}`
  const bites = (startSeconds: number) => ({ soundbites: [{ startSeconds, durationSeconds: 20 }] })
  const split = (startSeconds: number) => ({
    value: splits({ startSeconds, durationSeconds: 20, recipients: [share] }),
  })
  const late = { status: 400, detail: /ends at 1031 s, but the audio already at 1029 s/ }
  t.match((await api('PATCH', url, bites(1011))).json(), { ...late, field: 'soundbites.0.startSeconds' })
  t.match((await api('PATCH', url, split(1011))).json(), { ...late, field: 'value.timeSplits.0.startSeconds' })
  t.match((await api('PATCH', url, { ...bites(1010), ...split(1010) })).json(), { ...bites(1010), ...split(1010) })

  await giveAudio(station.app, episode.id)
  await station.app.db.updateTable('rendition').set({ durationSeconds: 60 }).execute()
  const changed = await api('PATCH', url, { people: [{ name: 'Ada' }] })
  t.match(changed.json(), { people: [{ name: 'Ada' }], ...bites(1010) })
  t.match((await api('PATCH', url, bites(1010))).json(), { status: 400 })
})

t.test('more than a show or an episode can need is refused before anything looks at it', async (t) => {
  const { api, createShow, createEpisode } = await openStation(t)
  const show = await createShow()
  const episode = await createEpisode(show.id)
  const large = { texts: many(66, { value: 'x'.repeat(4000) }) }
  for (const answer of [
    await api('POST', '/shows', { ...aShow, ...large }),
    await api('PATCH', `/shows/${show.id}`, large),
    await api('POST', `/shows/${show.id}/episodes`, large),
    await api('PATCH', `/episodes/${episode.id}`, large),
    await api('POST', `/shows/${show.id}/live-items`, large),
  ]) {
    t.match(answer.json(), { status: 413, code: 'too-large' })
  }
})
