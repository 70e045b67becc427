import { pathOf } from '../core/addresses.ts'
import type { AudioView, EpisodeView, ShowView } from '../shows/schemas.ts'
import type { Peaks } from '../shows/waveform.ts'
import { sourceSet } from './artwork.tsx'
import { formatClock } from './browser/time.ts'
import { LoudspeakerIcon, PauseIcon, PlayIcon, SkipIcon } from './icons.tsx'
import { type Mark, SeekScale } from './seek-scale.tsx'

const speeds = [0.8, 1, 1.2, 1.5, 1.75, 2]

type PlayerProps = Readonly<{
  show: ShowView
  episode: EpisodeView
  audio: AudioView
  /** The picture on the seek bar; absent: a plain bar. */
  peaks?: Peaks
  /** Named places on it, in the order of their starts. */
  marks?: readonly Mark[]
}>

/** The player: the browser's own controls, which the script `player` replaces by ours. It loads nothing before it is played. */
export const Player = ({ show, episode, audio, peaks, marks }: PlayerProps) => (
  <section
    class="player"
    aria-label="Player"
    data-player
    data-episode={episode.id}
    data-title={episode.title}
    data-show={show.title}
    data-artwork={sourceSet(episode, 'jpg') ?? pathOf(episode.artworkUrl)}
    data-seconds={audio.durationSeconds}
  >
    {/* biome-ignore lint/a11y/useMediaCaption: not every episode has a transcript */}
    <audio controls preload="none" src={pathOf(audio.url)}>
      <Captions transcript={episode.transcript} />
    </audio>
    <div class="controls" data-controls hidden>
      <SeekScale seconds={audio.durationSeconds} peaks={peaks} marks={marks} />
      <Clocks seconds={audio.durationSeconds} />
      <div class="buttons">
        <Speed />
        <div class="transport">
          <SkipButton seconds={-15} label="Back 15 seconds" />
          <button type="button" class="play" data-play aria-label="Play">
            <PlayIcon />
            <PauseIcon />
          </button>
          <SkipButton seconds={30} label="Ahead 30 seconds" />
        </div>
        <Volume />
      </div>
      <div class="trouble" data-trouble role="alert" hidden>
        <p data-problem />
        <button type="button" class="button" data-retry>
          Try again
        </button>
      </div>
      <Keys />
    </div>
  </section>
)

function Captions({ transcript }: Pick<EpisodeView, 'transcript'>) {
  const file = transcript?.files.find(({ type }) => type === 'text/vtt')
  return file ? (
    <track kind="captions" src={pathOf(file.url)} srcLang={transcript?.language} label="Transcript" />
  ) : null
}

const Clocks = ({ seconds }: Readonly<{ seconds: number }>) => (
  <p class="clocks">
    <span>
      <span data-time>0:00</span> / <span data-duration>{formatClock(seconds)}</span>
    </span>
    <span class="unseen">remaining</span>
    <span data-remaining>−{formatClock(seconds)}</span>
  </p>
)

const Speed = () => (
  <label class="speed">
    <span class="unseen">Speed</span>
    <select data-speed>
      {speeds.map((speed) => (
        <option key={speed} value={speed} selected={speed === 1}>
          {speed}×
        </option>
      ))}
    </select>
  </label>
)

const SkipButton = ({ seconds, label }: Readonly<{ seconds: number; label: string }>) => (
  <button type="button" data-skip={seconds} aria-label={label}>
    <SkipIcon seconds={seconds} />
  </button>
)

const Volume = () => (
  <div class="volume">
    <button type="button" data-mute aria-label="Mute">
      <LoudspeakerIcon />
    </button>
    <input type="range" data-volume aria-label="Volume" min="0" max="1" step="0.05" value="1" />
  </div>
)

const keys = [
  ['Space or k', 'play, pause'],
  ['← →', '5 seconds'],
  ['j l', 'back 15, ahead 30 seconds'],
  ['< >', 'slower, faster'],
] as const

const Keys = () => (
  <details class="keys">
    <summary>Keyboard</summary>
    <dl>
      {keys.map(([key, meaning]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
    <label>
      <input type="checkbox" data-keys checked /> Use these keys on this page
    </label>
  </details>
)
