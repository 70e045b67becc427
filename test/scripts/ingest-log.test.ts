import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { combinedLine, nginxLine } from '../fixtures/access-log.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

const dayMs = 24 * 60 * 60 * 1000

type Run = Readonly<{ exitCode: number; output: string; complaints: string }>

/** A station that is open while the command runs, and the command, in a folder of its own. */
async function stationAndCommand(t: Test, environment: Record<string, string> = { COUNT_FROM: 'log' }) {
  const { app, createShow } = await openStation(t)
  const episode = await publishedEpisode({ app }, await createShow())
  const folder = path.join(app.config.home, 'logs')
  await mkdir(folder)

  async function ingest(args: readonly string[], input = ''): Promise<Run> {
    const child = spawn(process.execPath, [path.resolve('dist/scripts/ingest-log.js'), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, LONGWAVE_HOME: app.config.home, ...environment },
    })
    let [output, complaints] = ['', '']
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (complaints += chunk))
    child.stdin.end(input)
    const [exitCode] = await once(child, 'close')
    return { exitCode, output, complaints }
  }

  const url = `/audio/${episode.id}/first-light.mp3`
  return {
    ingest,
    write: (name: string, content: string | Buffer) => writeFile(path.join(folder, name), content),
    folder,
    line: (fields: Parameters<typeof nginxLine>[1] = {}, at = Date.now()) =>
      `${nginxLine(at, { request_uri: url, ...fields })}\n`,
    combined: `${combinedLine(Date.now(), url)}\n`,
    count: async () => (await app.events.read(0, 10_000)).hits.length,
  }
}

t.test(
  'logs, zipped ones and standard input are taken while the station runs, and a table says what came of them',
  async (t) => {
    const { ingest, write, line, combined, count } = await stationAndCommand(t)
    await write('access.log', line() + line({ request_uri: '/' }) + line({ http_user_agent: 'Castro' }))
    await write('access.log.1.gz', gzipSync(combined))
    const { exitCode, output, complaints } = await ingest(['access.log', 'access.log.1.gz', '-'], `${combined}torn`)
    t.equal(exitCode, 0)
    t.equal(complaints, '-: lines that are not understood: 2\n')
    t.equal(
      output,
      [
        'lines           6',
        'hits taken      3',
        'already known   1',
        'other requests  1',
        'not understood  1',
        'too old         0',
        '',
      ].join('\n'),
    )
    t.equal(await count(), 3)
    const again = await ingest(['--form', 'nginx', 'access.log'])
    t.match(again, { exitCode: 0, output: /hits taken +0\nalready known +2\n/ })
  },
)

t.test('a file that is not there is said before anything is taken', async (t) => {
  const { ingest, write, folder, line, count } = await stationAndCommand(t)
  await write('access.log', line())
  await mkdir(path.join(folder, 'old'))
  const { exitCode, output, complaints } = await ingest(['access.log', 'nothing.log', 'old'])
  t.match({ exitCode, output }, { exitCode: 1, output: '' })
  t.equal(complaints, 'nothing.log is not there.\nold is a folder: name the files in it.\n')
  t.equal(await count(), 0)
})

t.test('a log that cannot be read does not keep the others from being taken', async (t) => {
  const { ingest, write, line, count } = await stationAndCommand(t)
  await write('greek.log', 'Δεν καταλαβαίνω\n'.repeat(200))
  await write('half.gz', gzipSync(line().repeat(50)).subarray(0, 60))
  await write('access.log', line())
  const { exitCode, output, complaints } = await ingest(['greek.log', 'half.gz', 'access.log'])
  t.equal(exitCode, 1)
  t.match(complaints, /^greek\.log: None of its first lines is of a form that is known\./m)
  t.match(complaints, /^greek\.log: lines that are not understood: 1, 2, 3, 4, 5, and 95 more$/m)
  t.match(complaints, /^half\.gz: It is damaged, or ends too early: fetch it again\.$/m)
  t.match(output, /hits taken +1\n/)
  t.equal(await count(), 1)
})

t.test('what is older than hits are kept is refused with a sentence', async (t) => {
  const { ingest, write, line } = await stationAndCommand(t, { COUNT_FROM: 'log', KEEP_HITS_DAYS: '30' })
  await write('access.log', line({}, Date.now() - 31 * dayMs) + line({}, Date.now() - 29 * dayMs))
  const { exitCode, output } = await ingest(['access.log'])
  t.equal(exitCode, 0)
  t.match(output, /hits taken +1\n/)
  t.match(output, /too old +1\nHits are kept for 30 days \(KEEP_HITS_DAYS\): those that are older were not taken\.\n$/)
})

t.test('a station that counts by itself takes no log', async (t) => {
  const { ingest, write, line, count } = await stationAndCommand(t, {})
  await write('access.log', line())
  t.match(await ingest(['access.log']), { exitCode: 1, complaints: /^COUNT_FROM is station: .* Set COUNT_FROM=log, / })
  t.equal(await count(), 0)
})

t.test('who asks for nothing, or for what is not known, is told how to ask', async (t) => {
  const { ingest } = await stationAndCommand(t)
  for (const args of [[], ['--form', 'greek', 'x'], ['--follow', 'x'], ['--form']]) {
    const usage = /npm run ingest-log -- \[--form FORM\] FILE….*nginx, combined, cloudfront, cloudflare, bunny, s3/s
    t.match(await ingest(args), { exitCode: 2, output: '', complaints: usage }, args.join(' '))
  }
  t.match(await ingest(['--help']), { exitCode: 0, output: /npm run ingest-log/, complaints: '' })
})

t.test('settings that make no sense are said', async (t) => {
  const { ingest, write, line } = await stationAndCommand(t, { COUNT_FROM: 'both' })
  await write('access.log', line())
  t.match(await ingest(['access.log']), { exitCode: 1, complaints: /^The configuration has a mistake:\nCOUNT_FROM: / })
})
