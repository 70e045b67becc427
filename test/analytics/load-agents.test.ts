import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import { agentOf, knownAgents } from '../../src/analytics/agent.ts'
import { loadAgents } from '../../src/analytics/load-agents.ts'

const entries = (...rows: Record<string, unknown>[]) => ({ entries: rows })
const apps = entries({ name: 'My App', pattern: '^MyApp/' }, { name: 'Castria', pattern: '^Castria/', examples: [] })
const bots = entries({ name: 'My Probe', pattern: '^MyApp/probe' })
const libraries = entries(
  { name: 'mylib', pattern: '^mylib', category: 'bot' },
  { name: 'myplayer', pattern: '^myplayer' },
)
const devices = entries(
  { name: 'Android Tablet', pattern: 'MyTablet', category: 'mobile' },
  { name: 'My Car', pattern: 'MyCar', category: 'auto' },
)

async function folderOf(t: Test, files: Record<string, unknown>): Promise<string> {
  const folder = t.testdir()
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

t.test('a folder of OPAWG’s files', async (t) => {
  const folder = await folderOf(t, {
    'apps.json': apps,
    'bots.runtime.json': bots,
    'libraries.json': libraries,
    'devices.json': devices,
    'apps.examples.json': 'not read',
    LICENSE: 'not read',
  })
  const table = await loadAgents(folder)
  t.same(agentOf('MyApp/1.0 (MyCar)', table), { app: 'My App', device: 'car', kind: 'app' })
  t.same(agentOf('MyApp/1.0 (MyTablet)', table), { app: 'My App', device: 'tablet', kind: 'app' })
  t.same(agentOf('MyApp/probe', table), { app: 'My Probe', device: 'unknown', kind: 'robot' })
  t.same(agentOf('mylib/1', table), { app: 'mylib', device: 'unknown', kind: 'robot' })
  t.same(agentOf('myplayer/1', table), { app: 'myplayer', device: 'unknown', kind: 'library' })
  t.same(agentOf('AntennaPod/3.1', table), { app: 'Unknown', device: 'unknown', kind: 'unknown' }, 'its apps are all')
  t.equal(table.browsers, knownAgents.browsers, 'what it has not is ours')
})

t.test('one file with one list, or with several', async (t) => {
  const folder = await folderOf(t, { 'apps.json': apps, 'mine.json': apps, 'all.json': { apps, bots } })
  for (const name of ['apps.json', 'mine.json', 'all.json']) {
    t.equal(agentOf('MyApp/1.0', await loadAgents(path.join(folder, name))).app, 'My App', name)
  }
})

t.test('a bad file is named with what is wrong', async (t) => {
  const cases: [string, unknown, RegExp][] = [
    ['text', 'no JSON', /is not a JSON object/],
    ['a list', [], /is not a JSON object/],
    ['something else', { name: 'package' }, /has none of bots, apps/],
    ['no entries', { apps: {} }, /has no "entries" for apps/],
    ['no name', entries({ pattern: 'x' }), /has no "name" in entry 1 of apps/],
    ['an entry that is none', { entries: [null] }, /has no "name" in entry 1 of apps/],
    ['no pattern', entries({ name: 'Mine' }), /has no "pattern" for “Mine” of apps/],
    [
      'no regular expression',
      entries({ name: 'Mine', pattern: '(' }),
      /a pattern for “Mine” of apps that is not a regular/,
    ],
    ['one that never ends', entries({ name: 'Mine', pattern: '(a+)+$' }), /could take for ever/],
    ['too many', entries(...Array(5_001).fill({ name: 'Mine', pattern: 'x' })), /has 5001 apps, but at most 5000/],
  ]
  for (const [what, content, message] of cases) {
    const file = path.join(await folderOf(t, { 'apps.json': content }), 'apps.json')
    await t.rejects(loadAgents(file), { message }, what)
    await t.rejects(loadAgents(file), { message: /^USER_AGENTS_FILE: .*apps\.json/ }, what)
  }
  await t.rejects(loadAgents('/nowhere/at/all'), { message: /is not there, or may not be read/ })
  await t.rejects(loadAgents(await folderOf(t, {})), { message: /has none of/ })
})
