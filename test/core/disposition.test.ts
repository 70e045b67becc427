import fc from 'fast-check'
import t from 'tap'
import { attachmentHeader } from '../../src/core/disposition.ts'

const cases: [string, string][] = [
  ['first-light.mp3', 'attachment; filename="first-light.mp3"'],
  ['Zug um Zug.mp3', 'attachment; filename="Zug um Zug.mp3"'],
  ['Tür.mp3', `attachment; filename="Tur.mp3"; filename*=UTF-8''T%C3%BCr.mp3`],
  ['夜行.mp3', `attachment; filename="__.mp3"; filename*=UTF-8''%E5%A4%9C%E8%A1%8C.mp3`],
  [`a"b'(c)*.mp3`, `attachment; filename="a_b__c__.mp3"; filename*=UTF-8''a%22b%27%28c%29%2A.mp3`],
]

for (const [name, header] of cases) t.equal(attachmentHeader(name), header)

t.test('whatever a name holds, the header is one line of plain letters', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => /^[ -~]*$/.test(attachmentHeader(name))))
})
