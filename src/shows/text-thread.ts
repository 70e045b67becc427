import { parentPort } from 'node:worker_threads'
import { AppError } from '../core/errors.ts'
import { readChapters } from './read-chapters.ts'
import { readTranscript } from './read-transcript.ts'
import { listParagraphs, printStored, tellTranscript } from './stored-transcript.ts'

/** What takes long with a long text. Parameters and results are few and large: copying thousands of objects takes long too. */
const verbs = { readChapters, readTranscript, tellTranscript, printStored, listParagraphs }

export type Verbs = typeof verbs
export type Question = Readonly<{ verb: keyof Verbs; parameters: readonly unknown[] }>

export type Answer =
  | Readonly<{ found: unknown }>
  | Readonly<{ refusal: Pick<AppError, 'code' | 'message' | 'details'> }>
  | Readonly<{ trouble: Error }>

/** The thread of `askTextThread`. */
parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)))

function answer({ verb, parameters }: Question): Answer {
  const run = verbs[verb] as (...parameters: readonly unknown[]) => unknown
  try {
    return { found: run(...parameters) }
  } catch (error) {
    if (error instanceof AppError) {
      const { code, message, details } = error
      return { refusal: { code, message, details } }
    }
    return { trouble: error as Error }
  }
}
