import { paragraphsOf } from './paragraphs.ts'
import type { Passage } from './segment.ts'
import { formatMoment } from './timecode.ts'

/** A transcript as a page of HTML in the form of the podcast namespace: `cite`, `time`, `p`. Every word of it is escaped. */
export function printHtml(passages: readonly Passage[], language: string): string {
  const lines = paragraphsOf(passages).map(({ speaker, startSeconds, body }) =>
    [
      ...(speaker ? [`<cite>${escapeHtml(speaker)}:</cite>`] : []),
      ...(startSeconds === undefined ? [] : [`<time>${formatMoment(startSeconds)}</time>`]),
      `<p>${escapeHtml(body)}</p>`,
    ].join('\n'),
  )
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head><meta charset="utf-8"><title>Transcript</title></head>
<body>
${lines.join('\n')}
</body>
</html>
`
}

const escapeHtml = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
