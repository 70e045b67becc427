import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'

/** The order of an episode's life: a room imports only from rooms to its left (design: one direction). */
const features = [
  'core',
  'accounts',
  'shows',
  'uploads',
  'feeds',
  'delivery',
  'analytics',
  'site',
  'import',
  'admin',
] as const

/** Rooms that stand beside that order, and who may import them. The files of src/ itself put everything together. */
const toolboxes: Record<string, readonly string[]> = {
  audio: ['uploads'],
  artwork: ['uploads'],
  platform: [],
  worker: [],
  web: [],
}

type Import = Readonly<{ file: string; from: string; to: string }>

const imports = await importsOf('src')

t.test('there are imports to look at', async (t) => {
  t.ok(imports.length > 100)
})

t.test('a room imports itself and what stands to its left', async (t) => {
  for (const { file, from, to } of imports) {
    if (from === to || from === 'src') continue
    t.ok(isAllowed(from, to), `${file} (${from}) imports from ${to}`)
  }
})

t.test('the AWS SDK, fluent-ffmpeg and podcast are each known to their own files alone', async (t) => {
  const homes: [RegExp, RegExp][] = [
    [/from '@aws-sdk|from '@tus\/s3-store/, /^src\/platform\/s3-/],
    [/from 'fluent-ffmpeg'/, /^src\/audio\/ffmpeg\/ffmpeg\.ts$/],
    [/from 'podcast'/, /^src\/feeds\/feed-xml\.ts$/],
    [/from 'better-sqlite3'/, /^src\/platform\/sqlite\.ts$/],
    [/dangerouslySetInnerHTML/, /^src\/site\/show-notes\.tsx$/],
  ]
  for (const file of await sources('src')) {
    const text = await readFile(file, 'utf8')
    for (const [mention, home] of homes) if (mention.test(text)) t.match(file, home, `${file} may say ${mention}`)
  }
})

function isAllowed(from: string, to: string): boolean {
  if (to === 'core') return true
  if (to in toolboxes) return toolboxes[to]?.includes(from) ?? false
  if (from in toolboxes) return false
  return features.indexOf(to as 'core') < features.indexOf(from as 'core') && features.includes(to as 'core')
}

async function importsOf(folder: string): Promise<Import[]> {
  const found: Import[] = []
  for (const file of await sources(folder)) {
    const text = await readFile(file, 'utf8')
    for (const [, target = ''] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      found.push({ file, from: roomOf(file), to: roomOf(path.join(path.dirname(file), target)) })
    }
  }
  return found
}

async function sources(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => path.join(folder, name))
}

/** The folder below src/; `src` for the files that stand in it directly. */
function roomOf(file: string): string {
  const [, room = '', ...inner] = file.split(path.sep)
  return inner.length > 0 ? room : 'src'
}
