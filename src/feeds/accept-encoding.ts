import { remember } from '../core/remember.ts'

export type Coding = 'br' | 'gzip' | 'identity'

/** Weights of a header by coding; what is not named has none. */
type Weights = ReadonlyMap<string, number>

const keptHeaders = 1_000

/** Taken when nothing that is named weighs more (RFC 9110 §12.5.3): it needs no consent. */
const unnamedIdentity = 0.0001

/** `chooseCoding` for that offer, which remembers its answers: few headers are ever sent. */
export function codingChooser(offered: readonly Coding[]): (header: string | string[] | undefined) => Coding {
  const choose = remember(keptHeaders, (header) => chooseCoding(header, offered))
  return (header) => (header === undefined ? 'identity' : choose(String(header)))
}

/**
 * The coding that an `Accept-Encoding` header weighs most; of equal ones the first that is offered. Identity where it takes none of
 * them, even if it refuses that too: apps make more of a feed than of 406.
 */
export function chooseCoding(header: string | undefined, offered: readonly Coding[]): Coding {
  if (header === undefined) return 'identity'
  const weights = parseWeights(header)
  let best: Coding = 'identity'
  let most = weightOf(weights, best)
  for (const coding of offered) {
    const weight = weightOf(weights, coding)
    if (weight > 0 && (weight > most || (weight === most && best === 'identity'))) {
      best = coding
      most = weight
    }
  }
  return best
}

function weightOf(weights: Weights, coding: Coding): number {
  const named = weights.get(coding) ?? (coding === 'gzip' ? weights.get('x-gzip') : undefined) ?? weights.get('*')
  return named ?? (coding === 'identity' ? unnamedIdentity : 0)
}

/** A weight that is no number is none. */
function parseWeights(header: string): Weights {
  return new Map(
    header
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim())
        const weight = parameters.find((parameter) => parameter.startsWith('q='))
        return [coding, weight === undefined ? 1 : Number(weight.slice(2)) || 0] as const
      }),
  )
}
