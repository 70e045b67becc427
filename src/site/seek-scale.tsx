import type { ChapterList } from '../shows/chapter-list.ts'
import type { Peaks } from '../shows/waveform.ts'
import { barsPath } from './waveform-bars.ts'

/** A place in the audio that has a name: where a chapter begins. */
export type Mark = Readonly<{ startSeconds: number; title: string }>

/** Where the chapters begin that listeners are shown. */
export const marksOf = (list: ChapterList | undefined): Mark[] =>
  (list?.chapters ?? [])
    .filter(({ isHidden }) => !isHidden)
    .map(({ startSeconds, title }, index) => ({ startSeconds, title: title ?? `Chapter ${index + 1}` }))

type Props = Readonly<{
  seconds: number
  /** Without it the scale is a plain bar. */
  peaks?: Peaks
  /** In the order of their starts. */
  marks?: readonly Mark[]
}>

/** As many as fit on a phone with a gap between them. */
const bars = 160

/** Where the listener is, and goes to: a range input on the picture of what can be heard. All but the input is decoration. */
export const SeekScale = ({ seconds, peaks, marks = [] }: Props) => (
  <div class="scale" data-scale>
    {peaks && <Waveform peaks={peaks} />}
    <input type="range" class="dial" data-seek aria-label="Position" min="0" max={seconds} step="any" value="0" />
    <Marks seconds={seconds} marks={marks} />
    <p class="pointed" data-pointed aria-hidden="true" hidden>
      <span data-pointed-words />
    </p>
  </div>
)

/** The style sheet fills the bars, as far as they were played, loaded, or neither. */
const Waveform = ({ peaks }: Readonly<{ peaks: Peaks }>) => (
  <>
    <svg class="shape" aria-hidden="true" focusable="false">
      <clipPath id="waveform" clipPathUnits="objectBoundingBox">
        <path transform={`scale(${1 / bars} 0.01)`} d={barsPath(peaks, bars)} />
      </clipPath>
    </svg>
    <div class="waveform" />
  </>
)

const Marks = ({ seconds, marks }: Required<Omit<Props, 'peaks'>>) => (
  <svg class="marks" aria-hidden="true" focusable="false">
    {marks
      .filter(({ startSeconds }) => startSeconds < seconds)
      .map(({ startSeconds, title }) => {
        const x = `${((startSeconds / seconds) * 100).toFixed(3)}%`
        return <line key={startSeconds} x1={x} x2={x} y2="100%" data-mark={startSeconds} data-title={title} />
      })}
  </svg>
)
