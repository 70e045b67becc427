import type { FastifyRequest } from 'fastify'
import { invalid } from '../core/errors.ts'

/** The fields of a form as they were typed. */
export type Typed = Readonly<Record<string, string>>

/** What a form was refused for, and what was typed into it, so that nothing is lost. */
export type Refusal = Readonly<{
  /** Id of the form, or of what the form belongs to. */
  form: string
  message: string
  /** Name of the field at fault, when it is one. */
  field?: string
  typed: Typed
}>

/** A form as it is printed: with what was typed when it was refused, else with what is stored. */
export type FormState = Readonly<{ id: string; values: Typed; problem?: Pick<Refusal, 'message' | 'field'> }>

export const formState = (id: string, stored: Typed, refusal: Refusal | undefined): FormState =>
  refusal?.form === id ? { id, values: refusal.typed, problem: refusal } : { id, values: stored }

/** A posted form; of a field that came several times, the last one. Anything else is an empty form. */
export function typedFields(body: unknown): Typed {
  const pairs = Object.entries((body ?? {}) as Record<string, unknown>)
  return Object.fromEntries(pairs.map(([name, value]) => [name, String([value].flat().at(-1) ?? '')]))
}

/** Holds a form's fields to a schema of the API. Throws `invalid` in words for people, with the field's name. */
export function checkForm(request: FastifyRequest, schema: object, fields: Readonly<Record<string, unknown>>): void {
  const check = request.compileValidationSchema(schema as Record<string, unknown>)
  if (check(fields)) return
  const [mistake] = check.errors ?? []
  throw invalid(wordsOf(mistake), mistake?.instancePath.split('/')[1])
}

type Mistake = Readonly<{ keyword: string; params: Record<string, unknown>; message?: string }>

function wordsOf(mistake: Mistake | undefined): string {
  switch (mistake?.keyword) {
    case 'minLength':
    case 'pattern':
      return 'Fill this in.'
    case 'maxLength':
      return `Shorten this: it can have ${mistake.params.limit} characters.`
    case 'minimum':
      return `Write a number of at least ${mistake.params.limit}.`
    case 'maximum':
      return `Write a number of at most ${mistake.params.limit}.`
    case 'format':
      return mistake.params.format === 'email'
        ? 'This is not an e-mail address. Write it like name@example.com.'
        : 'Choose a day and a time.'
    default:
      return `This value ${mistake?.message ?? 'cannot be used'}.`
  }
}
