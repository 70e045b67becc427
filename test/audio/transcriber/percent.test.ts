import t from 'tap'
import { tryParsePercent } from '../../../src/audio/transcriber/percent.ts'

t.test('progress is found in what programs print', async (t) => {
  const rows: [string, number | undefined][] = [
    ['progress 42%', 0.42],
    ['whisper_print_progress_callback: progress =   5%', 0.05],
    [' 55%|█████▌    | 11/20 [00:03<00:02,  3.55frames/s]', 0.55],
    ['10% … 20 %', 0.2],
    ['99.5%', 0.995],
    ['100%', 1],
    ['0%', 0],
    ['101%', undefined],
    ['1234%', undefined],
    ['1.2.3%', undefined],
    ['half done', undefined],
    ['%', undefined],
    ['', undefined],
  ]
  for (const [line, fraction] of rows) t.equal(tryParsePercent(line), fraction, line)
})
