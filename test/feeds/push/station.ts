import type { Test } from 'tap'
import { publishFeed } from '../../../src/feeds/publish-feed.ts'
import { databaseSettings } from '../../engines/database-settings.ts'
import { fakeClock } from '../../fixtures/fake-clock.ts'
import { openStation } from '../../station.ts'

export const noon = Date.parse('2026-03-01T12:00:00Z')
export const minuteMs = 60_000

/** Nobody listens there: jobs of these tests are looked at, not run. */
export const settings = {
  PUBLIC_URL: 'https://radio.example',
  WEBSUB_HUBS: 'https://hub.example/',
  PODPING_URL: 'https://podping.example/',
  PODPING_TOKEN: 'the token of podping',
  OVERCAST_PING_URL: 'https://overcast.example/ping',
}

/** A station whose clock stands still, on that engine, with a show; `told` makes its feed and gives who is told of it since. */
export async function pushStation(t: Test, engine: string, environment: Record<string, string> = settings) {
  const clock = fakeClock(noon)
  const station = await openStation(t, {
    clock,
    environment: { ...environment, ...(await databaseSettings(t, engine)) },
  })
  const { app } = station
  const show = await station.createShow()
  await publishFeed(app, { showId: show.id })

  const pushes = () => app.db.selectFrom('push').selectAll().orderBy('id').execute()
  const jobs = (name: string) => app.db.selectFrom('job').selectAll().where('name', '=', name).orderBy('id').execute()
  async function told(): Promise<string[]> {
    const before = new Set((await pushes()).map(({ id }) => id))
    await publishFeed(app, { showId: show.id })
    return (await pushes()).filter(({ id }) => !before.has(id)).map(({ service, reason }) => `${service} ${reason}`)
  }
  return { ...station, clock, show, told, pushes, jobs }
}

export const everybody = ['websub update', 'podping update', 'overcast update']
