import { pino } from 'pino'
import type { Config } from './core/config.ts'

/** The process's log: JSON lines on standard output. Credentials never reach it. */
export const createLog = (config: Pick<Config, 'logLevel'>) =>
  pino({
    level: config.logLevel,
    redact: ['req.headers.authorization', 'req.headers.cookie'],
    serializers: { error: pino.stdSerializers.err },
  })
