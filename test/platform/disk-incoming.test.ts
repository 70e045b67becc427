import { readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { MemoryLocker } from '@tus/server'
import { Upload } from '@tus/utils'
import t, { type Test } from 'tap'
import { createDiskIncoming } from '../../src/platform/disk-incoming.ts'
import { incomingSuite } from '../contract/incoming.ts'

incomingSuite(t, async () => {
  const folder = path.join(t.testdir({}), 'new', 'incoming')
  const again = () => createDiskIncoming(folder, new MemoryLocker())
  return { incoming: again(), again }
})

t.test('a check-out on the same disk takes no room', async (t) => {
  const { folder, incoming } = await arrived(t)
  const target = path.join(folder, 'work', 'recording')
  t.equal(await incoming.checkOut('u1', target), true)
  t.equal((await stat(target)).ino, (await stat(path.join(folder, 'incoming', 'u1'))).ino)
})

t.test('a check-out to another disk is a copy', async (t) => {
  const { incoming } = await arrived(t)
  const target = `/dev/shm/longwave-check-out-${process.pid}`
  t.teardown(() => rm(target, { force: true }))
  t.equal(await incoming.checkOut('u1', target), true)
  t.equal(await readFile(target, 'utf8'), 'bytes')
})

t.test('a check-out to a folder that is not there fails', async (t) => {
  const { folder, incoming } = await arrived(t)
  await t.rejects(incoming.checkOut('u1', path.join(folder, 'none', 'recording')), { code: 'ENOENT' })
})

t.test('half a pair that a crash left is listed, and removed', async (t) => {
  const folder = t.testdir({ 'only-bytes': 'half', 'only-record.json': '{"size": 5', both: '', 'both.json': '{}' })
  const incoming = createDiskIncoming(folder, new MemoryLocker())
  const found: string[] = []
  for await (const { uploadId, createdAt } of incoming.list()) {
    t.ok(Math.abs(createdAt - Date.now()) < 60_000)
    found.push(uploadId)
  }
  t.same(found.sort(), ['both', 'only-bytes', 'only-record'])
  for (const uploadId of found) await incoming.remove(uploadId)
  t.same(await readdir(folder), [])
})

async function arrived(t: Test) {
  const folder = t.testdir({ work: {} })
  const incoming = createDiskIncoming(path.join(folder, 'incoming'), new MemoryLocker())
  await incoming.store.create(new Upload({ id: 'u1', size: 5, offset: 0 }))
  await incoming.store.write(Readable.from(['bytes']), 'u1', 0)
  return { folder, incoming }
}
