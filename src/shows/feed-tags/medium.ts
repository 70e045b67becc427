import type { Static } from '@fastify/type-provider-typebox'
import { Word } from './kinds.ts'

const media = ['podcast', 'music', 'video', 'film', 'audiobook', 'newsletter', 'blog', 'publisher', 'course'] as const

/** `podcast:medium`; with an L a list of items of other feeds. */
export const Medium = Word(
  [...media, ...media.map((medium) => `${medium}L` as const), 'mixed'],
  'podcast:medium: one of the words of the podcast namespace',
  'what kind of feed it is; default podcast',
)
export type Medium = Static<typeof Medium>
