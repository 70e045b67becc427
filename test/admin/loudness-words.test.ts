import t from 'tap'
import { loudnessWords } from '../../src/admin/loudness-words.ts'
import type { AudioView } from '../../src/shows/schemas.ts'
import { episodeView } from '../site/views.ts'

const measuredAt = '2026-02-03T04:05:06.000Z'
const usual: AudioView = {
  ...(episodeView().audio as AudioView),
  loudness: { integratedLufs: -16.04, truePeakDbtp: -1.3, measuredAt },
  source: { integratedLufs: -23.1, truePeakDbtp: -6 },
  targetLufs: -16,
  gainDb: 7.1,
  limitedDb: 0,
  shortfallLu: 0,
}

const cases: [string, Partial<AudioView>, string][] = [
  ['raised', {}, '−16.0 LUFS, peaks −1.3 dBTP · was −23.1 LUFS · raised by 7.1 dB'],
  [
    'not measured yet',
    { loudness: { integratedLufs: null, truePeakDbtp: null } },
    'being measured · was −23.1 LUFS · raised by 7.1 dB',
  ],
  [
    'limited, and still too quiet',
    { gainDb: 12, limitedDb: 8, shortfallLu: 2.1 },
    '−16.0 LUFS, peaks −1.3 dBTP · was −23.1 LUFS · raised by 12.0 dB · highest peaks lowered by up to 8.0 dB · stays 2.1 LU below the target: more limiting would be heard',
  ],
  ['kept', { kept: true, gainDb: 0, targetLufs: null }, '−16.0 LUFS, peaks −1.3 dBTP · your audio was kept as it is'],
  ['lowered', { gainDb: -3 }, '−16.0 LUFS, peaks −1.3 dBTP · was −23.1 LUFS · lowered by 3.0 dB'],
  [
    'loud peaks, and a loudness that is off',
    { gainDb: 0, loudness: { integratedLufs: -0.01, truePeakDbtp: 0.4, measuredAt } },
    '0.0 LUFS, peaks 0.4 dBTP · was −23.1 LUFS · left as loud as it was',
  ],
  [
    'silence',
    {
      gainDb: 0,
      source: { integratedLufs: null, truePeakDbtp: null },
      loudness: { integratedLufs: null, truePeakDbtp: null, measuredAt },
    },
    'silent · left as loud as it was',
  ],
]

t.test('a podcaster reads what became of the loudness', async (t) => {
  for (const [name, fields, words] of cases) {
    t.equal(
      loudnessWords({ ...usual, ...fields })
        .join(' · ')
        .replaceAll('\u00a0', ' '),
      words,
      name,
    )
  }
  t.match(loudnessWords(usual)[0], '−16.0\u00a0LUFS', 'a number keeps its unit')
})
