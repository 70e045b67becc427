import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { AppError } from '../core/errors.ts'
import { startThread } from '../core/start-thread.ts'
import type { Answer, Question, Verbs } from './text-thread.ts'

type AskTextThread = <Name extends keyof Verbs>(
  verb: Name,
  ...parameters: Parameters<Verbs[Name]>
) => Promise<ReturnType<Verbs[Name]>>

type Limits = Readonly<{
  /** The longest text that is taken needs two seconds of a quiet core, one that is made to be slow six. */
  seconds?: number
  /** It needs 190. */
  heapMegabytes?: number
  /** After so long without a question the thread ends: what the last text took of the memory is given back. */
  idleSeconds?: number
}>

/**
 * Calls that function with a long text in a thread of its own, because nobody is served meanwhile: one question at a time, others
 * wait. Rejects as the function does, and with `invalid` when it takes far more time or memory than any honest text.
 */
export const askTextThread = createTextThread()

export function createTextThread({ seconds = 30, heapMegabytes = 384, idleSeconds = 10 }: Limits = {}): AskTextThread {
  let last: Promise<unknown> = Promise.resolve()
  let resting: Readonly<{ thread: Worker; end: NodeJS.Timeout }> | undefined

  async function ask(question: Question): Promise<unknown> {
    const thread = wake()
    const answer = await answerOf(thread, question, seconds).catch(async (error) => {
      await thread.terminate()
      throw isTooMuch(error) ? new AppError('invalid', tooMuch, { cause: error }) : error
    })
    rest(thread)
    return resultOf(answer)
  }

  /** The thread of the last question, or a new one. */
  function wake(): Worker {
    clearTimeout(resting?.end)
    const thread = resting?.thread ?? startThread('shows/text-thread', { heapMegabytes })
    resting = undefined
    thread.ref()
    return thread
  }

  /** At rest it does not keep the process alive. */
  function rest(thread: Worker): void {
    thread.unref()
    const end = setTimeout(() => {
      resting = undefined
      void thread.terminate()
    }, idleSeconds * 1000).unref()
    resting = { thread, end }
  }

  return (verb, ...parameters) => {
    const mine = last.then(() => ask({ verb, parameters }))
    last = mine.catch(() => {})
    return mine as never
  }
}

async function answerOf(thread: Worker, question: Question, seconds: number): Promise<Answer> {
  thread.postMessage(question)
  const [answer] = await once(thread, 'message', { signal: AbortSignal.timeout(seconds * 1000) })
  return answer
}

function resultOf(answer: Answer): unknown {
  if ('found' in answer) return answer.found
  if ('trouble' in answer) throw answer.trouble
  const { code, message, details } = answer.refusal
  throw new AppError(code, message, { details })
}

const isTooMuch = ({ code }: { code?: unknown }) => code === 'ABORT_ERR' || code === 'ERR_WORKER_OUT_OF_MEMORY'

const tooMuch =
  'This text takes far more time or memory to read than a transcript or chapters need. Send a shorter one, or a simpler form of it.'
