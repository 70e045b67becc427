import type { Facts, HealthItem } from '../../../src/feeds/health/facts.ts'
import { fullShow } from '../../fixtures/full-show.ts'

export const noon = Date.parse('2026-03-01T12:00:00Z')

type Item = Partial<HealthItem>

/** An episode that nobody objects to. */
export const soundItem = (fields: Item = {}): HealthItem => ({
  guid: '7f9c24e8-3b12-4ae5-8d52-1c0a2f6b9e01',
  episodeId: 'one',
  title: 'First light',
  link: 'https://radio.example.org/shows/long-waves/episodes/first-light',
  notesHtml: '<p>00:00 Hello</p>',
  summary: '00:00 Hello',
  publishedAt: noon - 1_000,
  enclosure: {
    url: 'https://radio.example.org/audio/1/first-light.mp3',
    bytes: 12_345,
    type: 'audio/mpeg',
    bitrateKbps: 128,
    sha384: undefined,
  },
  alternate: undefined,
  durationSeconds: 1_800,
  imageUrl: undefined,
  explicit: false,
  season: 1,
  number: 1,
  type: 'full',
  chaptersUrl: 'https://radio.example.org/episodes/1/chapters.json',
  transcripts: [{ url: 'https://radio.example.org/episodes/1/transcript.vtt', type: 'text/vtt', language: 'en' }],
  tags: {},
  channels: 2,
  lufs: -16,
  ...fields,
})

/** A show that nobody objects to. */
export function soundFacts(fields: Partial<Facts> = {}, model: Partial<Facts['model']> = {}): Facts {
  const items = fields.items ?? [soundItem()]
  return {
    model: {
      ...fullShow,
      ownerEmail: 'owner@radio.fm',
      tags: { funding: [{ url: 'https://radio.fm/support', label: 'Support' }], people: [{ name: 'Ann' }] },
      liveItems: [],
      type: 'episodic',
      description: 'About long waves.',
      newFeedUrl: undefined,
      items,
      ...model,
    },
    publicUrl: 'https://radio.fm',
    coverPixels: 3_000,
    pageSize: 300,
    gzipBytes: 10_000,
    isGuidFinal: true,
    isRedirected: false,
    now: noon,
    ...fields,
    items,
  }
}
