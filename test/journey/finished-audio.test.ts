import t from 'tap'
import { startPostgres } from '../engines/postgres.ts'
import { demandS3 } from '../engines/s3.ts'
import { finishedAudioJourney } from './finished-audio.ts'

t.test('what becomes of a recording, on SQLite and disk', (t) => finishedAudioJourney(t, {}))

t.test('what becomes of a recording, on PostgreSQL and S3', async (t) => {
  const s3 = await demandS3(t)
  if (!s3) return
  const postgres = await startPostgres()
  await finishedAudioJourney(t, {
    DATABASE_URL: await postgres.createDatabase(),
    SECRET_KEY: 'a secret key of some length, for tests',
    STORAGE_URL: s3.storageUrl('finished-audio'),
    ...s3.environment,
  })
  t.teardown(() => postgres.stop())
})
