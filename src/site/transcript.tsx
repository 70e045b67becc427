import { pathOf } from '../core/addresses.ts'
import type { EpisodeView } from '../shows/schemas.ts'
import type { Passage } from '../shows/segment.ts'
import { formatClock } from './browser/time.ts'
import { MayBeOff } from './may-be-off.tsx'

type Summary = NonNullable<EpisodeView['transcript']>
type Props = Readonly<{
  summary: Summary
  /** Absent when it is too long for a page. */
  paragraphs?: readonly Passage[]
}>

/** What is said in an episode: to be read, searched, played from any place, and taken along. */
export const Transcript = ({ summary, paragraphs }: Props) => (
  <section aria-labelledby="transcript">
    <h2 id="transcript">Transcript</h2>
    {summary.mayBeOff && <MayBeOff />}
    {paragraphs && (
      <details class="transcript" data-find>
        <summary>Read what is said</summary>
        <p class="find" data-find-field hidden>
          <input type="search" aria-label="Find in the transcript" placeholder="Find words" />
          <span role="status" data-found />
        </p>
        <div class="said" lang={summary.language} data-moments>
          {withTurns(paragraphs).map((paragraph, index) => (
            <Paragraph key={index} {...paragraph} />
          ))}
        </div>
      </details>
    )}
    <p class="forms">
      {summary.files.map(({ type, url }) => (
        <a key={url} href={pathOf(url)}>
          {names[type] ?? type}
        </a>
      ))}
    </p>
  </section>
)

const names: Readonly<Record<string, string>> = {
  'text/vtt': 'WebVTT',
  'application/x-subrip': 'SubRip (SRT)',
  'application/json': 'JSON',
  'text/html': 'Web page',
}

const Paragraph = ({ speaker, startSeconds, body }: Passage) => (
  <div data-paragraph data-start={startSeconds}>
    {speaker && <cite>{speaker}</cite>}
    <p>
      {startSeconds !== undefined && (
        <a class="timestamp" href={`#t=${startSeconds}`}>
          {formatClock(startSeconds)}
        </a>
      )}{' '}
      {body}
    </p>
  </div>
)

/** The name of a speaker stands where the turn begins. */
const withTurns = (paragraphs: readonly Passage[]): Passage[] =>
  paragraphs.map((paragraph, index) =>
    paragraph.speaker === paragraphs[index - 1]?.speaker ? { ...paragraph, speaker: undefined } : paragraph,
  )
