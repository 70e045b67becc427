import { writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { type ConfigError, configHelp, parseConfig, settings } from '../../src/core/config.ts'

t.test('an empty environment is a station on this machine', async (t) => {
  t.match(parseConfig({}), {
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    home: path.resolve('media'),
    databaseUrl: undefined,
    s3: undefined,
    role: 'all',
    maxUploadBytes: 4 * 1024 ** 3,
    keepOriginals: true,
    delivery: 'stream',
    cdnUrl: undefined,
    countFrom: 'station',
  })
})

t.test('a storage address is taken apart', async (t) => {
  const { s3 } = parseConfig({
    STORAGE_URL: 's3://bucket/some/prefix?endpoint=http://127.0.0.1:7480&region=eu-1&pathStyle=true',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  })
  t.same(s3, {
    bucket: 'bucket',
    prefix: 'some/prefix/',
    endpoint: 'http://127.0.0.1:7480',
    region: 'eu-1',
    pathStyle: true,
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  })
})

t.test('every mistake is named in one line of its own', async (t) => {
  const wrong = {
    PORT: '70000',
    PUBLIC_URL: 'podcasts.example.com',
    DATABASE_URL: 'mysql://localhost/x',
    STORAGE_URL: 's3://bucket?path=true',
    SECRET_KEY: 'short',
    ADMIN_TOKEN: 'short',
    SMTP_URL: 'http://mail',
    ROLE: 'king',
    SEED: 'yes',
    KEEP_ORIGINALS: 'maybe',
    MAX_UPLOAD_BYTES: '4 GB',
    HEAVY_JOBS: '0',
    TRANSCRIBE_COMMAND: "whisper 'small",
    DELIVERY: 'pigeon',
    CDN_URL: 'https://cdn.example.com/podcasts',
    CDN_SECRET: 'short',
    ACCEL_PREFIX: 'storage; root /',
    COUNT_FROM: 'memory',
    LOG_LEVEL: 'loud',
    ADMIN_TOKEN_FILE: '/nowhere/at/all',
  }
  try {
    parseConfig(wrong)
    t.fail('it was taken')
  } catch (error) {
    const { mistakes } = error as ConfigError
    const expected = Object.keys(wrong).filter((name) => name !== 'ADMIN_TOKEN_FILE')
    t.same(mistakes.map((line) => line.split(':')[0]).sort(), expected.sort())
    t.ok(mistakes.every((line) => !line.includes('\n')))
  }
})

t.test('PostgreSQL needs a secret key that all processes share', async (t) => {
  t.throws(() => parseConfig({ DATABASE_URL: 'postgres://localhost/x' }), /SECRET_KEY: is needed with DATABASE_URL/)
})

t.test('a CDN means redirects, and nginx in front means that its log counts', async (t) => {
  const cdn = { CDN_URL: 'https://cdn.example.com/', CDN_SECRET: 'a secret of the CDN' }
  t.match(parseConfig(cdn), { delivery: 'redirect', cdnUrl: 'https://cdn.example.com', countFrom: 'station' })
  t.match(parseConfig({ ...cdn, COUNT_FROM: 'log' }), { delivery: 'redirect', countFrom: 'log' })
  const accel = parseConfig({ DELIVERY: 'accel', TRUST_PROXY: 'true', ACCEL_PREFIX: '/inside/' })
  t.match(accel, { delivery: 'accel', countFrom: 'log', accelPrefix: '/inside' })
})

t.test('ways to deliver that contradict each other are told in one line each', async (t) => {
  const proxied = { DELIVERY: 'accel', TRUST_PROXY: 'true' }
  const rows: [Record<string, string>, RegExp][] = [
    [{ CDN_URL: 'https://cdn.example.com', DELIVERY: 'stream' }, /^CDN_URL: .* DELIVERY is stream: leave one/],
    [{ CDN_URL: 'https://cdn.example.com', ...proxied }, /^CDN_URL: .* DELIVERY is accel: leave one/],
    [{ CDN_SECRET: 'a secret of no CDN' }, /^CDN_SECRET: .* set CDN_URL too/],
    [{ ...proxied, STORAGE_URL: 's3://bucket' }, /^DELIVERY: .* leave STORAGE_URL out/],
    [{ DELIVERY: 'accel' }, /^DELIVERY: .* set TRUST_PROXY=true/],
    [{ ...proxied, COUNT_FROM: 'station' }, /^COUNT_FROM: .* nginx alone knows/],
  ]
  for (const [environment, sentence] of rows) {
    const { mistakes } = t.throws(() => parseConfig(environment)) as unknown as ConfigError
    t.equal(mistakes.length, 1, JSON.stringify(environment))
    t.match(mistakes[0], sentence)
  }
})

t.test('a transcriber is a program with its arguments', async (t) => {
  t.same(parseConfig({ TRANSCRIBE_COMMAND: "'/opt/my tools/whisper' {audio}" }).transcribeCommand, [
    '/opt/my tools/whisper',
    '{audio}',
  ])
  t.equal(parseConfig({ TRANSCRIBE_COMMAND: ' ' }).transcribeCommand, undefined)
  t.throws(() => parseConfig({ TRANSCRIBE_COMMAND: "''" }), /TRANSCRIBE_COMMAND: names no program/)
})

t.test('who is told of feeds: hubs once each, and Podping with its token', async (t) => {
  const environment = {
    WEBSUB_HUBS: ' https://hub.example/,https://other.example/publish?key=1  https://hub.example ',
    PODPING_URL: 'https://podping.cloud',
    PODPING_TOKEN: 'Bearer a token',
    OVERCAST_PING_URL: 'https://overcast.fm/ping#top',
  }
  t.match(parseConfig(environment), {
    webSubHubs: ['https://hub.example/', 'https://other.example/publish?key=1'],
    podpingUrl: 'https://podping.cloud/',
    podpingToken: 'Bearer a token',
    overcastPingUrl: 'https://overcast.fm/ping',
  })
  t.match(parseConfig({ WEBSUB_HUBS: ' , ' }), { webSubHubs: [], podpingUrl: undefined, podpingToken: undefined })
  t.match(parseConfig({ PODPING_URL: 'http://10.0.0.7:8080/' }), { podpingUrl: 'http://10.0.0.7:8080/' })
})

t.test('addresses that nobody can be told at are named', async (t) => {
  const rows: [Record<string, string>, RegExp][] = [
    [{ WEBSUB_HUBS: 'https://hub.example, hub.example' }, /^WEBSUB_HUBS: is “hub\.example”, but must be an address/],
    [{ WEBSUB_HUBS: 'ftp://hub.example' }, /^WEBSUB_HUBS: is “ftp:.* begins with https/],
    [{ PODPING_URL: 'https://me:secret@podping.example' }, /^PODPING_URL: holds a user name .* for podping\.example/],
    [{ OVERCAST_PING_URL: 'yes' }, /^OVERCAST_PING_URL: is “yes”/],
    [{ PODPING_TOKEN: 'a token' }, /^PODPING_TOKEN: is for PODPING_URL: set that too/],
    [{ PODPING_URL: 'https://podping.cloud', PODPING_TOKEN: 'two\nlines' }, /^PODPING_TOKEN: must be one line/],
  ]
  for (const [environment, sentence] of rows) {
    const { mistakes } = t.throws(() => parseConfig(environment)) as unknown as ConfigError
    t.equal(mistakes.length, 1, JSON.stringify(environment))
    t.match(mistakes[0], sentence)
    t.notMatch(mistakes[0], /secret|two/)
  }
})

t.test('secrets can stand in files', async (t) => {
  const file = path.join(t.testdir(), 'token')
  writeFileSync(file, 'a-token-from-a-file\n')
  t.equal(parseConfig({ ADMIN_TOKEN_FILE: file }).adminToken, 'a-token-from-a-file')
})

t.test('the help names every setting', async (t) => {
  for (const { name } of settings) t.match(configHelp(), name)
})
