import { execFileSync } from 'node:child_process'
import { chmod, readdir, symlink, unlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { diskFailure } from '../../src/platform/disk.ts'
import { createDiskStorage } from '../../src/platform/disk-storage.ts'
import { objectStorageSuite } from '../contract/object-storage.ts'

const type = 'application/octet-stream'

objectStorageSuite(t, async () => {
  const folder = path.join(t.testdir({}), 'objects')
  return { storage: createDiskStorage(folder) }
})

t.test('a put leaves no half-written file behind, whether it succeeds or not', async (t) => {
  const folder = t.testdir({})
  const storage = createDiskStorage(folder)
  await storage.put('a', Readable.from(['whole']), { type, size: 5 })
  await t.rejects(storage.put('b', Readable.from(['short']), { type, size: 6 }))
  for (const skip of [0, 2]) {
    const head = Buffer.from('hd')
    await storage.replaceHead('a', 'b', { head, skip, type })
    await storage.delete('b')
    await t.rejects(storage.replaceHead('a', 'a/below', { head, skip, type }))
  }
  await t.rejects(storage.put('../c', Readable.from(['astray']), { type, size: 6 }))
  await storage.check()
  t.same(await readdir(path.join(folder, '.writing')), [])
  t.same((await readdir(folder)).sort(), ['.writing', 'a'])
})

t.test('an object that could not be opened once is opened when it can be', async (t) => {
  const folder = t.testdir({})
  const storage = createDiskStorage(folder)
  await symlink('a', path.join(folder, 'a'))
  await t.rejects(async () => storage.openBlocks('a'), { code: 'ELOOP' })
  await unlink(path.join(folder, 'a'))
  await writeFile(path.join(folder, 'a'), 'bytes')
  const reader = await storage.openBlocks('a')
  t.equal(String(await reader?.read(0)), 'bytes')
  reader?.release()
})

t.test('a check removes what a crash left, but not what is being written', async (t) => {
  const folder = t.testdir({ '.writing': { old: 'half', new: 'half' } })
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600
  await utimes(path.join(folder, '.writing', 'old'), twoDaysAgo, twoDaysAgo)
  await createDiskStorage(folder).check()
  t.same(await readdir(path.join(folder, '.writing')), ['new'])
})

t.test('a folder that cannot be written to is unavailable, and the message says what to do', async (t) => {
  const folder = t.testdir({ place: 'a file where the folder should be' })
  await t.rejects(createDiskStorage(path.join(folder, 'place')).check(), { code: 'unavailable' })
  if (process.getuid?.() === 0) return t.comment('root may write everywhere')
  await chmod(folder, 0o500)
  t.teardown(() => chmod(folder, 0o700))
  await t.rejects(createDiskStorage(folder).check(), { code: 'unavailable', message: /LONGWAVE_HOME/ })
})

t.test('a full disk is unavailable, and the message says what to do', async (t) => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  t.match(diskFailure(full), { code: 'unavailable', message: /Free some space/, cause: full })
  const folder = t.testdir({})
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return t.comment('no right to mount a small disk here')
  }
  try {
    await fill(t, folder)
  } finally {
    execFileSync('umount', [folder])
  }
})

async function fill(t: Test, folder: string): Promise<void> {
  const storage = createDiskStorage(folder)
  await storage.put('small', Readable.from(['fits']), { type, size: 4 })
  const large = Buffer.alloc(1024 ** 2)
  await t.rejects(storage.put('large', Readable.from([large]), { type, size: large.length }), { code: 'unavailable' })
  t.same(await readdir(path.join(folder, '.writing')), [])
  t.match(await storage.head('small'), { size: 4 })
  await writeFile(path.join(folder, 'filler'), large).catch(() => {})
  await t.rejects(storage.check(), { code: 'unavailable', message: /Free some space/ })
}
