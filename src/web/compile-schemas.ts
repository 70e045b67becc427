import Fastify, { type FastifyInstance } from 'fastify'
import type { FastifyValidationResult } from 'fastify/types/schema.js'

/** Ours need no check against JSON Schema's; `rule` is what a problem tells of them (error-answers), by `verbose`. */
const customOptions = {
  validateSchema: false,
  verbose: true,
  keywords: ['rule'],
  removeAdditional: false,
  coerceTypes: false,
  allErrors: false,
}

/**
 * Has a schema compiled when a request first needs it: Fastify compiles those of all routes before it listens, which takes longer
 * than the rest of a start.
 */
export async function compileWhenNeeded(web: FastifyInstance): Promise<void> {
  compilers ??= ownCompilers()
  const { validatorFor, serializerFor } = await compilers
  web.setValidatorCompiler<object>((part) => {
    // As Ajv's own: what is wrong stands beside the function.
    const validate: FastifyValidationResult = (value) => {
      const validateNow = validatorFor(part)
      const isValid = validateNow(value)
      validate.errors = validateNow.errors
      return isValid
    }
    return validate
  })
  web.setSerializerCompiler<object>((part) => (value) => serializerFor(part)(value))
}

let compilers: ReturnType<typeof ownCompilers> | undefined

/** Fastify's own compilers, which a server has when a route with schemas is ready. What they made is kept for all servers of this process. */
async function ownCompilers() {
  const server = Fastify({ ajv: { customOptions } })
  server.get('/', { schema: { querystring: {}, response: { 200: {} } } }, async () => ({}))
  await server.ready()
  const { validatorCompiler, serializerCompiler } = server
  if (!validatorCompiler || !serializerCompiler) throw new Error('Fastify has no compilers')
  return { validatorFor: remembering(validatorCompiler), serializerFor: remembering(serializerCompiler) }
}

type Part = Readonly<{ schema: object; method: string; url: string }>

function remembering<T>(compile: (part: Part) => T): (part: Part) => T {
  const made = new WeakMap<object, T>()
  return (part) => {
    const found = made.get(part.schema) ?? compile(part)
    made.set(part.schema, found)
    return found
  }
}
