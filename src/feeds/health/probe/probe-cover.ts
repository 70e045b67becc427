import type { Rule } from '../rule.ts'
import { type Follow, isAnswer, isGood, type Outcome, withoutBody } from './follow.ts'
import { mediaType } from './probe-enclosure.ts'

export type CoverProbe = Readonly<{ url: string; head: Outcome }>

/** Rejects when the time for all is over. */
export const probeCover = async (follow: Follow, url: string): Promise<CoverProbe> => ({
  url,
  head: await withoutBody(follow(url, { method: 'HEAD' })),
})

const apple = { authority: 'Apple', source: 'https://podcasters.apple.com/support/896-artwork-requirements' } as const

export const coverProbeRules: readonly Rule<[CoverProbe]>[] = [
  {
    ...apple,
    id: 'http-cover-head',
    level: 'error',
    objection({ url, head }) {
      if (!isAnswer(head)) return `The cover cannot be fetched from ${url}: ${head.message}`
      return head.status === 200
        ? undefined
        : `${url} answers HEAD with ${head.status}; directories ask so for the cover. Have the proxy pass HEAD on.`
    },
  },
  {
    ...apple,
    id: 'http-cover-type',
    level: 'error',
    objection({ url, head }) {
      if (!isGood(head) || ['image/jpeg', 'image/png'].includes(mediaType(head.headers))) return undefined
      return `${url} is sent as ${mediaType(head.headers) || 'nothing'} where a JPEG or PNG is right. Look at the proxy's settings.`
    },
  },
]
