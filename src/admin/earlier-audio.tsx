import type { RenditionView } from '../shows/schemas.ts'
import { durationWords, sizeWords } from './browser/words.ts'
import { Moment } from './moment.tsx'

type Props = Readonly<{ episodeId: string; renditions: readonly RenditionView[] }>

/** The audio that an episode had before, each with a button that has it served again. Nothing where there was none. */
export function EarlierAudio({ episodeId, renditions }: Props) {
  const earlier = renditions.filter(({ isCurrent }) => !isCurrent)
  if (earlier.length === 0) return null
  return (
    <details class="earlier">
      <summary>Earlier audio</summary>
      <ul>
        {earlier.map(({ id, filename, createdAt, durationSeconds, bytes, keptUntil }) => (
          <li key={id}>
            <form method="post" action={`/admin/episodes/${episodeId}/restore`}>
              <input type="hidden" name="id" value={id} />
              <p class="facts">
                <strong>{filename}</strong>
                <span>
                  uploaded <Moment at={createdAt} />
                </span>
                <span>{durationWords(durationSeconds)}</span>
                <span>{sizeWords(bytes)}</span>
                {keptUntil && (
                  <span>
                    kept until <Moment at={keptUntil} />
                  </span>
                )}
              </p>
              <button type="submit" class="quiet" id={`restore-${id}`}>
                Restore
              </button>
            </form>
          </li>
        ))}
      </ul>
    </details>
  )
}
