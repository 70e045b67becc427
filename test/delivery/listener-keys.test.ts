import fc from 'fast-check'
import t from 'tap'
import { createListenerKeys } from '../../src/delivery/listener-keys.ts'

const middle = Date.UTC(2026, 10, 15)
const december = Date.UTC(2026, 11, 1)
const hourMs = 60 * 60 * 1000

const keys = createListenerKeys('secret')
const key = (address: string, at = middle) => keys(address, at).listenerKey

t.test('a key stands for an IPv4 address, however it is written', async (t) => {
  t.equal(key('192.0.2.1'), key('::ffff:192.0.2.1'))
  t.not(key('192.0.2.1'), key('192.0.2.2'))
})

t.test('an IPv6 key stands for the /64', async (t) => {
  t.equal(key('2001:db8:1:2::1'), key('2001:db8:1:2:ffff::9'))
  t.equal(key('fe80::1%eth0'), key('fe80::2'))
  t.not(key('2001:db8:1:2::1'), key('2001:db8:1:3::1'))
})

t.test('without the secret nobody can find the address, and the address is not in it', async (t) => {
  t.not(key('192.0.2.1'), createListenerKeys('other')('192.0.2.1', middle).listenerKey)
  t.match(key('192.0.2.1'), /^[\w-]{22}$/)
  t.equal(key('nonsense'), key(''), 'what is no address is one unknown listener')
})

t.test('each month in UTC has its own keys, and every process gives the same', async (t) => {
  t.equal(key('192.0.2.1', Date.UTC(2026, 10, 1)), key('192.0.2.1', december - 1))
  t.not(key('192.0.2.1', december - 1), key('192.0.2.1', december))
  t.same(createListenerKeys('secret')('192.0.2.1', december), keys('192.0.2.1', december))
})

t.test('for a day after the change the key of before comes along', async (t) => {
  const before = key('192.0.2.1', december - 1)
  for (const at of [december, december + 24 * hourMs - 1]) t.equal(keys('192.0.2.1', at).previousKey, before)
  for (const at of [december - 1, december + 24 * hourMs]) t.notOk('previousKey' in keys('192.0.2.1', at))
  t.equal(keys('192.0.2.1', Date.UTC(2027, 0, 1)).previousKey, key('192.0.2.1', Date.UTC(2026, 11, 31)))
})

t.test('what a visitor calls its address breaks nothing', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (address) => /^[\w-]{22}$/.test(key(address))))
})
