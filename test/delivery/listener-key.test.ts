import t from 'tap'
import { listenerKey } from '../../src/delivery/listener-key.ts'

const key = (address: string, secret = 'secret') => listenerKey(secret, address)

t.test('a key stands for an IPv4 address, however it is written', async (t) => {
  t.equal(key('192.0.2.1'), key('::ffff:192.0.2.1'))
  t.not(key('192.0.2.1'), key('192.0.2.2'))
})

t.test('an IPv6 key stands for the /64', async (t) => {
  t.equal(key('2001:db8:1:2::1'), key('2001:db8:1:2:ffff::9'))
  t.not(key('2001:db8:1:2::1'), key('2001:db8:1:3::1'))
})

t.test('without the secret nobody can find the address, and the address is not in it', async (t) => {
  t.not(key('192.0.2.1'), key('192.0.2.1', 'other'))
  t.notMatch(key('192.0.2.1'), /192/)
  t.equal(key('nonsense'), key(''), 'what is no address is one unknown listener')
})
