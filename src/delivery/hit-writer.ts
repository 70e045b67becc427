import type { FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import type { Door } from '../core/events.ts'
import { hitIdOf, newId } from '../core/ids.ts'
import type { Rendition } from '../shows/rendition.ts'
import { openCountries } from './countries.ts'
import { toldBy } from './hit.ts'
import { createListenerKeys } from './listener-keys.ts'

/** What is asked for, by which address, and with whose feed token. */
export type Asked = Readonly<{ rendition: Pick<Rendition, 'id' | 'episodeId'>; door: Door; feedTokenId?: string }>

/** What it gives resolves when the hit is written down, and never rejects. */
export type HitWriter = (request: FastifyRequest, asked: Asked) => (status: number, bytesSent: number) => Promise<void>

/**
 * What writes one hit for each media request, when it is answered; none where the log of what stands in front of this station
 * is the record. Throws `ConfigError` when COUNTRIES_FILE cannot be used.
 */
export async function openHitWriter({ config, clock, events }: App): Promise<HitWriter> {
  if (config.countFrom === 'log') return () => async () => {}
  const keysOf = createListenerKeys(config.secretKey)
  const countryOf = await openCountries(config.countriesFile)
  return (request, { rendition, door, feedTokenId }) => {
    // Asked for now, because a listener that goes away takes its address along; it may have gone already.
    const address = request.ip ?? ''
    return (status, bytesSent) => {
      const at = clock.now()
      const { listenerKey, previousKey } = keysOf(address, at)
      const { range, userAgent, referrer } = toldBy(request.headers)
      // Each thing by its name: to spread so many takes as long as to write them to the journal.
      return events.append({
        id: config.trustProxy ? idOfRequest(request) : newId(),
        at,
        episodeId: rendition.episodeId,
        renditionId: rendition.id,
        listenerKey,
        previousKey,
        country: countryOf(address),
        feedTokenId,
        door,
        source: 'station',
        method: request.method,
        status,
        bytesSent,
        range,
        userAgent,
        referrer,
      })
    }
  }
}

/** By what the proxy calls it, where it does, so that its log and ours tell of one hit. */
function idOfRequest({ headers }: FastifyRequest): string {
  const requestId = headers['x-request-id']
  return typeof requestId === 'string' && requestId !== '' ? hitIdOf(requestId) : newId()
}
