import t from 'tap'
import { refuseCutOff } from '../../../src/audio/recording/refuse-cut-off.ts'

t.test('more than a second and more than half a percent must be missing', async (t) => {
  const fine: [decoded: number, promised: number | undefined][] = [
    [10, undefined],
    [10, 10],
    [12, 10],
    [9.1, 10],
    [0.2, 1.1],
    [3585, 3600],
  ]
  for (const [decoded, promised] of fine)
    t.doesNotThrow(() => refuseCutOff(decoded, promised), `${decoded}, ${promised}`)
})

t.test('the sentence names both lengths and what to do', async (t) => {
  t.throws(() => refuseCutOff(298, 600), {
    code: 'invalid',
    message:
      /^This recording ends after 4:58, but its header promises 10:00: it was cut off on its way. Upload it again/,
  })
  t.throws(() => refuseCutOff(3661, 36_000), { message: /after 1:01:01, .* promises 10:00:00/ })
})
