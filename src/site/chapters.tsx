import type { Chapter } from '../shows/chapter.ts'
import type { ChapterList } from '../shows/chapter-list.ts'
import { formatClock } from './browser/time.ts'
import { MayBeOff } from './may-be-off.tsx'

/** The chapters of an episode: each plays from there. Pictures must have their address. */
export function Chapters({ list }: Readonly<{ list: ChapterList }>) {
  const shown = list.chapters.filter(({ isHidden }) => !isHidden)
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="chapters">
      <h2 id="chapters">Chapters</h2>
      {list.mayBeOff && <MayBeOff />}
      <ol class="chapters" data-moments>
        {shown.map((chapter, index) => (
          <ChapterItem key={chapter.startSeconds} chapter={chapter} number={index + 1} />
        ))}
      </ol>
    </section>
  )
}

const ChapterItem = ({ chapter, number }: Readonly<{ chapter: Chapter; number: number }>) => (
  <li data-start={chapter.startSeconds}>
    <a class="chapter" href={`#t=${chapter.startSeconds}`}>
      <span class="timestamp">{formatClock(chapter.startSeconds)}</span>
      {chapter.imageUrl && <img src={chapter.imageUrl} alt="" width="44" height="44" loading="lazy" />}
      <span>{chapter.title ?? `Chapter ${number}`}</span>
    </a>
    {chapter.url && (
      <a class="more" href={chapter.url} rel="nofollow noopener">
        {new URL(chapter.url).hostname.replace(/^www\./, '')}
      </a>
    )}
  </li>
)
