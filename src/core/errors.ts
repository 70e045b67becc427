/** What can go wrong, in the product's words; `web.ts` holds the one map from these to HTTP. */
export type ErrorCode =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'precondition-failed'
  | 'too-large'
  | 'rate-limited'
  | 'unavailable'

/** The only error whose message reaches a reader: it says what to do. Anything else is "Internal error". */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  /** Fields for a program, merged into the problem+json document. */
  readonly details: Readonly<Record<string, unknown>>
  /** Not before then (epoch ms) is another try welcome; undefined: nobody said. */
  readonly retryAt: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown>; retryAt?: number | undefined } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
    this.retryAt = options.retryAt
  }
}

/** A field breaks a rule; `field` is its JSON name. */
export const invalid = (message: string, field?: string) =>
  new AppError('invalid', message, { details: field ? { field } : {} })

export const unauthorized = (message: string) => new AppError('unauthorized', message)

export const forbidden = (message: string) => new AppError('forbidden', message)

export const notFound = (what: string, id: string) =>
  new AppError('not-found', `There is no ${what} “${id}” here. Check the address or the id.`)

export const gone = (what: string) => new AppError('gone', `This ${what} was deleted.`)

export const conflict = (message: string, field?: string) =>
  new AppError('conflict', message, { details: field ? { field } : {} })

export const tooLarge = (message: string) => new AppError('too-large', message)

export const unavailable = (message: string, cause?: unknown, retryAt?: number) =>
  new AppError('unavailable', message, { cause, retryAt })
