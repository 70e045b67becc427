import path from 'node:path'
import t from 'tap'
import { conflict, unavailable } from '../../src/core/errors.ts'
import { openPostgres } from '../../src/platform/postgres.ts'
import { openSqlite } from '../../src/platform/sqlite.ts'
import { isPassing } from '../../src/worker/is-passing.ts'
import { freePorts } from '../engines/free-ports.ts'

const withCode = (code: string) => Object.assign(new Error('trouble'), { code })

t.test('what the surroundings do passes; what the job does stays', async (t) => {
  const database = openSqlite(path.join(t.testdir(), 'here.sqlite'))
  t.teardown(database.close)
  const rows: [unknown, boolean][] = [
    [unavailable('The bucket is away'), true],
    [conflict('This slug is taken'), false],
    [withCode('ECONNREFUSED'), true],
    [withCode('ENOSPC'), true],
    [withCode('08006'), true],
    [withCode('57P01'), true],
    [withCode('SQLITE_FULL'), true],
    [withCode('23505'), false],
    [withCode('EEXIST'), false],
    [new Error('a mistake of ours'), false],
    [undefined, false],
  ]
  for (const [error, expected] of rows) t.equal(await isPassing(database, error), expected, String(error))
})

t.test('whatever went wrong while the database is away may pass', async (t) => {
  const database = openPostgres(`postgres://nobody@127.0.0.1:${await freePorts(1)}/away`, () => {})
  t.teardown(database.close)
  t.equal(await isPassing(database, new Error('Connection terminated unexpectedly')), true)
})
