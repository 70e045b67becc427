import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { AppError, type ErrorCode, invalid } from '../core/errors.ts'
import { builtFolder } from '../core/paths.ts'
import type { RenderedArtwork } from './render-artwork.ts'

/** What the process says before it ends. */
export type Answer =
  | Readonly<{ rendered: RenderedArtwork }>
  | Readonly<{ refusal: Readonly<{ code: ErrorCode; message: string }> }>
  | Readonly<{ trouble: string }>

/** The worst picture that is taken needs three seconds of a quiet core. */
const limitSeconds = 60
const niceness = 5

/**
 * `renderArtwork` in a process of its own, which ends with its work: what libvips needs is given back, and a picture that is made to
 * harm a decoder harms nothing else. One at a time; others wait. Throws as `renderArtwork` does.
 */
export function renderApart(bytes: Buffer): Promise<RenderedArtwork> {
  const mine = last.then(() => renderInChild(bytes))
  last = mine.then(
    () => {},
    () => {},
  )
  return mine
}

let last: Promise<void> = Promise.resolve()

async function renderInChild(bytes: Buffer): Promise<RenderedArtwork> {
  const child = fork(`${builtFolder('artwork')}/render-child.js`, {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const limit = setTimeout(() => child.kill('SIGKILL'), limitSeconds * 1000)
  try {
    if (child.pid !== undefined) setPriority(child.pid, niceness)
    child.send(bytes)
    return result(await answerOf(child))
  } finally {
    clearTimeout(limit)
    child.kill('SIGKILL')
  }
}

/** Undefined when it ended without one. */
async function answerOf(child: ChildProcess): Promise<Answer | undefined> {
  const ended = new AbortController()
  const { signal } = ended
  try {
    const [answer] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => []),
    ])
    return answer as Answer | undefined
  } finally {
    ended.abort()
  }
}

function result(answer: Answer | undefined): RenderedArtwork {
  if (!answer) throw invalid(tooMuch)
  if ('refusal' in answer) throw new AppError(answer.refusal.code, answer.refusal.message)
  if ('trouble' in answer) throw new Error(`A picture could not be rendered: ${answer.trouble}`)
  const { files, ...rendered } = answer.rendered
  return { ...rendered, files: files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes) })) }
}

const tooMuch =
  'This picture could not be decoded: it is damaged, or it takes far more time or memory than artwork needs. Export it again as JPEG, with 3000 × 3000 pixels.'
