import type { FeedFile } from '../../feed-model.ts'
import type { Rule } from '../rule.ts'
import { type Follow, isAnswer, isGood, type Outcome, withoutBody } from './follow.ts'

/** What came of asking for audio as Apple does: HEAD, and its first two bytes. */
export type EnclosureProbe = Readonly<{ file: FeedFile; head: Outcome; range: Outcome }>

/** Rejects when the time for all is over. */
export const probeEnclosure = async (follow: Follow, file: FeedFile): Promise<EnclosureProbe> => ({
  file,
  head: await withoutBody(follow(file.url, { method: 'HEAD' })),
  range: await withoutBody(follow(file.url, { headers: { range: 'bytes=0-1' } })),
})

const apple = { authority: 'Apple', source: 'https://podcasters.apple.com/support/823-podcast-requirements' } as const
const http = (clause: string) => ({ authority: 'HTTP', source: `RFC 9110 §${clause}` }) as const

/** What must come back. Each rule looks only at answers that the ones above have nothing against. */
export const enclosureProbeRules: readonly Rule<[EnclosureProbe]>[] = [
  {
    ...apple,
    id: 'http-audio-answers',
    level: 'error',
    objection({ file, head, range }) {
      const failed = [head, range].find((outcome) => !isAnswer(outcome))
      if (failed === undefined || isAnswer(failed)) return undefined
      return `The audio cannot be fetched from ${file.url}: ${failed.message} Apps would fail too.`
    },
  },
  {
    ...apple,
    id: 'http-audio-head',
    level: 'error',
    objection: ({ file, head }) =>
      isAnswer(head) && head.status !== 200
        ? `${file.url} answers HEAD with ${head.status}; directories ask so before they take an episode. Have the server answer 200, or take the prefix away.`
        : undefined,
  },
  {
    ...apple,
    id: 'http-audio-range',
    level: 'error',
    objection({ file, range }) {
      if (!isAnswer(range)) return undefined
      const { status, headers } = range
      if (status === 200)
        return `${file.url} sends the whole file where a part is asked for, so nobody can seek. Have the server honour Range.`
      if (status !== 206)
        return `${file.url} answers ${status} where a part of it is asked for. Have the server answer 206.`
      const told = headers.get('content-range') ?? 'none'
      const exact = `bytes 0-1/${file.bytes}`
      if (told === exact) return undefined
      return `${file.url} sends the Content-Range “${told}” where “${exact}” is right. Have the file that the feed tells of served.`
    },
  },
  {
    ...apple,
    id: 'http-audio-length',
    level: 'error',
    objection({ file, head }) {
      const told = isGood(head) ? (head.headers.get('content-length') ?? 'no length') : String(file.bytes)
      if (told === String(file.bytes)) return undefined
      return `The feed says that ${file.url} has ${file.bytes} bytes, the server says ${told}. Have the file that the feed tells of served.`
    },
  },
  {
    ...apple,
    id: 'http-audio-type',
    level: 'warning',
    objection({ file, head }) {
      const told = isGood(head) ? mediaType(head.headers) : file.type
      if (told === file.type) return undefined
      return `The feed says that ${file.url} is ${file.type}, the server says ${told || 'nothing'}. Have it served with the Content-Type ${file.type}.`
    },
  },
  {
    ...http('14.3'),
    id: 'http-audio-accept-ranges',
    level: 'warning',
    objection: ({ file, head }) =>
      isGood(head) && head.headers.get('accept-ranges') !== 'bytes'
        ? `${file.url} does not say that parts of it can be asked for. Have the server send “Accept-Ranges: bytes”.`
        : undefined,
  },
]

/** Without its parameters. */
export const mediaType = (headers: Headers): string =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
