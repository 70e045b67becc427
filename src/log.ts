import { pino } from 'pino'
import type { Config } from './core/config.ts'

/** The process's log: JSON lines on standard output, or on another file descriptor. Credentials never reach it. */
export const createLog = (config: Pick<Config, 'logLevel'>, descriptor = 1) =>
  pino(
    {
      level: config.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie'],
      serializers: { error: pino.stdSerializers.err },
    },
    pino.destination(descriptor),
  )
