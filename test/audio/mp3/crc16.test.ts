import fc from 'fast-check'
import t from 'tap'
import { crc16 } from '../../../src/audio/mp3/crc16.ts'

t.test('the checksum is CRC-16/ARC', async (t) => {
  t.equal(crc16(Buffer.from('')), 0)
  t.equal(crc16(Buffer.from('1')), 0xd4c1)
  t.equal(crc16(Buffer.from('123456789')), 0xbb3d)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => crc16(bytes) === bitByBit(bytes)))
})

t.test('a part carries on where the one before ended', async () => {
  const part = fc.uint8Array({ maxLength: 50 })
  fc.assert(fc.property(part, part, (a, b) => crc16(b, crc16(a)) === crc16(Buffer.concat([a, b]))))
})

function bitByBit(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >> 1) ^ 0xa001 : sum >> 1
  }
  return sum
}
