import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { inspectMp3 } from '../../../src/audio/mp3/inspect-mp3.ts'
import { encodePcm, makePcm } from '../../fixtures/pcm.ts'

const { signal } = new AbortController()
const raw = ['-write_xing', '0', '-id3v2_version', '0']

/** The bytes of two seconds. */
async function encode(folder: string, channels: 1 | 2, options: string[]): Promise<Buffer> {
  const file = path.join(folder, `${channels}.mp3`)
  await encodePcm(makePcm(88_200, channels), file, options)
  return readFile(file)
}

async function inspect(folder: string, ...parts: Buffer[]) {
  const file = path.join(folder, 'inspected.mp3')
  await writeFile(file, Buffer.concat(parts))
  return inspectMp3(file, { signal })
}

t.test('bit rates are counted frame by frame', async (t) => {
  const folder = t.testdir()
  const constant = await inspect(folder, await encode(folder, 2, ['-b:a', '96k', ...raw]))
  t.match(constant, { stream: { isCbr: true, frames: 78, samples: 78 * 1152 } })
  t.strictSame([...(constant?.stream.framesByKbps ?? [])], [[96, 78]])
  t.equal(Math.round(constant?.averageKbps ?? 0), 96)

  const variable = await inspect(folder, await encode(folder, 2, ['-q:a', '4', ...raw]))
  const counts = [...(variable?.stream.framesByKbps ?? [])]
  t.match(variable, { stream: { isCbr: false, frames: 78 } })
  t.ok(counts.length > 1)
  const mean = counts.reduce((sum, [kbps, count]) => sum + kbps * count, 0) / 78
  t.ok(Math.abs((variable?.averageKbps ?? 0) - mean) < 1, `${variable?.averageKbps}, ${mean}`)
})

t.test('joint and plain stereo are of one kind, one channel is another', async (t) => {
  const folder = t.testdir()
  const joint = await encode(folder, 2, ['-b:a', '128k', ...raw])
  const plain = await encode(folder, 2, ['-b:a', '128k', '-joint_stereo', '0', ...raw])
  const mono = await encode(folder, 1, ['-b:a', '128k', ...raw])
  t.match(await inspect(folder, joint, plain), { isPlain: true, stream: { isUniform: true, first: { channels: 2 } } })
  t.match(await inspect(folder, joint, mono), { isPlain: false, breaks: 0, stream: { isUniform: false, isCbr: true } })
})

t.test('frames, places and tags are told apart', async (t) => {
  const folder = t.testdir()
  const tagged = await encode(folder, 2, ['-b:a', '128k', '-write_id3v1', '1', '-metadata', 'title=Tide'])
  const start = tagged.indexOf(Buffer.from([0xff, 0xfb]))
  const inspection = await inspect(folder, tagged, Buffer.alloc(300, 'junk'))
  t.ok(start > 10)
  t.match(inspection, { isPlain: true, isTagRight: true, start, end: tagged.length - 128, stream: { frames: 78 } })
  t.match(inspection?.tagFrame, { position: start, tag: { kind: 'Info', frames: 78, gapless: { delay: 576 } } })
})
