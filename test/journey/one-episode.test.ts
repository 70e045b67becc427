import t from 'tap'
import { startPostgres } from '../engines/postgres.ts'
import { demandS3 } from '../engines/s3.ts'
import { oneEpisodeJourney } from './one-episode.ts'

t.test('a WAV becomes an episode in a feed, on SQLite and disk', (t) => oneEpisodeJourney(t, {}))

t.test('a WAV becomes an episode in a feed, on PostgreSQL and S3', async (t) => {
  const s3 = await demandS3(t)
  if (!s3) return
  const postgres = await startPostgres()
  await oneEpisodeJourney(t, {
    DATABASE_URL: await postgres.createDatabase(),
    SECRET_KEY: 'a secret key of some length, for tests',
    STORAGE_URL: s3.storageUrl('one-episode'),
    ...s3.environment,
  })
  t.teardown(() => postgres.stop())
})
