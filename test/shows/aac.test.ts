import t from 'tap'
import { aacRate } from '../../src/shows/aac.ts'
import { aShow, openStation } from '../station.ts'

t.test('mono has half the bit rate of stereo, and never less than 32 kb/s', async (t) => {
  for (const [aacKbps, stereo, mono] of [
    [null, undefined, undefined],
    [32, 32, 32],
    [96, 96, 48],
    [101, 101, 51],
    [256, 256, 128],
  ] as const) {
    t.equal(aacRate({ aacKbps }, { channels: 2 }), stereo)
    t.equal(aacRate({ aacKbps }, { channels: 1 }), mono)
  }
})

t.test('a show asks for no AAC until it says so, and is told in words which bit rates there are', async (t) => {
  const { api, createShow } = await openStation(t)
  const { id, aacKbps } = await createShow()
  t.equal(aacKbps, null)
  for (const [value, words] of [
    [31, '“aacKbps” must be >= 32.'],
    [257, '“aacKbps” must be <= 256.'],
    [96.5, '“aacKbps” must be integer.'],
    ['96', '“aacKbps” must be integer.'],
  ] as const) {
    for (const [method, url, fields] of [
      ['PATCH', `/shows/${id}`, {}],
      ['POST', '/shows', aShow],
    ] as const) {
      const answer = await api(method, url, { ...fields, aacKbps: value })
      t.match(answer.json(), { status: 400, detail: words, field: 'aacKbps' })
    }
  }
  t.equal((await api('PATCH', `/shows/${id}`, { aacKbps: 96 })).json().aacKbps, 96)
  t.equal((await api('PATCH', `/shows/${id}`, { author: 'Another' })).json().aacKbps, 96)
  t.equal((await api('PATCH', `/shows/${id}`, { aacKbps: null })).json().aacKbps, null)
})
