import type { App } from '../../core/app.ts'
import { invalid } from '../../core/errors.ts'
import { hitIdOf } from '../../core/ids.ts'
import { createServedLookup } from './find-served.ts'
import { createRecognisingReader, type FormName, formNames, forms } from './forms.ts'
import { createHitBatch } from './hit-batch.ts'
import { createLineIds } from './line-ids.ts'
import { type LineTally, noteNotUnderstood } from './line-tally.ts'
import { createLoggedHits, mayBeHit } from './logged-hit.ts'
import type { LineReader, LoggedRequest } from './logged-request.ts'
import { readLines } from './read-lines.ts'
import { unzipped } from './unzipped.ts'

/** By then a log has shown its form. */
const linesToRecognise = 100
const dayMs = 24 * 60 * 60 * 1000

export type IngestOptions = Readonly<{
  /** See `openCountries`. */
  countryOf(address: string): string | undefined
  /** Hits before that instant are refused (epoch ms): the log of hits has forgotten their time. */
  oldest: number
  /** Absent: whichever the first lines have. */
  form?: FormName
}>

/** Reads one log, zipped or not, and counts in `tally`, while it reads, what becomes of its lines. */
export type LogIngest = (log: AsyncIterable<Buffer>, tally: LineTally) => Promise<void>

/**
 * What turns access logs into hits of the source `log`: what stands in front of the station tells who asked for audio, and how
 * many bytes they got. The same log twice, or logs that overlap, give the same hits, and each is there once. Throws `invalid`
 * where none of a log's lines can be understood, and what reading it throws; what was read before is taken all the same.
 */
export function createLogIngest(app: App, { countryOf, oldest, form }: IngestOptions): LogIngest {
  const { secretKey } = app.config
  const findServed = createServedLookup(app)
  const hitOf = createLoggedHits({ secretKey, countryOf })

  return async (log, tally) => {
    const read = form ? forms[form]() : createRecognisingReader()
    const lineId = createLineIds(secretKey)
    const batch = createHitBatch(app.events, tally)

    async function take(request: LoggedRequest, line: string): Promise<void> {
      const served = mayBeHit(request) ? await findServed(request) : undefined
      if (!served) tally.passedOver++
      else if (request.at < oldest) tally.tooOld++
      else await batch.add(hitOf(request.requestId ? hitIdOf(request.requestId) : lineId(line), request, served))
    }

    try {
      for await (const line of readLines(unzipped(log))) {
        tally.lines++
        const request = understand(line, read, app.clock.now() + dayMs)
        if (request === undefined) noteNotUnderstood(tally)
        else if (request === 'other') tally.passedOver++
        else await take(request, line as string)
        if (tally.lines === linesToRecognise && isAllUnknown(tally)) break
      }
    } finally {
      await batch.flush()
    }
    if (tally.lines > 0 && isAllUnknown(tally)) throw unknownForm(form)
  }
}

/** An empty line tells of nothing; one that tells of what is still to come makes no sense. */
function understand(line: string | undefined, read: LineReader, latest: number): ReturnType<LineReader> {
  if (line === undefined) return undefined
  if (line === '') return 'other'
  const request = read(line)
  return typeof request === 'object' && request.at > latest ? undefined : request
}

const isAllUnknown = ({ lines, notUnderstood }: LineTally) => notUnderstood === lines

const unknownForm = (form: FormName | undefined) =>
  invalid(
    form
      ? `No line of it is of the form ${form}. Leave --form away to have the form recognised.`
      : `None of its first lines is of a form that is known. Known are ${formNames.join(', ')}.`,
  )
